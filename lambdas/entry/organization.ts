import { createOrganizationStore } from '../adapters/dynamodb/organization-store.ts';
import { createUserPoolStore } from '../adapters/dynamodb/user-pool-store.ts';
import { createUserPools } from '../adapters/user-pools.ts';
import { environment } from '../contract/environment.ts';
import { memberScopes } from '../core/grants.ts';
import { createOrganizations } from '../core/organizations.ts';
import { createUserPoolRegistry } from '../core/user-pools.ts';
import { createOrganizationHandler } from '../handlers/organization.ts';
import { openTable } from './open-table.ts';
import { readEnv, userPoolAddress } from './read-env.ts';
import { clock, handlerOptions, profile, random, readRoutes } from './settings.ts';

const table = openTable();
const organizations = createOrganizations({ profile, clock, random, store: createOrganizationStore(table) });
const userPools = createUserPoolRegistry({
  clock,
  store: createUserPoolStore(table),
  userPools: createUserPools(userPoolAddress, clock),
  ownPoolId: readEnv(environment.userPoolId),
  memberScopes: memberScopes(readRoutes()),
});

export const handler = createOrganizationHandler(organizations, userPools, handlerOptions);
