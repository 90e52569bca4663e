import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fractalpack } from '../../lambdas/contract/profile.ts';
import { createAudit, DEPLOYMENT } from '../../lambdas/core/audit.ts';
import { UnavailableError } from '../../lambdas/core/errors.ts';
import { createOperator } from '../../lambdas/core/operator.ts';
import { createSessions } from '../../lambdas/core/sessions.ts';
import type { Stores } from '../stores/memory-store.ts';
import { bearer, World } from './authorizer-world.ts';

const ORGANIZATION = 'org_1';
const HOME = { device: 'browser', address: '192.0.2.1' };
const LIMITS = { perMinute: 1_000, perHour: 10_000 };
const POOL = 'eu-central-1_AbCdEf123';

/** Two organizations with everything that lets somebody in; the second is nobody's business. */
class Company extends World {
  members = ['owner', 'viewer'];
  invitations = ['i'.repeat(20)];

  async fill() {
    const { stores } = this;
    for (const organizationId of [ORGANIZATION, 'org_2']) {
      const own = (name: string) => `${name} of ${organizationId}`;
      await stores.insertOrganization({ id: organizationId, name: 'Acme', createdAt: 1 }, own('owner'));
      for (const name of this.members) {
        const subject = own(name);
        const role = name === 'owner' ? 'owner' : 'viewer';
        await stores.joinOrganization(subject, { organizationId, role }, LIMITS, 1);
        await this.signIn(subject);
        // A token of the user pool.
        this.proven.set(own(`pool token of ${name}`), {
          type: 'member',
          id: subject,
          signedInAt: this.now / 1_000 - 60,
        });
      }
      for (const mode of ['live', 'test'] as const) {
        await this.session(own(`consumer ${mode}`), { kind: 'consumer', mode, organizationId, scopes: [] });
        await this.session(own(`guest ${mode}`), { kind: 'consumer', mode, organizationId, scopes: [], guest: true });
        for (const type of ['secret', 'publishable', 'restricted', 'admin'] as const) {
          const { apiKey } = await this.newKey({ organizationId, mode, type, limits: LIMITS });
          this.keys.push({ organizationId, apiKey, type });
        }
      }
      await stores.putUserPool({
        userPoolId: own(POOL),
        organizationId,
        status: 'active',
        clientIds: ['a'],
        scopes: ['*'],
        registeredAt: 1,
      });
      await stores.putInvitation({
        id: own('invitation'),
        status: 'pending',
        organizationId,
        role: 'owner',
        email: 'a@example.com',
        tokenHash: 'h',
        invitedAt: this.now,
        invitedBy: own('owner'),
        expiresAt: this.now,
      });
    }
  }

  readonly keys: { organizationId: string; apiKey: string; type: string }[] = [];

  readonly sessions = createSessions({
    profile: fractalpack,
    clock: { now: () => this.now },
    random: randomBytes,
    store: this.stores,
    members: this.stores,
    loadSigner:
      async () =>
      ({ sid }) =>
        String(sid),
  });

  async signIn(subject: string) {
    const member = await this.stores.getMember(subject);
    const { accessToken, refreshToken } = await this.sessions.open({ subject, since: this.now, member }, HOME);
    this.proven.set(`session of ${subject}`, { type: 'session', id: accessToken, use: 'member' });
    return refreshToken;
  }

  private async session(name: string, fields: object) {
    const id = name.padEnd(20);
    const session = { id, status: 'active', subject: name, limits: LIMITS, createdAt: 1, expiresAt: this.now } as const;
    await this.stores.insertSession({ ...session, ...fields });
    this.proven.set(`session of ${name}`, { type: 'session', id, use: 'consumer' });
  }

  operator(stores: Stores = this.stores) {
    const clock = { now: () => this.now };
    return createOperator({
      profile: fractalpack,
      store: stores,
      clock,
      settle: 0,
      audit: createAudit({ store: stores, clock, random: randomBytes }),
      operator: 'arn:aws:iam::123456789012:user/jane',
      device: 'latchkey',
      rotate: async () => 'rotated',
      replace: async () => 'replaced',
    });
  }

