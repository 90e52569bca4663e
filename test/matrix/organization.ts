import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Mode } from '../../lambdas/contract/profile.ts';
import { connect } from '../../local/members.ts';
import {
  apiKey,
  bearer,
  type Client,
  createClient,
  newEmail,
  PASSWORD,
  type Target,
  type Tokens,
} from '../acceptance/target.ts';
import { newUserPool } from '../acceptance/user-pools.ts';
import { type Documented, pathIn } from './documented.ts';

type Role = 'owner' | 'admin' | 'developer' | 'viewer';

export interface Person {
  readonly id: string;
  readonly email: string;
  /** Of Cognito. */
  readonly tokens: Tokens;
}

/** Names of one object of each kind, as requests name them. */
export interface Objects {
  readonly keyId: string;
  readonly memberId: string;
  /** A member's. */
  readonly sessionId: string;
  readonly invitationId: string;
  /** What the invitation's mail has. */
  readonly invitation: string;
  readonly userPoolId: string;
  readonly consumerId: string;
  readonly consumerSessionId: string;
  readonly email: string;
  readonly externalId: string;
  readonly customer: string;
  /** An exchange code. */
  readonly code: string;
  readonly otp: string;
  readonly refreshToken: string;
  readonly guestToken: string;
}

type Keys = Readonly<Record<'secret' | 'publishable' | 'admin', string>>;

export type Organization = Awaited<ReturnType<typeof openOrganization>>;

const MODES = ['live', 'test'] as const;

/** No key is refused for the number of its requests. Below what is leased: a revoked one is refused at once. */
const limits = { perMinute: 20_000, perHour: 1_000_000 };

/**
 * An organization with one object of each kind in either mode. Every name that is given has the organization's mark in
 * it, and the mode's where there is one: what an answer must not hold is told by that.
 */
