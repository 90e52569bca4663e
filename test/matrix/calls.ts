import { randomUUID } from 'node:crypto';
import type { Mode } from '../../lambdas/contract/profile.ts';
import { allRoutes, type Operation } from '../../lambdas/contract/routes.ts';
import { newEmail, PASSWORD } from '../acceptance/target.ts';
import { type Asked, fill } from './asking.ts';
import { type Documented, pathIn } from './documented.ts';
import type { Objects } from './organization.ts';
import type { Principal } from './principals.ts';

/** What a call that is let in uses up, and so is made anew for each. */
type Used =
  | 'key'
  | 'invitation'
  | 'member'
  | 'consumer'
  | 'code'
  | 'otp'
  | 'tokens'
  | 'session'
  | 'caller'
  | 'invited'
  | 'cookies';

/** What a call is about. */
export interface About extends Objects {
  readonly mode: Mode;
  /** Of a member who refreshes. */
  readonly refreshCookie?: string;
}

export interface Call {
  readonly params?: (about: About) => Readonly<Record<string, string>>;
  readonly query?: (about: About) => Readonly<Record<string, string>>;
  readonly headers?: (about: About) => Readonly<Record<string, string>>;
  readonly body?: (about: About) => Readonly<Record<string, unknown>>;
  /** The status of an answer to whoever is let in, and the code where that is a refusal after all. */
  readonly answers: number | readonly [status: number, code: string];
  readonly uses?: Used;
  /** Members say which mode they look at. */
  readonly inMode?: true;
  /** One at a time: a second one of the same member would have to be repeated. */
  readonly alone?: true;
}

const key = { params: ({ keyId }: About) => ({ keyId }) };
const member = { params: ({ memberId }: About) => ({ memberId }) };
const consumer = { params: ({ consumerId }: About) => ({ consumerId }), inMode: true } as const;
const pool = { params: ({ userPoolId }: About) => ({ userPoolId }) };
const page = { answers: 200 };
/** Each time somebody else: an address has ten attempts a minute. */
const someone = () => ({ email: newEmail() });

/** How each operation is called, so that whoever may call it succeeds. */
export const calls: Readonly<Record<Operation, Call>> = {
  createKey: { body: ({ mode }) => ({ label: `${mode} key`, mode }), answers: 201 },
  listKeys: { query: () => ({ includeInactive: 'true', limit: '100' }), answers: 200 },
  getKey: { ...key, answers: 200 },
  updateKey: { ...key, body: () => ({ label: 'renamed' }), uses: 'key', answers: 200 },
  revokeKey: { ...key, uses: 'key', answers: 204 },
  rotateKey: { ...key, body: () => ({ graceSeconds: 3_600 }), uses: 'key', answers: 201 },
  selfRevokeKey: { uses: 'caller', answers: 204 },
  signUp: { body: () => ({ email: newEmail(), password: PASSWORD, organization_name: 'New' }), answers: 201 },
  confirmSignUp: { body: () => ({ ...someone(), code: '123456' }), answers: [422, 'invalid_code'] },
  logIn: { body: () => ({ ...someone(), password: PASSWORD }), answers: [401, 'invalid_credentials'] },
  refreshSession: {
    headers: ({ refreshCookie = '' }) => ({ Cookie: `refresh_token=${refreshCookie}` }),
    uses: 'cookies',
    answers: 204,
  },
  logOut: { answers: 204 },
  forgotPassword: { body: someone, answers: 202 },
  resetPassword: { body: () => ({ ...someone(), code: '123456', password: PASSWORD }), answers: [422, 'invalid_code'] },
  startLogIn: { answers: 303 },
  // To one's own page for signing in, where there are no hosted ones.
  finishLogIn: { answers: 303 },
  getMe: { answers: 200 },
  listSessions: { answers: 200 },
  endSession: { params: ({ sessionId }) => ({ sessionId }), uses: 'session', answers: 204 },
  endAllSessions: { uses: 'caller', answers: 204 },
  createSessionToken: {
    body: () => ({ username: newEmail(), password: PASSWORD }),
    answers: [401, 'invalid_credentials'],
  },
  deleteSessionToken: { uses: 'caller', answers: 204 },
  createOrganization: { body: () => ({ name: 'New' }), uses: 'caller', answers: 201 },
  getOrganization: { answers: 200 },
  updateOrganization: { body: () => ({ consumers: { access: 3_600 } }), answers: 200 },
  listMembers: { answers: 200 },
  changeRole: { ...member, body: () => ({ role: 'viewer' }), answers: 200, alone: true },
  removeMember: { ...member, uses: 'member', answers: 204 },
  leaveOrganization: { uses: 'caller', answers: 204 },
  inviteMember: { body: () => ({ email: newEmail(), role: 'viewer' }), answers: 201 },
  listInvitations: { answers: 200 },
  revokeInvitation: { params: ({ invitationId }) => ({ invitationId }), uses: 'invitation', answers: 204 },
  acceptInvitation: { body: ({ invitation }) => ({ token: invitation }), uses: 'invited', answers: 200 },
  listUserPools: { answers: 200 },
  registerUserPool: { ...pool, body: () => ({ clientIds: ['app'], scopes: ['usage.read'] }), answers: 200 },
  removeUserPool: { ...pool, answers: 204 },
  openGuestSession: { body: () => ({}), answers: 201 },
  requestOtp: { body: () => ({ email: newEmail() }), answers: 202 },
  verifyOtp: { body: ({ email, otp }) => ({ email, code: otp }), uses: 'otp', answers: 200 },
  createExchangeCode: { body: () => ({ externalId: randomUUID() }), answers: 201 },
  exchangeCode: { body: ({ code }) => ({ code }), uses: 'code', answers: 200 },
  refreshConsumer: { body: ({ refreshToken }) => ({ refreshToken }), uses: 'tokens', answers: 200 },
  logOutConsumer: { uses: 'caller', answers: 204 },
  getConsumerMe: { answers: 200 },
  listConsumers: { inMode: true, query: () => ({ limit: '100' }), answers: 200 },
  getConsumer: { ...consumer, answers: 200 },
  updateConsumer: { ...consumer, body: () => ({ attributes: { size: 'L' } }), uses: 'consumer', answers: 200 },
  deleteConsumer: { ...consumer, uses: 'consumer', answers: 204 },
  listConsumerSessions: { ...consumer, answers: 200 },
  endConsumerSessions: { ...consumer, uses: 'consumer', answers: 204 },
  endConsumerSession: {
    params: ({ consumerSessionId }) => ({ sessionId: consumerSessionId }),
    inMode: true,
    uses: 'consumer',
    answers: 204,
  },
  trackUsage: {
    body: ({ customer }) => ({ meter_token: 'meter', customer_external_id: customer, quantity: 1 }),
    answers: 201,
  },
  listUsage: { inMode: true, query: () => ({ by: 'meter,customer,key', limit: '100' }), answers: 200 },
  createWidgetToken: { body: ({ customer }) => ({ customer_external_id: customer }), answers: 201 },
  listAuditEvents: { query: () => ({ limit: '100' }), answers: 200 },
  showSignIn: page,
  showSignUp: page,
  showPasswordReset: page,
  showInvitation: page,
  showAccount: page,
  showGetKey: { query: () => ({ redirect: APP.redirect }), answers: 200 },
  grantAppKey: { body: () => ({ redirect: APP.redirect }), answers: 201 },
  getHealth: { answers: 200 },
  getKeySet: { answers: 200 },
  getOpenApi: { answers: 200 },
  getConfig: { answers: 200 },
  createItem: { body: ({ mode }) => ({ name: `${mode} item` }), answers: 201 },
  listItems: { query: () => ({ limit: '100' }), answers: 200 },
  registerAgentRun: { body: () => ({ agent_id: 'a', timestamp: '2026-01-01T00:00:00Z' }), answers: 201 },
  listAgentRuns: { answers: 200 },
  createPin: { body: () => ({ cid: `Qm${'A'.repeat(44)}` }), answers: 201 },
  listPins: { answers: 200 },
  createCustomer: { body: () => ({ external_id: 'x' }), answers: 201 },
  listCustomers: { answers: 200 },
};

