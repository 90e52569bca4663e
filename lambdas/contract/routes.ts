import type { Profile } from './profile.ts';
import {
  backOffice,
  consumer,
  everybody,
  type Group,
  type Method,
  managers,
  type Protection,
  people,
  type Route,
  storefront,
  themselves,
} from './route.ts';
import { samples } from './sample-routes.ts';

export type { Group, Method, PrincipalType, Route } from './route.ts';

/**
 * The route table: every operation of the API, who may call it and with which scopes.
 *
 * It feeds the CDK API, the authorizer's policies, the local server and the tests. `auth` is required, so that an
 * unguarded route does not compile.
 */

export const routes = {
  createKey: {
    method: 'POST',
    path: '/api/v1/keys',
    aliases: ['/api/v1/api-keys'],
    group: 'keys',
    audit: 'key.create',
    auth: managers(['keys:write']),
  },
  listKeys: {
    method: 'GET',
    path: '/api/v1/keys',
    aliases: ['/api/v1/api-keys'],
    group: 'keys',
    auth: managers(['keys:read']),
  },
  getKey: {
    method: 'GET',
    path: '/api/v1/keys/{keyId}',
    aliases: ['/api/v1/api-keys/{keyId}'],
    group: 'keys',
    auth: managers(['keys:read']),
  },
  updateKey: {
    method: 'PATCH',
    path: '/api/v1/keys/{keyId}',
    aliases: ['/api/v1/api-keys/{keyId}'],
    group: 'keys',
    audit: 'key.update',
    auth: managers(['keys:write']),
  },
  revokeKey: {
    method: 'DELETE',
    path: '/api/v1/keys/{keyId}',
    aliases: ['/api/v1/api-keys/{keyId}'],
    group: 'keys',
    audit: 'key.revoke',
    auth: managers(['keys:write']),
  },
  rotateKey: {
    method: 'POST',
    path: '/api/v1/keys/{keyId}/rotate',
    aliases: ['/api/v1/api-keys/{keyId}/rotate'],
    group: 'keys',
    audit: 'key.rotate',
    auth: managers(['keys:write']),
  },
  selfRevokeKey: {
    method: 'POST',
    path: '/api/v1/keys/self-revoke',
    aliases: ['/api/v1/api-keys/self-revoke'],
    group: 'keys',
    audit: 'key.revoke',
    auth: { principals: ['key'], scopes: [], limited: 'ignore' },
  },
  signUp: { method: 'POST', path: '/api/v1/auth/signup', group: 'auth', auth: everybody, audit: null },
  confirmSignUp: { method: 'POST', path: '/api/v1/auth/confirm', group: 'auth', auth: everybody, audit: null },
  logIn: { method: 'POST', path: '/api/v1/auth/login', group: 'auth', auth: everybody, audit: null },
  // These two are told by the refresh cookie whose they are: the access token may have expired.
  refreshSession: { method: 'POST', path: '/api/v1/auth/refresh', group: 'auth', auth: everybody, audit: null },
  logOut: { method: 'POST', path: '/api/v1/auth/logout', group: 'auth', auth: everybody, audit: null },
  forgotPassword: { method: 'POST', path: '/api/v1/auth/forgot-password', group: 'auth', auth: everybody, audit: null },
  resetPassword: { method: 'POST', path: '/api/v1/auth/reset-password', group: 'auth', auth: everybody, audit: null },
  // The browser's way: to wherever people sign in, and back with a code.
  startLogIn: { method: 'GET', path: '/api/v1/auth/authorize', group: 'auth', auth: everybody },
  finishLogIn: { method: 'GET', path: '/api/v1/auth/callback', group: 'auth', auth: everybody },
  getMe: { method: 'GET', path: '/api/v1/auth/me', group: 'auth', auth: themselves },
  listSessions: { method: 'GET', path: '/api/v1/auth/sessions', group: 'auth', auth: themselves },
  endSession: {
    method: 'DELETE',
    path: '/api/v1/auth/sessions/{sessionId}',
    group: 'auth',
    auth: themselves,
    audit: 'session.end',
  },
  endAllSessions: {
    method: 'DELETE',
    path: '/api/v1/auth/sessions',
    group: 'auth',
    auth: themselves,
    audit: 'session.end_all',
  },
  createSessionToken: { method: 'POST', path: '/auth/token', group: 'auth', auth: everybody, audit: null },
  deleteSessionToken: {
    method: 'DELETE',
    path: '/auth/token',
    group: 'auth',
    audit: null,
    // Who signs out is not kept in by a limit.
    auth: { ...themselves, limited: 'ignore' },
  },
  createOrganization: {
    method: 'POST',
    path: '/api/v1/organization',
    group: 'organization',
    auth: themselves,
    audit: null,
  },
  getOrganization: {
    method: 'GET',
    path: '/api/v1/organization',
    group: 'organization',
    auth: managers(['organization:read']),
  },
  updateOrganization: {
    method: 'PATCH',
    path: '/api/v1/organization',
    group: 'organization',
    audit: 'organization.update',
    auth: people(['organization:write']),
  },
  listMembers: {
    method: 'GET',
    path: '/api/v1/organization/members',
    group: 'organization',
    auth: people(['members:read']),
  },
  changeRole: {
    method: 'PATCH',
    path: '/api/v1/organization/members/{memberId}',
    group: 'organization',
    audit: 'member.change_role',
    auth: people(['members:write']),
  },
  removeMember: {
    method: 'DELETE',
    path: '/api/v1/organization/members/{memberId}',
    group: 'organization',
    audit: 'member.remove',
    auth: people(['members:write']),
  },
  leaveOrganization: {
    method: 'POST',
    path: '/api/v1/organization/leave',
    group: 'organization',
    auth: people([]),
    audit: 'member.leave',
  },
  inviteMember: {
    method: 'POST',
    path: '/api/v1/organization/invitations',
    group: 'organization',
    audit: 'invitation.create',
    auth: people(['members:write']),
  },
  listInvitations: {
    method: 'GET',
    path: '/api/v1/organization/invitations',
    group: 'organization',
    auth: people(['members:read']),
  },
  revokeInvitation: {
    method: 'DELETE',
    path: '/api/v1/organization/invitations/{invitationId}',
    group: 'organization',
    audit: 'invitation.revoke',
    auth: people(['members:write']),
  },
  acceptInvitation: {
    method: 'POST',
    path: '/api/v1/organization/invitations/accept',
    group: 'organization',
    audit: null,
    auth: themselves,
  },
  listUserPools: {
    method: 'GET',
    path: '/api/v1/organization/user-pools',
    group: 'organization',
    auth: managers(['organization:read']),
  },
  registerUserPool: {
    method: 'PUT',
    path: '/api/v1/organization/user-pools/{userPoolId}',
    group: 'organization',
    audit: 'user_pool.register',
    auth: people(['organization:write']),
  },
  removeUserPool: {
    method: 'DELETE',
    path: '/api/v1/organization/user-pools/{userPoolId}',
    group: 'organization',
    audit: 'user_pool.remove',
    auth: people(['organization:write']),
  },
  openGuestSession: {
    method: 'POST',
    path: '/api/v1/consumer/guest',
    group: 'consumers',
    auth: storefront,
    audit: null,
  },
  requestOtp: { method: 'POST', path: '/api/v1/consumer/otp', group: 'consumers', auth: storefront, audit: null },
  verifyOtp: { method: 'POST', path: '/api/v1/consumer/otp/verify', group: 'consumers', auth: storefront, audit: null },
  createExchangeCode: {
    method: 'POST',
    path: '/api/v1/consumer/exchange-codes',
    group: 'consumers',
    audit: null,
    auth: { ...backOffice('consumers:write'), principals: ['key'] },
  },
  exchangeCode: {
    method: 'POST',
    path: '/api/v1/consumer/exchange',
    group: 'consumers',
    auth: storefront,
    audit: null,
  },
  refreshConsumer: {
    method: 'POST',
    path: '/api/v1/consumer/refresh',
    group: 'consumers',
    auth: storefront,
    audit: null,
  },
  logOutConsumer: {
    method: 'POST',
    path: '/api/v1/consumer/logout',
    group: 'consumers',
    audit: null,
    auth: { ...consumer, limited: 'ignore' },
  },
  getConsumerMe: { method: 'GET', path: '/api/v1/consumer/me', group: 'consumers', auth: consumer },
  listConsumers: {
    method: 'GET',
    path: '/api/v1/admin/consumers',
    group: 'consumers',
    auth: backOffice('consumers:read'),
  },
  getConsumer: {
    method: 'GET',
    path: '/api/v1/admin/consumers/{consumerId}',
    group: 'consumers',
    auth: backOffice('consumers:read'),
  },
  updateConsumer: {
    method: 'PATCH',
    path: '/api/v1/admin/consumers/{consumerId}',
    group: 'consumers',
    audit: 'consumer.update',
    auth: backOffice('consumers:write'),
  },
  deleteConsumer: {
    method: 'DELETE',
    path: '/api/v1/admin/consumers/{consumerId}',
    group: 'consumers',
    audit: 'consumer.delete',
    auth: backOffice('consumers:write'),
  },
  listConsumerSessions: {
    method: 'GET',
    path: '/api/v1/admin/consumers/{consumerId}/sessions',
    group: 'consumers',
    auth: backOffice('consumers:read'),
  },
  endConsumerSessions: {
    method: 'DELETE',
    path: '/api/v1/admin/consumers/{consumerId}/sessions',
    group: 'consumers',
    audit: 'consumer.end_sessions',
    auth: backOffice('consumers:write'),
  },
  endConsumerSession: {
    method: 'DELETE',
    path: '/api/v1/admin/sessions/{sessionId}',
    group: 'consumers',
    audit: 'consumer.end_session',
    auth: backOffice('consumers:write'),
  },
  trackUsage: {
    method: 'POST',
    path: '/api/v1/sdk/track',
    group: 'usage',
    audit: null,
    auth: { principals: ['key', 'widget'], scopes: ['usage.write'], limited: 'handler' },
  },
  listUsage: {
    method: 'GET',
    path: '/api/v1/usage',
    group: 'usage',
    auth: { principals: ['key', 'member', 'widget'], scopes: ['usage.read'], limited: 'handler' },
  },
  createWidgetToken: {
    method: 'POST',
    path: '/api/v1/widget/token',
    group: 'usage',
    audit: null,
    auth: { principals: ['key'], scopes: ['usage.write'], limited: 'handler', secretKeysIn: 'servers' },
  },
  listAuditEvents: {
    method: 'GET',
    path: '/api/v1/audit-events',
    group: 'organization',
    // No key's: whoever may make keys would come by it.
    auth: people(['audit:read']),
  },
  showSignIn: { method: 'GET', path: '/auth/signin', group: 'pages', auth: everybody },
  showSignUp: { method: 'GET', path: '/auth/signup', group: 'pages', auth: everybody },
  showPasswordReset: { method: 'GET', path: '/auth/reset-password', group: 'pages', auth: everybody },
  showInvitation: { method: 'GET', path: '/auth/invitation', group: 'pages', auth: everybody },
  showAccount: { method: 'GET', path: '/auth/account', group: 'pages', auth: everybody },
  // An app of one's own computer asks for a key here, and the person says yes.
  showGetKey: { method: 'GET', path: '/get-key', group: 'pages', auth: everybody },
  grantAppKey: { method: 'POST', path: '/get-key', group: 'keys', auth: people(['keys:write']), audit: 'key.create' },
  getHealth: { method: 'GET', path: '/health', group: 'service', auth: 'public' },
  getKeySet: { method: 'GET', path: '/.well-known/jwks.json', group: 'service', auth: everybody },
  getOpenApi: { method: 'GET', path: '/openapi.json', group: 'service', auth: everybody },
  getConfig: { method: 'GET', path: '/config.json', group: 'service', auth: everybody },
} as const satisfies Record<string, Route>;

