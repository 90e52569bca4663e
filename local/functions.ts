import { randomBytes } from 'node:crypto';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type ClientLimits, clientLimits, patientLimits } from '../lambdas/adapters/client-limits.ts';
import { createCognitoDirectory } from '../lambdas/adapters/cognito-directory.ts';
import { createAuditStore } from '../lambdas/adapters/dynamodb/audit-store.ts';
import { createInvitationStore } from '../lambdas/adapters/dynamodb/invitation-store.ts';
import { createItemStore } from '../lambdas/adapters/dynamodb/item-store.ts';
import { createKeySetStore } from '../lambdas/adapters/dynamodb/key-set-store.ts';
import { createKeyStore } from '../lambdas/adapters/dynamodb/key-store.ts';
import { createLoginStore } from '../lambdas/adapters/dynamodb/login-store.ts';
import { createMemberStore } from '../lambdas/adapters/dynamodb/member-store.ts';
import { createOrganizationStore } from '../lambdas/adapters/dynamodb/organization-store.ts';
import { createPrincipalStore } from '../lambdas/adapters/dynamodb/principal-store.ts';
import { createSdkTransport } from '../lambdas/adapters/dynamodb/sdk-transport.ts';
import { createSessionStore } from '../lambdas/adapters/dynamodb/session-store.ts';
import { createSignedTransport } from '../lambdas/adapters/dynamodb/signed-transport.ts';
import { createTable } from '../lambdas/adapters/dynamodb/table.ts';
import type { Transport } from '../lambdas/adapters/dynamodb/transport.ts';
import { createUsageStore } from '../lambdas/adapters/dynamodb/usage-store.ts';
import { createUserPoolStore } from '../lambdas/adapters/dynamodb/user-pool-store.ts';
import { createTokenVerifier } from '../lambdas/adapters/token-verifier.ts';
import { createUserPools } from '../lambdas/adapters/user-pools.ts';
import type { KeyType, Profile } from '../lambdas/contract/profile.ts';
import { pathOf, protectedRoutes, routesOf, sampleRoutesOf } from '../lambdas/contract/routes.ts';
import { createAttempts } from '../lambdas/core/attempts.ts';
import { createAudit } from '../lambdas/core/audit.ts';
import { createAuthentication } from '../lambdas/core/authentication.ts';
import { createAuthorizer } from '../lambdas/core/authorize.ts';
import type { Texter } from '../lambdas/core/consumer-login.ts';
import { keyScopes, memberScopes, widgetScopes } from '../lambdas/core/grants.ts';
import { createHostedLogin, type LoginPages } from '../lambdas/core/hosted-login.ts';
import { createInvitationReader, createInvitations } from '../lambdas/core/invitations.ts';
import { createItems } from '../lambdas/core/items.ts';
import { createKeys } from '../lambdas/core/keys.ts';
import type { Mailer } from '../lambdas/core/mail.ts';
import { createMembers } from '../lambdas/core/members.ts';
import { createOrganizations } from '../lambdas/core/organizations.ts';
import type { Clock, Random } from '../lambdas/core/ports.ts';
import { createSessions } from '../lambdas/core/sessions.ts';
import { createSigner } from '../lambdas/core/signer.ts';
import type { SigningKeyVault } from '../lambdas/core/token-ports.ts';
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
import { createServiceHandler, type ServiceConfig } from '../lambdas/handlers/service.ts';
import { createUsageHandler } from '../lambdas/handlers/usage.ts';
import type { Log } from '../lambdas/http/log.ts';
import type { Metrics } from '../lambdas/http/metrics.ts';
import { createLocalConsumers } from './consumers.ts';
import { localCredentials } from './database.ts';
import { createLocalIdentities } from './members.ts';
import { userPoolAddressOn } from './user-pool.ts';

/** What functions call over the network, each by a client of its own. */
type Service = 'authorizer-table' | 'authorizer-key-sets' | 'table' | 'user-pool' | 'key-sets';