export async function openOrganization(target: Target, mark: string, profile: Documented) {
  const client = createClient(target);
  const { call } = client;
  const cognito = connect((await call('GET', '/config.json')).body);

  async function must(status: number, ...request: Parameters<Client['call']>) {
    const answer = await call(...request);
    expect([request[0], request[1], answer.status, answer.body?.detail]).toEqual([
      request[0],
      request[1],
      status,
      undefined,
    ]);
    return answer.body;
  }

  const owner = await personOf(client, newEmail(), async (by) => {
    await must(201, 'POST', '/api/v1/organization', by, { name: mark });
  });
  const as = bearer(owner.tokens.access);
  const { id } = await must(200, 'GET', '/api/v1/organization', as);
  expect(id).toMatch(/^org_/);

  async function invite(role: Role, email: string) {
    const { invitationId } = await must(201, 'POST', '/api/v1/organization/invitations', as, { email, role });
    const text = (await target.readMail?.(email)) ?? '';
    return { invitationId, invitation: /#(\S+)/.exec(text)?.[1] ?? '' };
  }

  async function newMember(role: Role): Promise<Person> {
    const email = newEmail();
    const { invitation: token } = await invite(role, email);
    return personOf(client, email, async (by) => {
      await must(200, 'POST', '/api/v1/organization/invitations/accept', by, { token });
    });
  }

  const newKey = (mode: Mode, fields: object = {}) =>
    client.newKey(owner.tokens, { label: `${mark}-${mode}-key`, mode, limits, ...fields });
  const keysOf = async (mode: Mode): Promise<Keys> => ({
    secret: (await newKey(mode)).apiKey,
    publishable: (await newKey(mode, { type: 'publishable' })).apiKey,
    admin: (await newKey(mode, { type: 'admin' })).apiKey,
  });
  const server = (mode: Mode) => ({ 'X-Secret-Key': keys[mode].secret });
  const page = (mode: Mode) => ({ 'X-Publishable-Key': keys[mode].publishable });

  const newGuest = (mode: Mode) => must(201, 'POST', '/api/v1/consumer/guest', page(mode), {});
  const newCode = async (mode: Mode, externalId = `${mark}-${mode}-${randomUUID()}`, more: object = {}) =>
    (await must(201, 'POST', '/api/v1/consumer/exchange-codes', server(mode), { externalId, ...more })).code as string;

  async function newConsumer(mode: Mode) {
    const externalId = `${mark}-${mode}-${randomUUID()}`;
    const email = `${externalId}@example.com`;
    const code = await newCode(mode, externalId, { email });
    const { accessToken, refreshToken, consumer } = await must(200, 'POST', '/api/v1/consumer/exchange', page(mode), {
      code,
    });
    const path = `/api/v1/admin/consumers/${consumer.id}/sessions`;
    const { sessions } = await must(200, 'GET', path, server(mode));
    return {
      consumerId: consumer.id as string,
      consumerSessionId: sessions[0].sessionId as string,
      externalId,
      email,
      accessToken: accessToken as string,
      refreshToken: refreshToken as string,
    };
  }

  async function newOtp(mode: Mode, email: string): Promise<string> {
    await must(202, 'POST', '/api/v1/consumer/otp', server(mode), { email });
    return /\b\d{6}\b/.exec((await target.readMail?.(email)) ?? '')?.[0] ?? '';
  }

  const tokenOf = async ({ email: username }: Person) =>
    (await must(200, 'POST', '/auth/token', {}, { username, password: PASSWORD })).token as string;

  /** A session of somebody's, by a token. */
  async function newSession(person: Person) {
    const token = await tokenOf(person);
    const { sessions } = await must(200, 'GET', '/api/v1/auth/sessions', bearer(token));
    const current = sessions.find(({ isCurrent }: { isCurrent: boolean }) => isCurrent);
    return { token, sessionId: current.sessionId as string };
  }

  async function registerPool(pool: { userPoolId: string; clientId: string }, scopes: readonly string[]) {
    const path = `/api/v1/organization/user-pools/${pool.userPoolId}`;
    await must(200, 'PUT', path, as, { clientIds: [pool.clientId], scopes });
  }

  async function newPool(scopes: readonly string[]) {
    const pool = await newUserPool(cognito);
    await registerPool(pool, scopes);
    return pool;
  }

  async function objectsOf(mode: Mode): Promise<Objects> {
    const customer = `${mark}-${mode}-customer`;
    const { create, named } = profile.sample;
    // An admin key: not every profile's sample is open to others.
    await must(201, 'POST', pathIn(profile, create), apiKey(keys[mode].admin), named(`${mark}-${mode}-item`));
    const usage = { meter_token: `${mark}-${mode}-meter`, customer_external_id: customer, quantity: 7 };
    // Every organization, in either mode, has an event of this name.
    await must(201, 'POST', '/api/v1/sdk/track', { ...server(mode), 'Idempotency-Key': 'event-1' }, usage);
    const consumer = await newConsumer(mode);
    return {
      ...consumer,
      keyId: (await newKey(mode)).keyId,
      memberId: members.viewer.id,
      sessionId: session.sessionId,
      ...invited,
      userPoolId: pools.spare.userPoolId,
      customer,
      code: await newCode(mode),
      otp: await newOtp(mode, consumer.email),
      guestToken: (await newGuest(mode)).refreshToken,
    };
  }

  const [live, test, people, spare, admin, developer, viewer] = await Promise.all([
    ...([keysOf('live'), keysOf('test')] as const),
    ...([newPool(['*']), newPool(['usage.read'])] as const),
    ...([newMember('admin'), newMember('developer'), newMember('viewer')] as const),
  ]);
  const [keys, pools, members] = [
    { live, test },
    { people, spare },
    { owner, admin, developer, viewer },
  ];
  const [session, invited] = await Promise.all([
    newSession(owner),
    invite('viewer', `${mark}-${randomUUID()}@example.com`),
  ]);
  const [ofLive, ofTest] = await Promise.all([objectsOf('live'), objectsOf('test')]);
  const objects = { live: ofLive, test: ofTest };

  return {
    id: id as string,
    mark,
    members,
    pools,
    newPool,
    keys,
    objects,
    session,
    ...{ invite, newMember, newKey, newGuest, newCode, newConsumer, newOtp, tokenOf, newSession },
    /** What an answer to one who must not know of this organization, or of this mode of it, must not hold. */
    secretsOf: (modes: readonly Mode[] = MODES): readonly string[] =>
      modes.flatMap((mode) => [
        `${mark}-${mode}`,
        ...[objects[mode].keyId, objects[mode].consumerId, objects[mode].consumerSessionId],
      ]),
    common: [mark, id, session.sessionId, invited.invitationId, pools.people.userPoolId, pools.spare.userPoolId].concat(
      Object.values(members).flatMap((member) => [member.id, member.email]),
    ),
  };
}

/** Somebody who has signed up, and by what they do then belongs to an organization. */
export async function personOf(
  client: Client,
  email: string,
  join: (by: Record<string, string>) => Promise<void> = async () => {},
): Promise<Person> {
  const tokens = await client.newMember(email);
  await join(bearer(tokens.access));
  const { body } = await client.call('GET', '/api/v1/auth/me', bearer(tokens.access));
  return { id: body.user.id, email, tokens };
}
