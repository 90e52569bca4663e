import { createKeyStore } from '../adapters/dynamodb/key-store.ts';
import { environment } from '../contract/environment.ts';
import { keyScopes } from '../core/grants.ts';
import { createKeys } from '../core/keys.ts';
import { createSigner } from '../core/signer.ts';
import { createKeysHandler } from '../handlers/keys.ts';
import { lazily } from './lazily.ts';
import { openAudit } from './open-audit.ts';
import { openTable } from './open-table.ts';
import { readEnv } from './read-env.ts';
import { clock, handlerOptions, profile, random, readRoutes } from './settings.ts';

const routes = readRoutes();
/** A key that is no JWT needs neither of these. */
const signer = lazily(async () => {
  const { openVault } = await import('./open-vault.ts');
  return createSigner({ issuer: readEnv(environment.issuer), vault: openVault(), clock });
});
const directory = lazily(async () => (await import('./open-directory.ts')).openDirectory());

const table = openTable();
const keys = createKeys({
  profile,
  clock,
  random,
  loadSigner: async () => (await signer())(),
  directory: { emailOf: async (subject) => (await directory()).emailOf(subject) },
  store: createKeyStore(table),
  grantable: (type) => keyScopes(routes, type),
});

export const handler = createKeysHandler(keys, clock, { ...handlerOptions, audit: openAudit(table) });