/** What stands outside the stack, and for one machine is replaced. */
export interface Outside {
  readonly vault: SigningKeyVault;
  /** What one-time codes are hashed with. */
  readonly otpKey: () => Promise<string>;
  readonly mailer: Mailer;
  readonly texter: Texter;
  /** What people sign in on, where the user pool has pages of its own: on one machine it has none. */
  readonly loginPages?: LoginPages;
}

/** How containers are connected, where it is not as usual: for tests of what happens when that fails. */
export interface Connections {
  /** Where they find a service. @default where it is */
  readonly reach?: (service: Service, address: string) => Promise<string>;
  /** @default those of a deployment */
  readonly limits?: { readonly usual: ClientLimits; readonly patient: ClientLimits };
  /** @default the machine's */
  readonly clock?: Clock;
  /** What stands between the stores and the table: for whoever counts what an operation asks. */
  readonly observe?: (transport: Transport) => Transport;
  /** What they have outside the stack, other than this machine's. */
  readonly outside?: () => Partial<Outside>;
}

export interface FunctionsOptions {
  readonly profile: Profile;
  readonly log: Log;
  /** @default none are written */
  readonly metrics?: Metrics;
  /** Where the stack is found. */
  readonly url: string;
  readonly tableName: string;
  readonly databaseUrl: string;
  readonly config: ServiceConfig;
  readonly issuer: string;
  readonly outside: Outside;
  /** Path of the dashboard, where there is one. */
  readonly home?: string;
  readonly connections: Connections;
}

/** Every operation of a stack on one machine. */
export const operationsOf = (profile: Profile) => ({ ...routesOf(profile), ...sampleRoutesOf(profile) });

const asItIs = async (_: Service, address: string): Promise<string> => address;
const unseen = (transport: Transport): Transport => transport;
const usualLimits = { usual: clientLimits, patient: patientLimits };

/** dynalite does not return the item of a failed condition. */
const ENGINE = { returnsFailedItem: false };

interface Shared {
  readonly profile: Profile;
  readonly clock: Clock;
  readonly random: Random;
}

/** New containers of the authorizer and of every function, which remember nothing. */
export async function startFunctions(options: FunctionsOptions) {
  const { profile, connections, outside } = options;
  const { clock = { now: Date.now } } = connections;
  const shared = { profile, clock, random: randomBytes };
  return {
    authorizer: await startAuthorizer(options, shared),
    functions: await startApi(options, shared, { ...outside, ...connections.outside?.() }),
  };
}

async function startAuthorizer(options: FunctionsOptions, shared: Shared) {
  const { profile, log, metrics, url, tableName, databaseUrl, config, issuer, connections } = options;
  const { reach = asItIs, limits = usualLimits, observe = unseen } = connections;
  const { requestTimeout: timeout } = limits.usual.requestHandler;
  const transport = createSignedTransport({
    endpoint: new URL(await reach('authorizer-table', databaseUrl)),
    region: config.region,
    credentials: () => localCredentials,
    timeout,
  });
  const table = createTable({ ...ENGINE, tableName, transport: observe(transport) });
  const keySetsAt = await reach('authorizer-key-sets', config.cognitoEndpoint);
  const authorize = createAuthorizer({
    ...shared,
    routes: protectedRoutes(operationsOf(profile)),
    principals: createPrincipalStore(table),
    ownOrigin: url,
    tokens: createTokenVerifier({
      own: { issuer, keySets: createKeySetStore(table) },
      userPoolId: config.userPoolId,
      clientIds: [config.clientId],
      addressOf: userPoolAddressOn(config.cognitoEndpoint, keySetsAt),
      registrations: createUserPoolStore(table),
      clock: shared.clock,
      timeout,
    }),
  });
  return createAuthorizerHandler(authorize, { profile, log, clock: shared.clock, ...(metrics && { metrics }) });
}

