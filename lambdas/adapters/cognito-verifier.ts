import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Clock } from '../core/ports.ts';
import { createJwtVerifier, NoSuchIssuerError, type VerifyJwt } from './jwt-verifier.ts';

/** Where a user pool is. Built from its id, never taken from a token. */
interface PoolAddress {
  /** The `iss` of the pool's tokens. */
  readonly issuer: string;
  readonly jwksUri: string;
}

/** Undefined for what is no pool's id. */
export type UserPoolAddress = (userPoolId: string) => PoolAddress | undefined;

export interface CognitoVerifierOptions extends PoolAddress {
  /** App clients whose tokens are accepted: `client_id` of an access token, `aud` of an ID token. */
  readonly clientIds: readonly string[];
  readonly clock: Clock;
  /** For fetching the key set, in milliseconds. @default 3000 */
  readonly timeout?: number;
}

const TIMEOUT = 3_000;

/** Accepts access and ID tokens of one user pool that have an end and are for one of the app clients. */
export const createCognitoVerifier = ({
  issuer,
  jwksUri,
  clientIds,
  clock,
  timeout,
}: CognitoVerifierOptions): VerifyJwt =>
  createJwtVerifier({
    issuer,
    clock,
    algorithm: 'RS256',
    fetchKeySet: () => fetchKeySet(jwksUri, timeout),
    accepts: ({ token_use: use, client_id, aud, exp, sub }) => {
      const client = use === 'access' ? client_id : aud;
      return (
        typeof exp === 'number' &&
        sub !== undefined &&
        sub !== '' &&
        (use === 'access' || use === 'id') &&
        clientIds.includes(client as string)
      );
    },
  });

/** What AWS answers for a pool that does not exist. */
const GONE: readonly (number | undefined)[] = [400, 404];

/**
 * aws-jwt-verify's own fetcher refuses plain HTTP, which a user pool on the same machine speaks.
 * @throws NoSuchIssuerError
 */
export function fetchKeySet(uri: string, timeout = TIMEOUT): Promise<ArrayBuffer> {
  const send = uri.startsWith('https:') ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const outgoing = send(uri, { signal: AbortSignal.timeout(timeout) }, (incoming) => {
      if (incoming.statusCode !== 200) {
        incoming.resume();
        const text = `The key set was answered with status ${incoming.statusCode}`;
        reject(GONE.includes(incoming.statusCode) ? new NoSuchIssuerError(text) : new Error(text));
        return;
      }
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks)).buffer));
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}
