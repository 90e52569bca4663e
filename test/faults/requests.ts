import { randomUUID } from 'node:crypto';
import type { allRoutes, PrincipalType } from '../../lambdas/contract/routes.ts';
import { connect } from '../../local/members.ts';
import { apiKey, bearer, newEmail, PASSWORD } from '../acceptance/target.ts';
import { newUserPool } from '../acceptance/user-pools.ts';
import { type Credential, cookieHeader, type World } from './world.ts';

/** A request that succeeds, once. */
export interface Prepared {
  readonly parameters?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly body?: unknown;
  readonly headers?: Credential;
  /** In the place of the credential that it is tried with, where that would be used up. */
  readonly as?: Credential;
}

type Prepare = (world: World, type: PrincipalType) => Prepared | Promise<Prepared>;

const nothing: Prepare = () => ({});

const keyOf = async ({ newKey, owner }: World): Promise<Prepared> => ({
  parameters: { keyId: (await newKey(owner.token)).keyId },
});
const consumerOf = async ({ newConsumer }: World): Promise<Prepared> => ({
  parameters: { consumerId: (await newConsumer({ email: newEmail() })).consumer.id },
});
/** Somebody in an organization, and its owner. */
const memberOf = async ({ newInviter, newMemberOf }: World) => {
  const by = await newInviter();
  return { by: by.token, member: await newMemberOf(by.token, 'developer') };
};
const signedUp = async ({ expected }: World): Promise<string> => {
  const email = newEmail();
  await expected(201, 'POST', '/api/v1/auth/signup', {}, { email, password: PASSWORD, organization_name: 'New' });
  return email;
};
const newPhone = () => `+1201555${String(Math.floor(Math.random() * 10_000)).padStart(4, '0')}`;
const customer = { meter_token: 'calls', customer_external_id: 'customer', quantity: 1 };

