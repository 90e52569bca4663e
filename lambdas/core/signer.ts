import { createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { UnavailableError } from './errors.ts';
import type { Clock } from './ports.ts';
import { secondsOf } from './time.ts';
import type { SigningKeyVault } from './token-ports.ts';

/** What a token says, besides who issued it, for whom and when. */
type Claims = Readonly<Record<string, string | number>>;

/** Signs claims as this stack's issuer. @throws UnavailableError when there is no key to sign with */
export type Sign = (claims: Claims) => Promise<string>;

export interface SignerDependencies {
  /** The `iss` of every token, and its `aud`: what the issuer signs is for the API that it belongs to. */
  readonly issuer: string;
  readonly vault: SigningKeyVault;
  readonly clock: Clock;
}

/** For how long a container signs with the key it knows, in milliseconds. One that was replaced is published still. */
const KNOWN_FOR = 5 * 60_000;

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Signs JWTs by ES256 (RFC 7515, RFC 7518 section 3.4). */
export function createSigner({ issuer, vault, clock }: SignerDependencies): Sign {
  let known: { readonly kid: string; readonly key: KeyObject; readonly until: number } | undefined;

  return async (claims) => {
    if (!known || known.until <= clock.now()) {
      const keys = await vault.read();
      if (!keys) throw new UnavailableError('the issuer has no key yet');
      const { kid, privateKey } = keys.current;
      known = { kid, key: createPrivateKey({ key: privateKey, format: 'jwk' }), until: clock.now() + KNOWN_FOR };
    }
    const header = encode({ alg: 'ES256', typ: 'JWT', kid: known.kid });
    const unsigned = `${header}.${encode({ iss: issuer, aud: issuer, iat: secondsOf(clock), ...claims })}`;
    const signature = sign('sha256', Buffer.from(unsigned), { key: known.key, dsaEncoding: 'ieee-p1363' });
    return `${unsigned}.${signature.toString('base64url')}`;
  };
}
