import { prefix } from '../../contract/table.ts';
import { UnavailableError } from '../../core/errors.ts';
import type { KeySet, KeySetStore } from '../../core/token-ports.ts';
import type { ItemKey, Table } from './table.ts';

const KEY: ItemKey = { partition: `${prefix.issuer}JWKS`, sort: 'KEYSET' };

export const createKeySetStore = (table: Table): KeySetStore => ({
  async getKeySet() {
    const item = await table.get(KEY);
    if (!item) return undefined;
    const { keys, rotatedAt, version } = item;
    // Whoever can sign is in it: one that is not as this code writes it is none.
    if (!Array.isArray(keys)) throw new UnavailableError('the store returned a malformed item');
    return { keys, rotatedAt, version };
  },

  async putKeySet(keySet: KeySet) {
    const { keys, rotatedAt, version } = keySet;
    // Succeeds when the version before is there, or for the first, none.
    const { done, item } = await table.update(KEY, {
      update: 'SET #keys = :keys, rotatedAt = :rotatedAt, version = :version',
      condition: version === 1 ? 'attribute_not_exists(version)' : 'version = :before',
      names: { '#keys': 'keys' },
      values: {
        ':keys': keys,
        ':rotatedAt': rotatedAt,
        ':version': version,
        ...(version > 1 && { ':before': version - 1 }),
      },
    });
    // A repeated attempt after a lost answer finds its own write.
    return done || (item?.version === version && item.keys?.[0]?.kid === keys[0]?.kid);
  },
});