/** Every operation that the default profile has, as somebody does it who may. */
export const requests = {
  createKey: () => ({ body: { label: 'new' } }),
  listKeys: nothing,
  getKey: keyOf,
  updateKey: async (world) => ({ ...(await keyOf(world)), body: { label: 'renamed' } }),
  revokeKey: keyOf,
  rotateKey: async (world) => ({ ...(await keyOf(world)), body: { graceSeconds: 60 } }),
  selfRevokeKey: async ({ newKey, owner }) => ({ as: apiKey((await newKey(owner.token)).apiKey) }),
  signUp: () => ({ body: { email: newEmail(), password: PASSWORD, organization_name: 'New' } }),
  confirmSignUp: async (world) => {
    const email = await signedUp(world);
    return { body: { email, code: await world.readCode(email) } };
  },
  logIn: ({ owner }) => ({ body: { email: owner.email, password: PASSWORD } }),
  refreshSession: async ({ logIn, owner }) => ({ headers: cookieHeader(await logIn(owner)) }),
  logOut: async ({ logIn, owner }) => ({ headers: cookieHeader(await logIn(owner)) }),
  forgotPassword: ({ owner }) => ({ body: { email: owner.email } }),
  resetPassword: async ({ newPerson, expected, readCode }) => {
    const { email } = await newPerson(false);
    await expected(202, 'POST', '/api/v1/auth/forgot-password', {}, { email });
    return { body: { email, code: await readCode(email), password: `${PASSWORD}-new` } };
  },
  startLogIn: nothing,
  finishLogIn: async ({ expected, owner, signInAt }) => {
    const { headers } = await expected(303, 'GET', '/api/v1/auth/authorize');
    const cookie = headers.getSetCookie()[0]?.split(';')[0] ?? '';
    return { query: signInAt(headers.get('location') ?? '', owner), headers: { Cookie: cookie } };
  },
  getMe: nothing,
  listSessions: nothing,
  endSession: async ({ logIn, owner, expected }) => {
    const fresh = cookieHeader(await logIn(owner));
    const { body } = await expected(200, 'GET', '/api/v1/auth/sessions', fresh);
    const { sessionId } = body.sessions.find(({ isCurrent }: { isCurrent: boolean }) => isCurrent);
    return { parameters: { sessionId } };
  },
  endAllSessions: async ({ newPerson, logIn }) => {
    const person = await newPerson();
    return { as: cookieHeader(await logIn(person)) };
  },
  createSessionToken: ({ owner }) => ({ body: { username: owner.email, password: PASSWORD } }),
  deleteSessionToken: async ({ sessionToken, owner }) => ({ as: await sessionToken(owner) }),
  createOrganization: async ({ newPerson }) => ({ as: (await newPerson(false)).token, body: { name: 'New' } }),
  getOrganization: nothing,
  updateOrganization: () => ({ body: { name: 'Acme' } }),
  listMembers: nothing,
  changeRole: async (world) => {
    const { by, member } = await memberOf(world);
    return { as: by, parameters: { memberId: member.id }, body: { role: 'admin' } };
  },
  removeMember: async (world) => {
    const { by, member } = await memberOf(world);
    return { as: by, parameters: { memberId: member.id } };
  },
  leaveOrganization: async (world) => ({ as: (await memberOf(world)).member.token }),
  inviteMember: async ({ newInviter }) => ({
    as: (await newInviter()).token,
    body: { email: newEmail(), role: 'developer' },
  }),
  listInvitations: nothing,
  revokeInvitation: async ({ expected, newPerson }) => {
    const { token } = await newPerson();
    const invited = { email: newEmail(), role: 'developer' };
    const { body } = await expected(201, 'POST', '/api/v1/organization/invitations', token, invited);
    return { as: token, parameters: { invitationId: body.invitationId } };
  },
  acceptInvitation: async ({ newPerson, newInviter, invite }) => {
    const { email, token } = await newPerson(false);
    return { as: token, body: { token: await invite((await newInviter()).token, email) } };
  },
  listUserPools: nothing,
  registerUserPool: async ({ config, newPerson }) => {
    const { userPoolId, clientId } = await newUserPool(connect(config));
    return {
      as: (await newPerson()).token,
      parameters: { userPoolId },
      body: { clientIds: [clientId], scopes: ['items:read'] },
    };
  },
  removeUserPool: async ({ config, newPerson, expected }) => {
    const { userPoolId, clientId } = await newUserPool(connect(config));
    const { token } = await newPerson();
    const path = `/api/v1/organization/user-pools/${userPoolId}`;
    await expected(200, 'PUT', path, token, { clientIds: [clientId], scopes: ['items:read'] });
    return { as: token, parameters: { userPoolId } };
  },
  openGuestSession: () => ({ body: {} }),
  requestOtp: (_, type) => ({ body: type === 'key' ? { phone: newPhone() } : { email: newEmail() } }),
  verifyOtp: async ({ expected, page, textTo }) => {
    const email = newEmail();
    await expected(202, 'POST', '/api/v1/consumer/otp', page, { email });
    return { body: { email, code: /\b\d{6}\b/.exec(textTo(email))?.[0] } };
  },
  createExchangeCode: () => ({ body: { externalId: randomUUID(), email: newEmail() } }),
  exchangeCode: async ({ exchangeCode }) => ({ body: { code: await exchangeCode() } }),
  refreshConsumer: async ({ newConsumer }) => ({ body: { refreshToken: (await newConsumer()).refreshToken } }),
  logOutConsumer: async ({ newConsumer, newGuest }, type) => ({
    as: bearer((await (type === 'guest' ? newGuest() : newConsumer())).accessToken),
  }),
  getConsumerMe: nothing,
  listConsumers: nothing,
  getConsumer: consumerOf,
  updateConsumer: async (world) => ({ ...(await consumerOf(world)), body: { disabled: true } }),
  deleteConsumer: consumerOf,
  listConsumerSessions: consumerOf,
  endConsumerSessions: consumerOf,
  endConsumerSession: async ({ newConsumer, expected, server }) => {
    const { id } = (await newConsumer()).consumer;
    const { body } = await expected(200, 'GET', `/api/v1/admin/consumers/${id}/sessions`, server);
    return { parameters: { sessionId: body.sessions[0].sessionId } };
  },
  trackUsage: () => ({ body: customer, headers: { 'Idempotency-Key': randomUUID() } }),
  listUsage: nothing,
  createWidgetToken: () => ({ body: { customer_external_id: 'customer' } }),
  listAuditEvents: nothing,
  showSignIn: nothing,
  showSignUp: nothing,
  showPasswordReset: nothing,
  showInvitation: nothing,
  showAccount: nothing,
  showGetKey: () => ({ query: `?redirect=${encodeURIComponent('http://127.0.0.1/callback')}` }),
  grantAppKey: () => ({ body: { redirect: 'http://127.0.0.1/callback' } }),
  getHealth: nothing,
  getKeySet: nothing,
  getOpenApi: nothing,
  getConfig: nothing,
  createItem: () => ({ body: { name: 'thing' } }),
  listItems: nothing,
  registerAgentRun: () => ({ body: { agent_id: 'agent', timestamp: '2026-01-01T00:00:00Z' } }),
  listAgentRuns: nothing,
  createPin: () => ({ body: { cid: `Qm${'a'.repeat(44)}` } }),
  listPins: nothing,
  createCustomer: () => ({ body: { external_id: randomUUID() } }),
  listCustomers: nothing,
} as const satisfies Record<keyof typeof allRoutes, Prepare>;
