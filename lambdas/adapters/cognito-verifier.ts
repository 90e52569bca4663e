import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { FetchError, JwksValidationError, JwkValidationError, JwtBaseError } from 'aws-jwt-verify/error';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';
import { JwtVerifier } from 'aws-jwt-verify/jwt-verifier';
import { UnavailableError } from '../core/errors.ts';
import type { TokenVerifier } from '../core/ports.ts';

export interface CognitoVerifierOptions {
  /** The `iss` of the pool's tokens. Built from the pool's id by the deployment, never taken from a token. */
  readonly issuer: string;
  readonly jwksUri: string;
  /** App clients whose tokens are accepted: `client_id` of an access token, `aud` of an ID token. */
  readonly clientIds: readonly string[];
}

/** For fetching the key set, in milliseconds. */
const TIMEOUT = 3_000;

/** The key set is at fault, not the token: no reason to call the token invalid. */
const KEY_SET_ERRORS = [FetchError, JwksValidationError, JwkValidationError];

/**
 * Accepts access and ID tokens of one user pool.
 *
 * aws-jwt-verify checks signature, `iss`, `nbf` and `exp`, the last only where there is one; this adds that there must
 * be, the algorithm, and what the token is for.
 */
export function createCognitoVerifier({ issuer, jwksUri, clientIds }: CognitoVerifierOptions): TokenVerifier {
  const verifier = JwtVerifier.create(
    { issuer, audience: null, jwksUri },
    { jwksCache: new SimpleJwksCache({ fetcher: { fetch: fetchKeySet } }) },
  );

  return {
    async verify(token) {
      try {
        const claims = await verifier.verify(token, {
          customJwtCheck({ header, payload }) {
            const client = payload.token_use === 'access' ? payload.client_id : payload.aud;
            const accepted =
              header.alg === 'RS256' &&
              typeof payload.exp === 'number' &&
              (payload.token_use === 'access' || payload.token_use === 'id') &&
              clientIds.includes(client as string);
            if (!accepted) throw new RejectedTokenError('Not a token for this API');
          },
        });
        return claims.sub ? { subject: claims.sub } : undefined;
      } catch (error) {
        if (KEY_SET_ERRORS.some((type) => error instanceof type)) {
          throw new UnavailableError("the user pool's keys cannot be fetched", error);
        }
        if (error instanceof JwtBaseError) return undefined;
        throw error;
      }
    },
  };
}

class RejectedTokenError extends JwtBaseError {}

/** aws-jwt-verify's own fetcher refuses plain HTTP, which a user pool on the same machine speaks. */
function fetchKeySet(uri: string): Promise<ArrayBuffer> {
  const send = uri.startsWith('https:') ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown) => reject(new FetchError(uri, cause));
    const outgoing = send(uri, { signal: AbortSignal.timeout(TIMEOUT) }, (incoming) => {
      if (incoming.statusCode !== 200) {
        incoming.resume();
        fail(new Error(`Status ${incoming.statusCode}`));
        return;
      }
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', fail);
      incoming.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks)).buffer));
    });
    outgoing.on('error', fail);
    outgoing.end();
  });
}
