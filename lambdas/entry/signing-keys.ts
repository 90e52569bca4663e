import { createKeySetStore } from '../adapters/dynamodb/key-set-store.ts';
import { replaceSigningKeys, rotateSigningKeys } from '../core/signing-keys.ts';
import { createSigningKeysHandler } from '../handlers/signing-keys.ts';
import { createLog, writeLine } from '../http/log.ts';
import { openMetrics } from './open-metrics.ts';
import { openTable } from './open-table.ts';
import { openVault } from './open-vault.ts';

const dependencies = { vault: openVault(), keySets: createKeySetStore(openTable()), clock: { now: Date.now } };

export const handler = createSigningKeysHandler(
  {
    rotate: (dueAfter) => rotateSigningKeys(dependencies, dueAfter),
    replace: () => replaceSigningKeys(dependencies),
  },
  { log: createLog(writeLine, dependencies.clock), metrics: openMetrics() },
);
