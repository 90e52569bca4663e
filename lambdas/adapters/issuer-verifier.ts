import { fromPublicId } from '../core/key-format.ts';
import type { Clock } from '../core/ports.ts';
import { publishedKeys } from '../core/published-keys.ts';
import { isSessionId } from '../core/refresh-token.ts';
import type { KeySetStore } from '../core/token-ports.ts';
import { createJwtVerifier, type VerifyJwt } from './jwt-verifier.ts';

export interface IssuerVerifierOptions {
  readonly issuer: string;
  readonly keySets: Pick<KeySetStore, 'getKeySet'>;
  readonly clock: Clock;
}

/**
 * Accepts what this stack's issuer signed: API keys that are JWTs, whose end, like all else about them, stands on their
 * item (an `exp` that is there holds, too), and access tokens of sessions and tokens of widgets, which have an end.
 */
export const createIssuerVerifier = ({ issuer, keySets, clock }: IssuerVerifierOptions): VerifyJwt =>
  createJwtVerifier({
    issuer,
    clock,
    algorithm: 'ES256',
    async fetchKeySet() {
      const keys = await publishedKeys(keySets);
      return new Uint8Array(Buffer.from(JSON.stringify({ keys }))).buffer;
    },
    accepts: ({ aud, typ, jti = '', sid, key, customer, scope, exp }) =>
      aud === issuer &&
      ((typ === 'key' && fromPublicId(jti) !== undefined) ||
        (typ === 'widget' &&
          fromPublicId(String(key)) !== undefined &&
          typeof customer === 'string' &&
          typeof scope === 'string' &&
          typeof exp === 'number') ||
        ((typ === 'member' || typ === 'consumer') && isSessionId(sid) && typeof exp === 'number')),
  });