  /** By name, what an organization's credentials are answered with, by a container that has not seen them. */
  async letIn(organizationId: string): Promise<string[]> {
    const container = this.newContainer();
    const ask = async (
      presented: ReturnType<typeof bearer> | { source: 'publishable-key-header'; text: string },
      path: string,
    ) =>
      (
        await container({
          presented,
          method: 'GET',
          resource: path,
          methodArn: `arn:aws:execute-api:us-east-1:123456789012:api/prod/GET${path}`,
          sourceIp: '192.0.2.1',
          origin: undefined,
          fetchSite: undefined,
        })
      ).outcome;
    const got: string[] = [];
    for (const [text, { type }] of this.proven) {
      if (!text.endsWith(organizationId)) continue;
      if ((await ask(bearer(text), '/api/v1/items')) !== 'unauthorized') got.push(`${type}: ${text}`);
    }
    for (const { organizationId: whose, apiKey: text, type } of this.keys) {
      if (whose !== organizationId) continue;
      const source = type === 'publishable' ? ('publishable-key-header' as const) : ('bearer' as const);
      if ((await ask({ source, text } as never, '/api/v1/items')) !== 'unauthorized') got.push(`${type} key`);
    }
    for (const { userPoolId } of await this.stores.listUserPools(organizationId)) got.push(`pool ${userPoolId}`);
    for (const { id } of await this.stores.listInvitations(organizationId)) got.push(`invitation ${id}`);
    return got;
  }
}

const filled = async () => {
  const company = new Company();
  await company.fill();
  return company;
};

/** Everything that has an effect. */
const WRITES = new Set<string>([
  'insertAuditEvent',
  'endAuditEvent',
  'revokeKey',
  'refuseSignIns',
  'revokeSession',
  'revokeInvitation',
  'removeUserPool',
]);

/** Stores of a process that dies before, or after, its nth write. */
function mortal(stores: Stores, dies: { readonly at: number; readonly after: boolean }) {
  let writes = 0;
  return new Proxy(stores, {
    get:
      (target, name: keyof Stores) =>
      async (...args: never[]) => {
        const run = () => (target[name] as (...given: never[]) => Promise<unknown>)(...args);
        if (!WRITES.has(name)) {
          if (writes > dies.at) throw new UnavailableError('the process died');
          return run();
        }
        const mine = writes++;
        if (mine > dies.at || (mine === dies.at && !dies.after)) throw new UnavailableError('the process died');
        const result = await run();
        if (mine === dies.at) throw new UnavailableError('the process died');
        return result;
      },
  });
}

