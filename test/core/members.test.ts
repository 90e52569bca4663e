import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fractalpack } from '../../lambdas/contract/profile.ts';
import type { Role } from '../../lambdas/contract/roles.ts';
import { createAttempts } from '../../lambdas/core/attempts.ts';
import { createAudit } from '../../lambdas/core/audit.ts';
import type { Actor } from '../../lambdas/core/authority.ts';
import { UnavailableError } from '../../lambdas/core/errors.ts';
import { createInvitations } from '../../lambdas/core/invitations.ts';
import { hashSecret } from '../../lambdas/core/key-format.ts';
import type { Mail } from '../../lambdas/core/mail.ts';
import { createMembers } from '../../lambdas/core/members.ts';
import { createOrganizations } from '../../lambdas/core/organizations.ts';
import { createSessions } from '../../lambdas/core/sessions.ts';
import { windowsAt } from '../../lambdas/core/windows.ts';
import { createMemoryStores, type Stores } from '../stores/memory-store.ts';

const START = Date.UTC(2026, 3, 3, 12);
const ORGANIZATION = 'org_1';
const HOME = { device: 'browser', address: '192.0.2.1' };
const actor = (id: string, role: Role): Actor => ({
  type: 'member',
  id,
  organizationId: ORGANIZATION,
  role,
  scopes: [],
});
const owner = actor('owner', 'owner');

/** @param wrap what stands between the operations and the stores */
async function setUp(wrap: (stores: Stores) => Stores = (stores) => stores) {
  const stores = createMemoryStores();
  let now = START;
  const clock = { now: () => now };
  const wrapped = wrap(stores);
  const shared = { profile: fractalpack, clock, random: randomBytes };
  const sessions = createSessions({
    ...shared,
    store: wrapped,
    members: wrapped,
    pause: 1,
    loadSigner: async () => () => 'token',
  });
  const audit = createAudit({ ...shared, store: stores });
  const organizations = createOrganizations({ ...shared, audit, store: stores, members: stores });
  const members = createMembers({ ...shared, members: wrapped, organizations: wrapped, endAll: sessions.endAll });
  const mails: Mail[] = [];
  const emails = new Map<string, string>();
  const invitations = createInvitations({
    ...shared,
    audit,
    store: stores,
    members: stores,
    organizations,
    owners: stores,
    directory: {
      async emailOf(subject) {
        const address = emails.get(subject);
        return address === undefined ? undefined : { address, verified: subject !== 'unverified' };
      },
    },
    attempts: createAttempts({ ...shared, principals: stores }),
    mailer: { send: async (mail) => void mails.push(mail) },
    acceptUrl: 'https://api.example.com/invitation',
  });
  await stores.insertOrganization({ id: ORGANIZATION, name: 'Acme', createdAt: START / 1_000 }, 'owner');
  const join = async (subject: string, role: Role) => {
    await stores.joinOrganization(
      subject,
      { organizationId: ORGANIZATION, role },
      fractalpack.memberLimits,
      now / 1_000,
    );
    if (role === 'owner') await stores.addOwner(ORGANIZATION, subject);
  };
  await join('owner', 'owner');
  /** Signs in as the handlers do: who they are first, then what they are, then a session. */
  const signIn = async (subject: string) => {
    const since = clock.now();
    const member = await wrapped.getMember(subject);
    return sessions.openByToken({ subject, since, member }, HOME);
  };
  const pass = (seconds: number) => {
    now += seconds * 1_000;
  };
  return { stores, sessions, members, invitations, organizations, mails, emails, join, signIn, pass, clock };
}

/** What a person's sessions are let in as. */
async function rolesOf({ stores, sessions, clock }: Awaited<ReturnType<typeof setUp>>, subject: string, only?: string) {
  const now = Math.floor(clock.now() / 1_000);
  const list = (await sessions.list(subject)).filter(({ id }) => only === undefined || id === only);
  const spends = list.map(({ id }) => stores.spend({ type: 'session', id, now, windows: windowsAt(now), stale: [] }));
  return (await Promise.all(spends)).map(({ record }) => record?.organizationId && record.role);
}

