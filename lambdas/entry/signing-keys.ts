import { createKeySetStore } from '../adapters/dynamodb/key-set-store.ts';
import { rotateSigningKeys } from '../core/signing-keys.ts';
import { createSigningKeysHandler } from '../handlers/signing-keys.ts';
import { logToConsole } from '../http/log.ts';
import { openTable } from './open-table.ts';
import { openVault } from './open-vault.ts';

const keySets = createKeySetStore(openTable());
const vault = openVault();
const clock = { now: Date.now };

export const handler = createSigningKeysHandler(() => rotateSigningKeys({ vault, keySets, clock }), logToConsole);