describe('revoking everything of an organization', () => {
  it('refuses every credential at the next request, and touches no other organization', async () => {
    const company = await filled();
    const [before, others] = [await company.letIn(ORGANIZATION), await company.letIn('org_2')];
    expect([before.length, others.length]).toEqual([18, 18]);
    const steps: unknown[] = [];
    const ended = await company.operator().revokeOrganization(ORGANIZATION, {
      lock: false,
      onProgress: (step, { consumerSessions, ...rest }) => steps.push([step, consumerSessions, { ...rest }]),
    });
    const listed = { keys: 8, members: 2, memberSessions: 2, invitations: 1, userPools: 1 };
    expect(ended).toEqual({ ...listed, consumerSessions: 4 });
    // Whatever makes more has ended before anything is looked for.
    expect(steps).toEqual([
      ['listed', 0, listed],
      ['looking', 0, listed],
    ]);
    expect(await company.letIn(ORGANIZATION)).toEqual([]);
    expect(await company.letIn('org_2')).toEqual(others);
  });

  it('is recorded before it is done, with who did it, and so is the end', async () => {
    const company = await filled();
    const operator = company.operator();
    await operator.revokeOrganization(ORGANIZATION, { lock: true });
    await operator.unlockOrganization(ORGANIZATION);
    await operator.revokeKey((await company.newKey()).record);
    const list = async (organization: string) =>
      (await company.stores.listAuditEvents(organization, {}, { limit: 9 })).entries;
    const actor = { type: 'operator', id: 'operator', operator: 'arn:aws:iam::123456789012:user/jane' };
    const events = await list(ORGANIZATION);
    expect(events.map(({ action }) => action).toSorted()).toEqual([
      'key.revoke',
      'organization.revoke',
      'organization.unlock',
    ]);
    for (const event of events) expect(event).toMatchObject({ actor, outcome: 'succeeded' });
    await operator.rotateIssuer();
    await operator.replaceIssuer();
    expect((await list(DEPLOYMENT)).map(({ action }) => action).toSorted()).toEqual([
      'issuer.replace',
      'issuer.rotate',
    ]);

    const silent = mortal(company.stores, { at: 0, after: false });
    const untouched = await company.letIn('org_2');
    await expect(company.operator(silent).revokeOrganization('org_2', { lock: false })).rejects.toThrow(
      UnavailableError,
    );
    expect(await company.letIn('org_2')).toEqual(untouched);
  });

  it('holds when it died before or after any of its writes and is run again', async () => {
    let completed = false;
    for (let at = 0; !completed; at++) {
      for (const after of [false, true]) {
        const company = await filled();
        const lock = at % 2 === 1;
        const dying = company.operator(mortal(company.stores, { at, after }));
        completed = await dying.revokeOrganization(ORGANIZATION, { lock }).then(
          () => true,
          () => false,
        );
        company.now += 1_000;
        await company.operator().revokeOrganization(ORGANIZATION, { lock });
        expect(await company.letIn(ORGANIZATION)).toEqual([]);
        expect(await company.letIn('org_2')).toHaveLength(18);
      }
    }
  });

  it('finds what no list has, and what is made by what no list had', async () => {
    const company = await filled();
    const { stores } = company;
    let late: { apiKey: string } | undefined;
    const lagging = new Proxy(stores, {
      get(target, name: keyof Stores) {
        // An index that has heard of nothing.
        if (['listKeys', 'listMembers', 'listSessions'].includes(name)) return async () => ({ entries: [] });
        if (name === 'listInvitations' || name === 'listUserPools') return async () => [];
        if (name !== 'everyCredential') return target[name];
        return async (...[organizationId, found]: Parameters<Stores['everyCredential']>) => {
          const looked = await stores.everyCredential(organizationId, found);
          // Made in a part of the table that was looked through before.
          if (!late) {
            late = await company.newKey();
            company.keys.push({ organizationId, apiKey: late.apiKey, type: 'secret' });
          }
          return looked;
        };
      },
    });
    await company.operator(lagging).revokeOrganization(ORGANIZATION, { lock: false });
    expect(late).toBeDefined();
    expect(await company.letIn(ORGANIZATION)).toEqual([]);
  });

  it('says so where something keeps being made', async () => {
    const company = await filled();
    const busy = new Proxy(company.stores, {
      get: (target, name: keyof Stores) =>
        name === 'everyCredential'
          ? async (...[organizationId, found]: Parameters<Stores['everyCredential']>) => {
              await company.newKey();
              return target.everyCredential(organizationId, found);
            }
          : target[name],
    });
    const revoked = company.operator(busy).revokeOrganization(ORGANIZATION, { lock: false });
    await expect(revoked).rejects.toThrow('keeps being made');
  });

  it('lets members sign in again, but for a lock, and then when they are let', async () => {
    for (const lock of [false, true]) {
      const company = await filled();
      const subject = `owner of ${ORGANIZATION}`;
      const old = await company.signIn(subject);
      await company.operator().revokeOrganization(ORGANIZATION, { lock });
      company.now += 2_000;
      await expect(company.sessions.refresh(old, HOME)).rejects.toMatchObject({ code: 'invalid_session' });
      company.proven.set(`new pool token of ${ORGANIZATION}`, {
        type: 'member',
        id: subject,
        signedInAt: Math.floor(company.now / 1_000),
      });
      if (lock) {
        await expect(company.signIn(subject)).rejects.toMatchObject({ code: 'invalid_session' });
        expect(await company.letIn(ORGANIZATION)).toEqual([]);
        // Nor by a new password.
        await company.sessions.endAll(subject);
        await expect(company.signIn(subject)).rejects.toMatchObject({ code: 'invalid_session' });
        expect(await company.operator().unlockOrganization(ORGANIZATION)).toBe(2);
        expect(await company.operator().unlockOrganization(ORGANIZATION)).toBe(0);
        expect(await company.letIn(ORGANIZATION)).toEqual([]);
        company.now += 2_000;
      }
      await company.signIn(subject);
      expect(await company.letIn(ORGANIZATION)).toContain(`session: session of ${subject}`);
    }
  });

  it('knows of no key and no organization that there is not', async () => {
    const operator = (await filled()).operator();
    for (const id of ['key_0000000000', 'nonsense']) {
      await expect(operator.findKey(id)).rejects.toMatchObject({ code: 'not_found' });
    }
    await expect(operator.findOrganization('org_3')).rejects.toMatchObject({ code: 'not_found' });
  });
});
