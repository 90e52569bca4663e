import { createInvitationStore } from '../adapters/dynamodb/invitation-store.ts';
import { createMemberStore } from '../adapters/dynamodb/member-store.ts';
import { createOrganizationStore } from '../adapters/dynamodb/organization-store.ts';
import { createPrincipalStore } from '../adapters/dynamodb/principal-store.ts';
import { createSessionStore } from '../adapters/dynamodb/session-store.ts';
import { createUserPoolStore } from '../adapters/dynamodb/user-pool-store.ts';
import { createUserPools } from '../adapters/user-pools.ts';
import { environment } from '../contract/environment.ts';
import { createAttempts } from '../core/attempts.ts';
import { memberScopes } from '../core/grants.ts';
import { createInvitations } from '../core/invitations.ts';
import { createMembers } from '../core/members.ts';
import { createOrganizations } from '../core/organizations.ts';
import { createSessionEnder } from '../core/session-ender.ts';
import { createUserPoolRegistry } from '../core/user-pools.ts';
import { createOrganizationHandler } from '../handlers/organization.ts';
import { openAudit } from './open-audit.ts';
import { openDirectory } from './open-directory.ts';
import { openMailer } from './open-mailer.ts';
import { openTable } from './open-table.ts';
import { readEnv, userPoolAddress } from './read-env.ts';
import { clock, handlerOptions, pageUrl, profile, random, readRoutes } from './settings.ts';

const table = openTable();
const audit = openAudit(table);
const shared = { profile, clock, random, audit };
const members = createMemberStore(table);
const store = createOrganizationStore(table);
const organizations = createOrganizations({ ...shared, store, members });
const directory = openDirectory();

export const handler = createOrganizationHandler(
  {
    organizations,
    directory,
    members: createMembers({
      ...shared,
      members,
      organizations: store,
      endAll: createSessionEnder({ profile, clock, store: createSessionStore(table) }),
    }),
    invitations: createInvitations({
      ...shared,
      store: createInvitationStore(table),
      members,
      organizations,
      owners: store,
      directory,
      attempts: createAttempts({ profile, clock, principals: createPrincipalStore(table) }),
      mailer: openMailer(),
      acceptUrl: pageUrl('showInvitation'),
    }),
    userPools: createUserPoolRegistry({
      clock,
      store: createUserPoolStore(table),
      userPools: createUserPools(userPoolAddress, clock),
      ownPoolId: readEnv(environment.userPoolId),
      memberScopes: memberScopes(readRoutes()),
    }),
  },
  { ...handlerOptions, audit },
);
