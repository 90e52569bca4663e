import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { PrincipalType } from '../../lambdas/contract/routes.ts';
import { withCookies } from '../acceptance/cookies.ts';
import { type Answer, apiKey, bearer, PASSWORD } from '../acceptance/target.ts';
import type { FaultyStack } from './faulty-stack.ts';

export type Credential = Readonly<Record<string, string>>;

/** Somebody who signs in by their password, with all that they sign in by. */
export interface Person {
  readonly email: string;
  readonly id: string;
  /** A token of the user pool. */
  readonly token: Credential;
}

/** One organization with one of everything, which every test may use and none may use up. */
export type World = Awaited<ReturnType<typeof createWorld>>;

export const publishableKey = (key: string): Credential => ({ 'X-Publishable-Key': key });

/** The cookies that an answer sets, as a browser sends them back. */
export const cookieHeader = (answer: Answer): Credential => ({
  ...withCookies(answer, 'access_token', 'refresh_token'),
  'Sec-Fetch-Site': 'same-origin',
});

export async function createWorld(stack: FaultyStack) {
  const { client } = stack;
  const { call } = client;
  const config = (await call('GET', '/config.json')).body;

  async function expected(status: number, method: string, path: string, credential: Credential = {}, body?: unknown) {
    const answer = await call(method, path, credential, body);
    expect([method, path, answer.status, answer.body?.detail]).toEqual([method, path, status, answer.body?.detail]);
    return answer;
  }

  /** @param organization whether they own one */
  async function newPerson(organization = true): Promise<Person> {
    const email = `${randomUUID()}@example.com`;
    const tokens = await client.newMember(email);
    const token = bearer(tokens.access);
    if (organization) await expected(201, 'POST', '/api/v1/organization', token, { name: 'Acme' });
    const { body } = await expected(200, 'GET', '/api/v1/auth/me', token);
    return { email, id: body.user.id, token };
  }

  const logIn = ({ email }: Pick<Person, 'email'>) =>
    expected(200, 'POST', '/api/v1/auth/login', {}, { email, password: PASSWORD });

  const newKey = async (owner: Credential, fields: object = {}) =>
    (await expected(201, 'POST', '/api/v1/keys', owner, { label: 'a key', ...fields })).body as {
      keyId: string;
      apiKey: string;
    };

  const owner = await newPerson();
  const [secret, jwt, admin, publishable] = await Promise.all([
    newKey(owner.token),
    newKey(owner.token, { format: 'jwt' }),
    newKey(owner.token, { type: 'admin' }),
    newKey(owner.token, { type: 'publishable' }),
  ]);
  const page = publishableKey(publishable.apiKey);
  const server = { 'X-Secret-Key': secret.apiKey };

  const widgetToken = async () =>
    (
      await expected(201, 'POST', '/api/v1/widget/token', server, {
        customer_external_id: 'customer',
        scopes: ['usage.read', 'usage.write'],
      })
    ).body.token as string;
  const exchangeCode = async (externalId: string = randomUUID(), more: object = {}) =>
    (await expected(201, 'POST', '/api/v1/consumer/exchange-codes', server, { externalId, ...more })).body
      .code as string;
  const newConsumer = async (more: object = {}) =>
    (await expected(200, 'POST', '/api/v1/consumer/exchange', page, { code: await exchangeCode(undefined, more) }))
      .body as { accessToken: string; refreshToken: string; consumer: { id: string } };
  const newGuest = async () =>
    (await expected(201, 'POST', '/api/v1/consumer/guest', page, {})).body as Awaited<ReturnType<typeof newConsumer>>;

  let inviting = { person: owner, left: 20 };
  /** An owner who may invite somebody: an organization invites 30 a minute. */
  async function newInviter(): Promise<Person> {
    if (inviting.left-- === 0) inviting = { person: await newPerson(), left: 19 };
    return inviting.person;
  }

  /** Somebody with a role in an organization. */
  async function newMemberOf(by: Credential, role: string): Promise<Person> {
    const person = await newPerson(false);
    const token = await invite(by, person.email, role);
    await expected(200, 'POST', '/api/v1/organization/invitations/accept', person.token, { token });
    return person;
  }

  /** @returns the invitation's token */
  async function invite(by: Credential, email: string, role = 'developer'): Promise<string> {
    await expected(201, 'POST', '/api/v1/organization/invitations', by, { email, role });
    return /#([\w.-]+)/.exec(stack.sentTo(email) ?? '')?.[1] ?? '';
  }

  const sessionToken = async ({ email }: Pick<Person, 'email'>) =>
    bearer(
      (await expected(200, 'POST', '/auth/token', {}, { username: email, password: PASSWORD })).body.token as string,
    );

  const session = cookieHeader(await logIn(owner));
  /** Credentials of every kind that there is, by whom a route may be open to. */
  const credentials: Record<PrincipalType, readonly Credential[]> = {
    key: [apiKey(secret.apiKey), bearer(jwt.apiKey)],
    'admin-key': [apiKey(admin.apiKey)],
    'publishable-key': [page],
    widget: [bearer(await widgetToken())],
    member: [owner.token, session, await sessionToken(owner)],
    consumer: [bearer((await newConsumer()).accessToken)],
    guest: [bearer((await newGuest()).accessToken)],
    anonymous: [{}],
  };

  return {
    ...{ config, owner, admin, secret, page, server, credentials, session },
    ...{
      expected,
      newPerson,
      logIn,
      newKey,
      newConsumer,
      newGuest,
      newInviter,
      newMemberOf,
      invite,
      exchangeCode,
      sessionToken,
    },
    call,
    readCode: stack.readCode,
    signInAt: stack.signInAt,
    textTo: (to: string) => stack.sentTo(to) ?? '',
  };
}
