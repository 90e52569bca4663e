import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createCognitoDirectory } from '../lambdas/adapters/cognito-directory.ts';
import { createAuditStore } from '../lambdas/adapters/dynamodb/audit-store.ts';
import { createInvitationStore } from '../lambdas/adapters/dynamodb/invitation-store.ts';
import { createItemStore } from '../lambdas/adapters/dynamodb/item-store.ts';
import { createKeySetStore } from '../lambdas/adapters/dynamodb/key-set-store.ts';
import { createKeyStore } from '../lambdas/adapters/dynamodb/key-store.ts';
import { createMemberStore } from '../lambdas/adapters/dynamodb/member-store.ts';
import { createOrganizationStore } from '../lambdas/adapters/dynamodb/organization-store.ts';
import { createPrincipalStore } from '../lambdas/adapters/dynamodb/principal-store.ts';
import { createSdkTransport } from '../lambdas/adapters/dynamodb/sdk-transport.ts';
import { createSessionStore } from '../lambdas/adapters/dynamodb/session-store.ts';
import { createSignedTransport } from '../lambdas/adapters/dynamodb/signed-transport.ts';
import { createTable } from '../lambdas/adapters/dynamodb/table.ts';
import { createUsageStore } from '../lambdas/adapters/dynamodb/usage-store.ts';
import { createUserPoolStore } from '../lambdas/adapters/dynamodb/user-pool-store.ts';
import { createTokenVerifier } from '../lambdas/adapters/token-verifier.ts';
import { createUserPools } from '../lambdas/adapters/user-pools.ts';
import { fractalpack, type KeyType, type Profile } from '../lambdas/contract/profile.ts';
import { pathOf, protectedRoutes, routesOf, sampleRoutesOf } from '../lambdas/contract/routes.ts';
import { HOME } from '../lambdas/contract/site.ts';
import { createAttempts } from '../lambdas/core/attempts.ts';
import { createAudit } from '../lambdas/core/audit.ts';
import { createAuthentication } from '../lambdas/core/authentication.ts';
import { createAuthorizer } from '../lambdas/core/authorize.ts';
import { describeDeployment } from '../lambdas/core/deployment.ts';
import { keyScopes, memberScopes, widgetScopes } from '../lambdas/core/grants.ts';
import { createInvitationReader, createInvitations } from '../lambdas/core/invitations.ts';
import { createItems } from '../lambdas/core/items.ts';
import { createKeys } from '../lambdas/core/keys.ts';
import { createMembers } from '../lambdas/core/members.ts';
import { createOrganizations } from '../lambdas/core/organizations.ts';
import { createSessions } from '../lambdas/core/sessions.ts';
import { createSigner } from '../lambdas/core/signer.ts';
import { rotateSigningKeys } from '../lambdas/core/signing-keys.ts';
import { createUsage } from '../lambdas/core/usage.ts';
import { createUserPoolRegistry } from '../lambdas/core/user-pools.ts';
import { createWidgetTokens } from '../lambdas/core/widget-tokens.ts';
import { lazily } from '../lambdas/entry/lazily.ts';
import { createAuthHandler } from '../lambdas/handlers/auth.ts';
import { createAuthorizerHandler } from '../lambdas/handlers/authorizer.ts';
import { createConsumersHandler } from '../lambdas/handlers/consumers.ts';
import { createItemsHandler } from '../lambdas/handlers/items.ts';
import { createKeysHandler } from '../lambdas/handlers/keys.ts';
import { createOrganizationHandler } from '../lambdas/handlers/organization.ts';
import { createPagesHandler } from '../lambdas/handlers/pages.ts';
import { createServiceHandler } from '../lambdas/handlers/service.ts';
import { createUsageHandler } from '../lambdas/handlers/usage.ts';
import { preflightHeaders } from '../lambdas/http/cors.ts';
import { gatewayResponses } from '../lambdas/http/gateway-responses.ts';
import type { Log } from '../lambdas/http/log.ts';
import type { Metrics } from '../lambdas/http/metrics.ts';
import { createLocalConsumers } from './consumers.ts';
import { type Database, ensureTable, LOCAL_REGION, localCredentials, startDatabase } from './database.ts';
import { createGateway } from './gateway.ts';
import { COGNITO_PATH, close, listen, serve } from './http-server.ts';
import { connect, createLocalIdentities } from './members.ts';
import { createOutbox } from './outbox.ts';
import { createSigningKeyFile, keptText } from './signing-keys.ts';
import { createSite } from './site.ts';
import { CLIENT_ID, openUserPool, USER_POOL_ID, userPoolAddressOn } from './user-pool.ts';

export interface StackOptions {
  /** 0 takes any that is free. */
  readonly port: number;
  /** Folder that keeps tables and users. */
  readonly dataFolder: string;
  readonly log: Log;
  /** @default none are written */
  readonly metrics?: Metrics;
  /** @default fractalpack */
  readonly profile?: Profile;
  /** Folder of the dashboard, as it was built; without one there is none. */
  readonly site?: string;
}

export interface Stack {
  readonly url: string;
  /** Closed by itself, for a test of what happens without it. */
  readonly database: Pick<Database, 'close'>;
  close(): Promise<void>;
}

const TABLE = 'latchkey';

