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

/** Of a pool that does not exist, AWS says so. Any other 400 may be throttling. */
const isGone = (status: number | undefined, body: Buffer): boolean =>
  status === 404 || (status === 400 && /does not exist|ResourceNotFound/.test(body.toString()));

/** Whether there are keys in it, whatever else: aws-jwt-verify says whether they are good. */
function isKeySet(body: Buffer): boolean {
  try {
    return Array.isArray(JSON.parse(body.toString()).keys);
  } catch {
    return false;
  }
}

/**
 * aws-jwt-verify's own fetcher refuses plain HTTP, which a user pool on the same machine speaks.
 * @throws NoSuchIssuerError
 */
export function fetchKeySet(uri: string, timeout = TIMEOUT): Promise<ArrayBuffer> {
  const send = uri.startsWith('https:') ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const outgoing = send(uri, { signal: AbortSignal.timeout(timeout) }, (incoming) => {
      const { statusCode } = incoming;
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () => {
        const body = Buffer.concat(chunks);
        if (statusCode === 200 && isKeySet(body)) return resolve(new Uint8Array(body).buffer);
        const text = `The key set was answered with status ${statusCode}`;
        reject(isGone(statusCode, body) ? new NoSuchIssuerError(text) : new Error(text));
      });
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}