/** Every operation that there is, whatever the profile. A bundle that has no use for it leaves it out. */
export const allRoutes = /* @__PURE__ */ (() => ({
  ...routes,
  ...samples.items,
  ...samples['agent-runs'],
  ...samples.pins,
  ...samples.metering,
}))();

export type Operation = keyof typeof allRoutes;

type Table = Readonly<Record<string, Route>>;

/** A table with the paths that a profile gives its operations. */
export const withPaths = (table: Table, { paths = {} }: Pick<Profile, 'paths'>): Table =>
  Object.fromEntries(
    Object.entries(table).map(([operation, route]) => {
      const [path = route.path, ...aliases] = paths[operation as Operation] ?? pathsOf(route);
      return [operation, { ...route, path, aliases }];
    }),
  );

/** The stack's own operations, in a profile's paths. */
export const routesOf = (profile: Pick<Profile, 'paths'>): Table => withPaths(routes, profile);

/** The operations of its sample resource. */
export const sampleRoutesOf = (profile: Pick<Profile, 'paths' | 'sample'>): Table =>
  withPaths(samples[profile.sample], profile);

/** The operations that one group's function serves. */
export type OperationOf<G extends Group> = {
  [O in Operation]: (typeof allRoutes)[O]['group'] extends G ? O : never;
}[Operation];

/** Where an operation is found. */
export const pathOf = (operation: Operation, { paths = {} }: Pick<Profile, 'paths'>): string =>
  paths[operation]?.[0] ?? allRoutes[operation].path;

/** A route behind the authorizer, one path each: what the authorizer is told of the route table. */
export interface ProtectedRoute extends Protection {
  readonly method: Method;
  readonly path: string;
}

export const pathsOf = (route: Route): readonly string[] => [route.path, ...(route.aliases ?? [])];

/** The table's protected routes, aliases spelled out. */
export function protectedRoutes(table: Table): readonly ProtectedRoute[] {
  return Object.values(table).flatMap((route) => {
    const { auth, method } = route;
    return auth === 'public' ? [] : pathsOf(route).map((path) => ({ ...auth, method, path }));
  });
}

/** Key under which a route is looked up: method and path as API Gateway's event gives them. */
export const routeKey = (method: string, path: string): string => `${method} ${path}`;

const SCOPE = /^[a-z][a-z0-9_-]*(?:[.:][a-z0-9_-]+)+$/;

/** Whether a string is a scope as this stack writes them: `items:read`, `usage.write`. At most 50 characters. */
export const isScope = (scope: string): boolean => scope.length <= 50 && SCOPE.test(scope);
