import { createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { UnavailableError } from './errors.ts';
import type { Clock } from './ports.ts';
import { secondsOf } from './time.ts';
import type { SigningKeyVault } from './token-ports.ts';

/** What a token says, besides who issued it, for whom and when. */
type Claims = Readonly<Record<string, string | number>>;

/** Signs claims as this stack's issuer. */
export type Sign = (claims: Claims) => string;

/**
 * Gets ready to sign, which alone can fail: before anything is used up for what is to be signed.
 * @throws UnavailableError when there is no key to sign with
 */
export type LoadSigner = () => Promise<Sign>;

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
export function createSigner({ issuer, vault, clock }: SignerDependencies): LoadSigner {
  let known: { readonly sign: Sign; readonly until: number } | undefined;

  const signerWith = (kid: string, key: KeyObject): Sign => {
    const header = encode({ alg: 'ES256', typ: 'JWT', kid });
    return (claims) => {
      const unsigned = `${header}.${encode({ iss: issuer, aud: issuer, iat: secondsOf(clock), ...claims })}`;
      const signature = sign('sha256', Buffer.from(unsigned), { key, dsaEncoding: 'ieee-p1363' });
      return `${unsigned}.${signature.toString('base64url')}`;
    };
  };

  return async () => {
    if (!known || known.until <= clock.now()) {
      const keys = await vault.read();
      if (!keys) throw new UnavailableError('the issuer has no key yet');
      const { kid, privateKey } = keys.current;
      const key = createPrivateKey({ key: privateKey, format: 'jwk' });
      known = { sign: signerWith(kid, key), until: clock.now() + KNOWN_FOR };
    }
    return known.sign;
  };
}
