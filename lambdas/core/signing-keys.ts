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
 * @param dueAfter seconds after the last rotation
 * @throws UnavailableError
 */
export async function rotateSigningKeys(
  dependencies: RotationDependencies,
  dueAfter: number = SIGNING_PERIOD,
): Promise<'rotated' | 'kept'> {
  const { vault, keySets, clock } = dependencies;
  const [held, published] = await Promise.all([vault.read(), keySets.getKeySet()]);
  const complete = held !== undefined && published?.keys[0]?.kid === held.next.kid;
  if (complete && secondsOf(clock) < published.rotatedAt + dueAfter) return 'kept';

  // What signs next has to be published by now. After a replacement that died, or with a table from a backup, it is not.
  const isKnown = held !== undefined && published?.keys.some(({ kid }) => kid === held.next.kid);
  const fresh = isKnown ? [newKey()] : [newKey(), newKey()];
  await change(dependencies, fresh, published, published?.keys ?? [], isKnown ? held.next : undefined);
  return 'rotated';
}

/**
 * Puts new keys in the place of all that there are, for when the private ones may be known to somebody. Whatever was
 * signed until now is refused by who reads the key set from now on: by containers that know the old one, as long as they
 * live.
 *
 * The key set comes first: dying in between, nothing that is signed is taken, until this or a rotation is run again.
 * @throws UnavailableError
 */
export async function replaceSigningKeys(dependencies: RotationDependencies): Promise<'replaced'> {
  const published = await dependencies.keySets.getKeySet();
  await change(dependencies, [newKey(), newKey()], published, [], undefined);
  return 'replaced';
}

/** Publishes fresh keys before others, and keeps the private halves of those that sign. */
async function change(
  { vault, keySets, clock }: RotationDependencies,
  fresh: readonly NewKey[],
  published: KeySet | undefined,
  others: readonly PublicKey[],
  signsNext: SigningKey | undefined,
): Promise<void> {
  const [next, first] = fresh;
  const current = signsNext ?? first?.signingKey;
  if (!next || !current) throw new Error('A rotation makes one key, or two');
  const keySet: KeySet = {
    keys: [...fresh.map(({ publicKey }) => publicKey), ...others],
    rotatedAt: secondsOf(clock),
    version: (published?.version ?? 0) + 1,
  };
  if (!(await keySets.putKeySet(keySet))) throw new UnavailableError('another rotation is under way');
  await vault.write({ current, next: next.signingKey });
}