export const APP = { name: 'An app', redirect: 'myapp://callback', scopes: ['usage.read'] };

/** The answers to some of those who are let in are refusals, for reasons of their own. */
const otherAnswers: Readonly<Record<string, (by: Principal) => readonly [number, string] | undefined>> = {
  // Nobody gives a key what they have not themselves.
  createKey: ({ kind, scopes }) => (kind === 'A' && scopes ? [403, 'insufficient_permissions'] : undefined),
  rotateKey: ({ kind, scopes }) => (kind === 'A' && scopes ? [403, 'insufficient_permissions'] : undefined),
  createOrganization: ({ kind }) => (kind === 's' ? undefined : [409, 'organization_exists']),
  acceptInvitation: ({ kind }) => (kind === 's' ? undefined : [409, 'organization_exists']),
  // Who has no role appoints nobody, and is no member that could leave; nor have they sessions of the stack's.
  changeRole: ({ kind }) => (kind === 'u' ? [403, 'insufficient_permissions'] : undefined),
  removeMember: ({ kind }) => (kind === 'u' ? [403, 'insufficient_permissions'] : undefined),
  inviteMember: ({ kind }) => (kind === 'u' ? [403, 'insufficient_permissions'] : undefined),
  leaveOrganization: ({ kind }) => (kind === 'u' ? [404, 'not_found'] : kind === 'o' ? [409, 'last_owner'] : undefined),
  endSession: ({ kind }) => (kind === 'u' ? [404, 'not_found'] : undefined),
  deleteSessionToken: ({ kind, form }) =>
    kind === 'u' || form?.startsWith('Cognito') ? [403, 'insufficient_permissions'] : undefined,
};

/**
 * What a call by somebody who is let in is answered.
 * @param hosted whether the user pool has pages of its own, where nobody has begun to sign in
 */
export function answerTo(
  operation: Operation,
  by: Principal,
  hosted: boolean,
): readonly [status: number, code: string | undefined] {
  if (operation === 'finishLogIn' && hosted) return [400, 'invalid_login'];
  const other = otherAnswers[operation]?.(by);
  if (other) return other;
  const { answers } = calls[operation];
  return typeof answers === 'number' ? [answers, undefined] : answers;
}

/** An operation about something, as somebody asks for it. */
export function askFor(
  operation: Operation,
  by: Pick<Principal, 'headers' | 'mode'>,
  about: About,
  profile: Pick<Documented, 'keysAt'>,
): Asked {
  const { method } = allRoutes[operation];
  const { params, query, headers, body, inMode } = calls[operation];
  const mode = inMode && by.mode === undefined ? { mode: about.mode } : {};
  const own = headers?.(about) ?? {};
  const cookies = [by.headers.Cookie, own.Cookie].filter(Boolean).join('; ');
  return {
    method,
    path: fill(pathIn(profile, operation), params?.(about) ?? {}, { ...mode, ...query?.(about) }),
    headers: { ...by.headers, ...own, ...(cookies && { Cookie: cookies }) },
    ...(body && { body: body(about) }),
  };
}
