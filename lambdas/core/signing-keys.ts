import { generateKeyPairSync, hash } from 'node:crypto';
import { UnavailableError } from './errors.ts';
import type { Clock } from './ports.ts';
import { DAY, secondsOf } from './time.ts';
import type { KeySet, KeySetStore, PublicKey, SigningKey, SigningKeyVault } from './token-ports.ts';

export interface RotationDependencies {
  readonly vault: SigningKeyVault;
  readonly keySets: KeySetStore;
  readonly clock: Clock;
}

/** For how long one key signs. */
export const SIGNING_PERIOD = 90 * DAY;

interface NewKey {
  readonly signingKey: SigningKey;
  readonly publicKey: PublicKey;
}

function newKey(): NewKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  // RFC 7638: the members that a thumbprint is of, in this order.
  const kid = hash('sha256', JSON.stringify({ crv: 'P-256', kty: 'EC', x, y }), 'base64url');
  return {
    signingKey: { kid, privateKey: privateKey.export({ format: 'jwk' }) },
    publicKey: { kty: 'EC', crv: 'P-256', x, y, kid, use: 'sig', alg: 'ES256' },
  };
}

/**
 * Makes the issuer's first keys, and every 90 days lets the next one sign and publishes another.
 *
 * A key is published before its private half is kept, and signs one period later: whatever it signs can be verified,
 * with a key set that is days old, too. Dying in between leaves a published key that nobody has and never signs; the
 * next run sees that and makes another. A key set only grows, since a key that is a JWT may have no end.
 * @throws UnavailableError
 */
export async function rotateSigningKeys({ vault, keySets, clock }: RotationDependencies): Promise<'rotated' | 'kept'> {
  const now = secondsOf(clock);
  const [held, published] = await Promise.all([vault.read(), keySets.getKeySet()]);
  const complete = held !== undefined && published?.keys[0]?.kid === held.next.kid;
  if (complete && now < published.rotatedAt + SIGNING_PERIOD) return 'kept';

  const fresh = held ? [newKey()] : [newKey(), newKey()];
  const [next, first] = fresh;
  const current = held?.next ?? first?.signingKey;
  if (!next || !current) throw new Error('A rotation makes one key, or two');
  const keySet: KeySet = {
    keys: [...fresh.map(({ publicKey }) => publicKey), ...(published?.keys ?? [])],
    rotatedAt: now,
    version: (published?.version ?? 0) + 1,
  };
  if (!(await keySets.putKeySet(keySet))) throw new UnavailableError('another rotation is under way');
  await vault.write({ current, next: next.signingKey });
  return 'rotated';
}