async function startApi(options: FunctionsOptions, shared: Shared, outside: Outside) {
  const { profile, log, url, tableName, databaseUrl, config, issuer, home, connections } = options;
  const { reach = asItIs, limits = usualLimits, observe = unseen } = connections;
  const { clock } = shared;
  const { vault, otpKey, mailer, texter, loginPages } = outside;
  const logged = { profile, log };
  const aws = { region: config.region, credentials: localCredentials };
  const database = new DynamoDBClient({ ...limits.usual, ...aws, endpoint: await reach('table', databaseUrl) });
  const table = createTable({ ...ENGINE, tableName, transport: observe(createSdkTransport(database)) });

  const endpoint = await reach('user-pool', config.cognitoEndpoint);
  const cognito = (more: ClientLimits) => new CognitoIdentityProviderClient({ ...aws, ...more, endpoint });
  const clients = {
    client: cognito({ ...limits.usual, maxAttempts: 1 }),
    patient: cognito({ ...limits.patient, maxAttempts: 1 }),
  };
  const directory = createCognitoDirectory(cognito(limits.usual), config.userPoolId, clock);
  const keySetsAt = await reach('key-sets', config.cognitoEndpoint);

  const operations = operationsOf(profile);
  const routes = protectedRoutes(operations);
  const keySets = createKeySetStore(table);
  const loadSigner = createSigner({ ...shared, issuer, vault });
  const audit = createAudit({ ...shared, store: createAuditStore(table) });
  const recording = { ...logged, audit };
  const members = createMemberStore(table);
  const organizationStore = createOrganizationStore(table);
  const organizations = createOrganizations({ ...shared, audit, store: organizationStore, members });
  const sessions = createSessions({ ...shared, store: createSessionStore(table), members, loadSigner });
  const attempts = createAttempts({ ...shared, principals: createPrincipalStore(table) });
  const invitationStore = createInvitationStore(table);
  const authentication = createAuthentication({
    ...shared,
    identities: createLocalIdentities(clients, config),
    directory,
    organizations,
    readInvitation: createInvitationReader({ ...shared, store: invitationStore }),
    sessions,
    attempts,
  });
  const invitations = createInvitations({
    ...shared,
    audit,
    store: invitationStore,
    members,
    organizations,
    owners: organizationStore,
    directory,
    attempts,
    mailer,
    acceptUrl: url + pathOf('showInvitation', profile),
  });
  const userPools = createUserPoolRegistry({
    ...shared,
    store: createUserPoolStore(table),
    userPools: createUserPools(
      userPoolAddressOn(config.cognitoEndpoint, keySetsAt),
      clock,
      limits.usual.requestHandler.requestTimeout,
    ),
    ownPoolId: config.userPoolId,
    memberScopes: memberScopes(routes),
  });
  const memberships = createMembers({ ...shared, members, organizations: organizationStore, endAll: sessions.endAll });
  const consumers = createLocalConsumers({
    ...shared,
    table,
    organizations: organizationStore,
    attempts,
    loadSigner,
    mailer,
    texter,
    otpKey,
  });
  const grantable = (type: KeyType) => keyScopes(routes, type);
  const openApi = lazily(async () => {
    const { openApiDocument } = await import('../lambdas/contract/openapi.ts');
    return openApiDocument({ profile, url, apiUrl: url, routes: operations, ownRoutes: [] });
  });
  const hostedLogin =
    loginPages && createHostedLogin({ ...shared, store: createLoginStore(table), pages: loginPages, asksAgain: true });
  const at = { baseUrl: url, ...(home !== undefined && { home }) };

  return {
    keys: createKeysHandler(
      createKeys({ ...shared, store: createKeyStore(table), grantable, loadSigner, directory }),
      clock,
      recording,
    ),
    organization: createOrganizationHandler(
      { organizations, members: memberships, invitations, userPools, directory },
      recording,
    ),
    auth: createAuthHandler({ authentication, sessions, organizations, directory, ...at, hostedLogin }, recording),
    pages: createPagesHandler({ ...logged, ...at, hosted: hostedLogin !== undefined }),
    consumers: createConsumersHandler(consumers, recording),
    usage: createUsageHandler(
      {
        usage: createUsage({ ...shared, store: createUsageStore(table) }),
        issueWidgetToken: createWidgetTokens({ ...shared, grantable: widgetScopes(routes), loadSigner }),
      },
      logged,
    ),
    items: createItemsHandler(createItems({ ...shared, store: createItemStore(table) }), logged),
    service: createServiceHandler(config, keySets, openApi, logged),
  };
}
