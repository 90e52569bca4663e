import { UnavailableError } from './errors.ts';
import type { KeySetStore, PublicKey } from './token-ports.ts';

/**
 * The issuer's public keys. A deployment has some before its first caller, and never fewer: where there are none, the store
 * is not what it should be, and verifiers that kept an empty set would refuse every token that is good.
 * @throws UnavailableError also where there are none
 */
export async function publishedKeys(keySets: Pick<KeySetStore, 'getKeySet'>): Promise<readonly PublicKey[]> {
  const { keys = [] } = (await keySets.getKeySet()) ?? {};
  if (keys.length === 0) throw new UnavailableError('the issuer has published no key');
  return keys;
}
