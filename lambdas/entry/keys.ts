import { createKeyStore } from '../adapters/dynamodb/key-store.ts';
import { keyScopes } from '../core/grants.ts';
import { createKeys } from '../core/keys.ts';
import { createKeysHandler } from '../handlers/keys.ts';
import { openTable } from './open-table.ts';
import { clock, handlerOptions, profile, random, readRoutes } from './settings.ts';

const routes = readRoutes();
const keys = createKeys({
  profile,
  clock,
  random,
  store: createKeyStore(openTable()),
  grantable: (type) => keyScopes(routes, type),
});

export const handler = createKeysHandler(keys, clock, handlerOptions);