describe('members', () => {
  it('have another role from their next sign-in on, and are signed out of the old one', async () => {
    const world = await setUp();
    await world.join('other', 'viewer');
    await world.signIn('other');
    await world.members.changeRole(owner, 'other', 'developer');
    expect(await rolesOf(world, 'other')).toEqual([]);
    world.pass(1);
    await world.signIn('other');
    expect(await rolesOf(world, 'other')).toEqual(['developer']);
  });

  it('are removed with their sessions, and every earlier sign-in', async () => {
    const world = await setUp();
    await world.join('other', 'admin');
    await world.signIn('other');
    await world.members.remove(owner, 'other');
    expect(await rolesOf(world, 'other')).toEqual([]);
    expect(await world.stores.getMember('other')).toEqual({ endedAt: START });
    world.pass(1);
    await world.signIn('other');
    expect(await rolesOf(world, 'other')).toEqual([undefined]);
    await expect(world.members.remove(owner, 'other')).rejects.toMatchObject({ code: 'not_found' });
    await expect(world.members.changeRole(owner, 'nobody', 'owner')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('does not ask the store for what is no id of anybody', async () => {
    const world = await setUp((stores) => ({
      ...stores,
      holdMember: async () => {
        throw new UnavailableError('the name is too long');
      },
    }));
    for (const id of ['a'.repeat(2_049), 'ORG#org_1', 'owner\0', '']) {
      await expect(world.members.remove(owner, id)).rejects.toMatchObject({ code: 'not_found' });
      await expect(world.members.changeRole(owner, id, 'viewer')).rejects.toMatchObject({ code: 'not_found' });
    }
  });

  it('are appointed by owners and admins, owners by owners alone', async () => {
    const allowed: Record<Role, readonly Role[]> = {
      owner: ['owner', 'admin', 'developer', 'viewer'],
      admin: ['admin', 'developer', 'viewer'],
      developer: [],
      viewer: [],
    };
    const roles = Object.keys(allowed) as Role[];
    for (const by of roles) {
      for (const before of roles) {
        for (const after of roles) {
          const world = await setUp();
          await world.join('other', before);
          const made = await world.members.changeRole(actor('somebody', by), 'other', after).then(
            () => true,
            (error) => error.code !== 'insufficient_permissions',
          );
          expect([by, before, after, made]).toEqual([
            by,
            before,
            after,
            allowed[by].includes(before) && allowed[by].includes(after),
          ]);
          expect((await world.stores.getMember('other')).role).toBe(made ? after : before);
        }
      }
    }
  });

  it('keep an owner: the last one neither leaves nor steps down, and stays signed in', async () => {
    const world = await setUp();
    await world.signIn('owner');
    for (const attempt of [
      () => world.members.remove(owner, 'owner'),
      () => world.members.changeRole(owner, 'owner', 'admin'),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ code: 'last_owner' });
    }
    expect(await rolesOf(world, 'owner')).toEqual(['owner']);
    await world.join('other', 'developer');
    await world.members.changeRole(owner, 'other', 'owner');
    await world.members.remove(owner, 'owner');
    await expect(world.members.remove(actor('other', 'owner'), 'other')).rejects.toMatchObject({ code: 'last_owner' });
  });

  it('do not sign in with what they are about to lose, at the last moment', async () => {
    for (const last of ['setRole', 'removeMember'] as const) {
      const tried: string[] = [];
      const world = await setUp((stores) => ({
        ...stores,
        async [last](...args: never[]) {
          world.pass(1);
          tried.push(await world.signIn('other').catch((error) => error.code));
          return (stores[last] as (...given: never[]) => Promise<boolean>)(...args);
        },
      }));
      await world.join('other', 'admin');
      if (last === 'setRole') await world.members.changeRole(owner, 'other', 'viewer');
      else await world.members.remove(owner, 'other');
      expect([tried, await rolesOf(world, 'other')]).toEqual([['unavailable'], []]);
    }
  });

  it('never lose all owners nor keep what was taken from them, however changes and deaths fall together', async () => {
    const step = fc.record({
      kind: fc.constantFrom('role' as const, 'role' as const, 'remove' as const),
      subject: fc.constantFrom('owner', 'second', 'third'),
      role: fc.constantFrom<Role>('owner', 'admin', 'viewer'),
      diesAt: fc.option(fc.nat(12), { nil: undefined }),
      signsInAfter: fc.nat(4),
      thinksFor: fc.nat(4),
    });
    /** A change pauses between its looks; whatever else goes on does not wait for that. */
    const later = async (turns: number) => {
      for (let n = 0; n < turns; n++) await sleep(0);
    };
    const rounds = fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(rounds, fc.scheduler(), async (sequence, scheduler) => {
        const world = await setUp();
        await world.join('second', 'owner');
        await world.join('third', 'developer');
        /** Those that somebody was given: what a process leaves that dies before it answers, nobody can use. */
        const tokens: { subject: string; id: string }[] = [];
        const run = async (given: (typeof sequence)[0][0]) => {
          const { kind, subject, role, diesAt = Infinity, signsInAfter, thinksFor } = given;
          let writes = 0;
          let dead = false;
          // A process of its own: its steps are taken in any order with others', and it may die before any of them.
          const own = new Proxy(world.stores, {
            get:
              (stores, name: keyof Stores) =>
              async (...args: never[]) => {
                await scheduler.schedule(Promise.resolve());
                if (writes++ >= diesAt) dead = true;
                if (dead) throw new UnavailableError('the process died');
                return (stores[name] as (...given: never[]) => Promise<unknown>)(...args);
              },
          });
          const shared = { profile: fractalpack, clock: world.clock, random: randomBytes };
          const sessions = createSessions({
            ...shared,
            store: own,
            members: own,
            pause: 0,
            loadSigner: async () => () => 'token',
          });
          const members = createMembers({ ...shared, members: own, organizations: own, endAll: sessions.endAll });
          const since = world.clock.now() + 1;
          const signIn = later(signsInAfter)
            .then(() => own.getMember(subject))
            .then((member) => later(thinksFor).then(() => sessions.openByToken({ subject, since, member }, HOME)))
            .then((token) => tokens.push({ subject, id: hashSecret(token) }));
          const change = kind === 'role' ? members.changeRole(owner, subject, role) : members.remove(owner, subject);
          await Promise.allSettled([signIn, change]);
        };
        for (const steps of sequence) {
          const all = Promise.all(steps.map(run));
          await scheduler.waitFor(all);
          // Whatever died has let go of what it held by then.
          world.pass(61);
          const people = ['owner', 'second', 'third'];
          const now = await Promise.all(people.map((subject) => world.stores.getMember(subject)));
          expect(now.filter(({ role }) => role === 'owner').length).toBeGreaterThan(0);
        }
        for (const { subject, id } of tokens) {
          const { role } = await world.stores.getMember(subject);
          const used = await rolesOf(world, subject, id);
          expect(used.filter((each) => each !== role)).toEqual([]);
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe('an invitation', () => {
  const tokenOf = ({ mails }: { mails: readonly Mail[] }) => /#(\S+)/.exec(mails.at(-1)?.text ?? '')?.[1] ?? '';
  const person = (id: string) => ({ type: 'member', id, mode: 'live', scopes: [] }) as const;

  it('lets in who has the address, once, as what it says', async () => {
    const world = await setUp();
    const { invitation } = await world.invitations.invite(owner, { email: 'new@example.com', role: 'developer' }, HOME);
    expect(world.mails).toMatchObject([{ to: 'new@example.com', subject: 'Invitation to Acme' }]);
    expect(JSON.stringify(await world.stores.getInvitation(invitation.id))).not.toContain(tokenOf(world).slice(21));
    world.emails.set('stranger', 'stranger@example.com').set('newcomer', 'New@Example.com');
    const accept = (id: string, token = tokenOf(world)) => world.invitations.accept(person(id), token, HOME);
    for (const wrong of [
      accept('stranger'),
      accept('nobody'),
      accept('newcomer', `${invitation.id}.${'x'.repeat(32)}`),
    ]) {
      await expect(wrong).rejects.toMatchObject({ code: 'invalid_invitation' });
    }
    expect(await accept('newcomer')).toMatchObject({ id: ORGANIZATION, name: 'Acme', role: 'developer' });
    expect(await world.stores.getMember('newcomer')).toMatchObject({ role: 'developer', email: 'new@example.com' });
    await expect(accept('newcomer')).rejects.toMatchObject({ code: 'organization_exists' });
    // Nor does it let in again who was removed.
    await world.members.remove(owner, 'newcomer');
    await expect(accept('newcomer')).rejects.toMatchObject({ code: 'invalid_invitation' });
    world.pass(1);
    await world.invitations.invite(owner, { email: 'new@example.com', role: 'viewer' }, HOME);
    expect(await accept('newcomer')).toMatchObject({ role: 'viewer' });
  });

  it('ends with the next for the address, when it is revoked, and after a week', async () => {
    const world = await setUp();
    world.emails.set('newcomer', 'new@example.com');
    const invite = async () => {
      await world.invitations.invite(owner, { email: 'new@example.com', role: 'viewer' }, HOME);
      return tokenOf(world);
    };
    const first = await invite();
    const second = await invite();
    const accept = (token: string) => world.invitations.accept(person('newcomer'), token, HOME);
    await expect(accept(first)).rejects.toMatchObject({ code: 'invalid_invitation' });
    const [listed] = await world.invitations.list(owner);
    await expect(
      world.invitations.revoke({ ...owner, organizationId: 'org_2' }, `inv_${listed?.id}`),
    ).rejects.toMatchObject({ code: 'not_found' });
    await world.invitations.revoke(owner, `inv_${listed?.id}`);
    await expect(accept(second)).rejects.toMatchObject({ code: 'invalid_invitation' });
    const third = await invite();
    world.pass(7 * 86_400);
    await expect(accept(third)).rejects.toMatchObject({ code: 'invalid_invitation' });
    expect(await world.invitations.list(owner)).toEqual([]);
  });

  it('lets in nobody whose address is not verified, nor for who may not invite any more', async () => {
    const world = await setUp();
    await world.join('other', 'owner');
    world.emails.set('unverified', 'new@example.com').set('newcomer', 'new@example.com');
    await world.invitations.invite(actor('other', 'owner'), { email: 'new@example.com', role: 'owner' }, HOME);
    const accept = (id: string) => world.invitations.accept(person(id), tokenOf(world), HOME);
    await expect(accept('unverified')).rejects.toMatchObject({ code: 'invalid_invitation' });
    await world.members.changeRole(owner, 'other', 'admin');
    await expect(accept('newcomer')).rejects.toMatchObject({ code: 'invalid_invitation' });
    await world.members.remove(owner, 'other');
    await expect(accept('newcomer')).rejects.toMatchObject({ code: 'invalid_invitation' });
  });

  it('makes an owner who counts as one', async () => {
    const world = await setUp();
    world.emails.set('newcomer', 'new@example.com');
    await world.invitations.invite(owner, { email: 'new@example.com', role: 'owner' }, HOME);
    await world.invitations.accept(person('newcomer'), tokenOf(world), HOME);
    await world.members.remove(owner, 'owner');
    const left = world.members.remove(actor('newcomer', 'owner'), 'newcomer');
    await expect(left).rejects.toMatchObject({ code: 'last_owner' });
  });

  it('is made by who may appoint the role', async () => {
    const world = await setUp();
    const invite = (by: Actor, role: Role) => world.invitations.invite(by, { email: 'new@example.com', role }, HOME);
    await expect(invite(actor('x', 'admin'), 'owner')).rejects.toMatchObject({ code: 'insufficient_permissions' });
    const { role: _, ...byScopes } = actor('x', 'admin');
    await expect(invite({ ...byScopes, scopes: ['members:write'] }, 'viewer')).rejects.toMatchObject({
      code: 'insufficient_permissions',
    });
    await expect(invite({ ...byScopes, scopes: ['*'] }, 'viewer')).rejects.toMatchObject({
      code: 'insufficient_permissions',
    });
    expect(world.mails).toHaveLength(0);
  });

  it('is no way to fill a mailbox, nor to put lines into a mail', async () => {
    const world = await setUp();
    await world.stores.updateOrganization(ORGANIZATION, { name: 'Acme\r\nBcc: everybody@example.com' });
    const invite = () => world.invitations.invite(owner, { email: 'new@example.com', role: 'viewer' }, HOME);
    for (let n = 0; n < 10; n++) await invite();
    await expect(invite()).rejects.toMatchObject({ code: 'rate_limited' });
    let made = 10;
    for (let n = 0; n < 200; n++) {
      world.pass(20);
      const stranger = { email: `${n}@example.com`, role: 'viewer' } as const;
      const from = { address: `2001:db8:${n}::1` };
      const { invitation } = await world.invitations
        .invite(owner, stranger, from)
        .catch(() => ({ invitation: undefined }));
      if (!invitation) continue;
      made++;
      await world.invitations.revoke(owner, `inv_${invitation.id}`);
    }
    // A hundred in the first hour, and what there was time for in the next.
    expect(made).toBe(121);
    expect(world.mails[0]?.subject).toBe('Invitation to Acme Bcc: everybody@example.com');
  });
});