/** The whole stack in this process: what `lib/` deploys, with the same authorizer and handlers. */
export async function startStack({
  port: wantedPort,
  dataFolder,
  log,
  metrics,
  profile = fractalpack,
  site,
}: StackOptions): Promise<Stack> {
  const { server, port } = await listen(wantedPort);
  const url = `http://localhost:${port}`;
  const cognitoEndpoint = url + COGNITO_PATH;
  const outbox = createOutbox(dataFolder);
  const tables = join(dataFolder, 'dynamodb');
  await mkdir(tables, { recursive: true });
  const [database, userPool] = await Promise.all([
    startDatabase(tables),
    openUserPool(dataFolder, cognitoEndpoint, outbox),
  ]);
  await ensureTable(database.client, TABLE);

  const shared = { profile, clock: { now: Date.now }, random: randomBytes };
  const options = { profile, log };
  const engine = { tableName: TABLE, returnsFailedItem: false };
  const table = createTable({ ...engine, transport: createSdkTransport(database.client) });
  const authorizerTable = createTable({
    ...engine,
    transport: createSignedTransport({
      endpoint: new URL(database.endpoint),
      region: LOCAL_REGION,
      credentials: () => localCredentials,
    }),
  });
  const config = {
    region: LOCAL_REGION,
    userPoolId: USER_POOL_ID,
    clientId: CLIENT_ID,
    cognitoEndpoint,
    loginUrl: null,
    ...describeDeployment(profile, url, protectedRoutes(routesOf(profile)), protectedRoutes(sampleRoutesOf(profile))),
  };
  const addressOf = userPoolAddressOn(cognitoEndpoint);
  // Where the stack first ran: on another port its tokens are still its own.
  const issuer = await keptText(dataFolder, 'issuer', () => url);
  const operations = { ...routesOf(profile), ...sampleRoutesOf(profile) };
  const routes = protectedRoutes(operations);
  const authorize = createAuthorizer({
    ...shared,
    routes,
    principals: createPrincipalStore(authorizerTable),
    ownOrigin: url,
    tokens: createTokenVerifier({
      own: { issuer, keySets: createKeySetStore(authorizerTable) },
      userPoolId: USER_POOL_ID,
      clientIds: [CLIENT_ID],
      addressOf,
      registrations: createUserPoolStore(authorizerTable),
      clock: shared.clock,
    }),
  });
  const vault = createSigningKeyFile(dataFolder);
  const keySets = createKeySetStore(table);
  await rotateSigningKeys({ ...shared, vault, keySets });
  const sign = createSigner({ ...shared, issuer, vault });
  const audit = createAudit({ ...shared, store: createAuditStore(table) });
  const recording = { ...options, audit };
  const cognito = connect(config);
  const directory = createCognitoDirectory(cognito, USER_POOL_ID, shared.clock);
  const members = createMemberStore(table);
  const organizationStore = createOrganizationStore(table);
  const organizations = createOrganizations({ ...shared, audit, store: organizationStore, members });
  const sessions = createSessions({ ...shared, store: createSessionStore(table), members, sign });
  const attempts = createAttempts({ ...shared, principals: createPrincipalStore(table) });
  const invitationStore = createInvitationStore(table);
  const authentication = createAuthentication({
    ...shared,
    identities: createLocalIdentities(cognito, config),
    directory,
    organizations,
    readInvitation: createInvitationReader({ ...shared, store: invitationStore }),
    sessions,
    attempts,
  });
  const memberships = createMembers({ ...shared, members, organizations: organizationStore, endAll: sessions.endAll });
  const invitations = createInvitations({
    ...shared,
    audit,
    store: invitationStore,
    members,
    organizations,
    owners: organizationStore,
    directory,
    attempts,
    mailer: { send: (mail) => outbox.send({ channel: 'email', ...mail }) },
    acceptUrl: url + pathOf('showInvitation', profile),
  });
  const consumers = await createLocalConsumers({
    ...shared,
    table,
    organizations: organizationStore,
    attempts,
    sign,
    outbox,
    dataFolder,
  });
  const grantable = (type: KeyType) => keyScopes(routes, type);
  const keys = createKeys({ ...shared, store: createKeyStore(table), grantable, sign, directory });
  const userPools = createUserPoolRegistry({
    ...shared,
    store: createUserPoolStore(table),
    userPools: createUserPools(addressOf, shared.clock),
    ownPoolId: USER_POOL_ID,
    memberScopes: memberScopes(routes),
  });

  const openApi = lazily(async () => {
    const { openApiDocument } = await import('../lambdas/contract/openapi.ts');
    return openApiDocument({ profile, url, apiUrl: url, routes: operations, ownRoutes: [] });
  });
  const home = site === undefined ? {} : { home: HOME };
  const gateway = createGateway({
    routes: operations,
    authorizer: createAuthorizerHandler(authorize, { ...options, clock: shared.clock, ...(metrics && { metrics }) }),
    functions: {
      keys: createKeysHandler(keys, shared.clock, recording),
      organization: createOrganizationHandler(
        { organizations, members: memberships, invitations, userPools, directory },
        recording,
      ),
      auth: createAuthHandler(
        { authentication, sessions, organizations, directory, baseUrl: url, ...home, hostedLogin: undefined },
        recording,
      ),
      pages: createPagesHandler({ ...options, baseUrl: url, ...home, hosted: false }),
      consumers: createConsumersHandler(consumers, recording),
      usage: createUsageHandler(
        {
          usage: createUsage({ ...shared, store: createUsageStore(table) }),
          issueWidgetToken: createWidgetTokens({ ...shared, grantable: widgetScopes(routes), sign }),
        },
        options,
      ),
      items: createItemsHandler(createItems({ ...shared, store: createItemStore(table) }), options),
      service: createServiceHandler(config, keySets, openApi, options),
    },
    responses: gatewayResponses(profile),
    preflight: preflightHeaders(profile),
  });
  serve(server, gateway, userPool, outbox, site === undefined ? undefined : createSite(site));

  return {
    url,
    database,
    async close() {
      await close(server);
      await database.close();
    },
  };
}
