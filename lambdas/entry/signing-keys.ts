import { createKeySetStore } from '../adapters/dynamodb/key-set-store.ts';
import { rotateSigningKeys } from '../core/signing-keys.ts';
import { createSigningKeysHandler } from '../handlers/signing-keys.ts';
import { createLog, writeLine } from '../http/log.ts';
import { openMetrics } from './open-metrics.ts';
import { openTable } from './open-table.ts';
import { openVault } from './open-vault.ts';

const keySets = createKeySetStore(openTable());
const vault = openVault();
const clock = { now: Date.now };

export const handler = createSigningKeysHandler(() => rotateSigningKeys({ vault, keySets, clock }), {
  log: createLog(writeLine, clock),
  metrics: openMetrics(),
});
