import { beforeAll, describe, expect, it } from 'vitest';
import type { Mode } from '../../lambdas/contract/profile.ts';
import type { Operation } from '../../lambdas/contract/routes.ts';
import { bearer } from '../acceptance/target.ts';
import { type Refusal, refusalOf } from './access.ts';
import { said } from './asking.ts';
import { type About, askFor } from './calls.ts';
import type { Objects } from './organization.ts';
import type { Principal } from './principals.ts';
import type { World } from './world.ts';

const NOT_FOUND: Refusal = [404, 'not_found'];

/** What is answered about something that exists nowhere, and so about what is somebody else's. */
const answers: Partial<Record<Operation, Refusal>> = {
  getKey: NOT_FOUND,
  updateKey: NOT_FOUND,
  revokeKey: NOT_FOUND,
  rotateKey: NOT_FOUND,
  endSession: NOT_FOUND,
  changeRole: NOT_FOUND,
  removeMember: NOT_FOUND,
  revokeInvitation: NOT_FOUND,
  removeUserPool: NOT_FOUND,
  getConsumer: NOT_FOUND,
  updateConsumer: NOT_FOUND,
  deleteConsumer: NOT_FOUND,
  listConsumerSessions: NOT_FOUND,
  endConsumerSessions: NOT_FOUND,
  endConsumerSession: NOT_FOUND,
  verifyOtp: [422, 'invalid_code'],
  exchangeCode: [422, 'invalid_code'],
  refreshConsumer: [401, 'invalid_session'],
  acceptInvitation: [422, 'invalid_invitation'],
};

/** Of the form that they have, and nobody's. */
const NOWHERE: Objects = {
  keyId: 'key_0123456789',
  memberId: '00000000-0000-4000-8000-000000000000',
  sessionId: 'ses_01234567890123456789',
  invitationId: 'inv_01234567890123456789',
  invitation: `01234567890123456789.${'0'.repeat(32)}`,
  userPoolId: 'local_nowhere',
  consumerId: 'con_01234567890123456789',
  consumerSessionId: 'ses_01234567890123456789',
  email: 'nobody@example.com',
  externalId: 'nobody',
  customer: 'nobody',
  code: '0'.repeat(43),
  otp: '000000',
  refreshToken: 'nothing',
  guestToken: 'nothing',
};

/** Where a mode is not part of what something is, both are shown it. */
const MODELESS = new Set([
  'endSession',
  'changeRole',
  'removeMember',
  'revokeInvitation',
  'removeUserPool',
  'acceptInvitation',
]);

const today = () => new Date().toISOString().slice(0, 10);
const another = (mode: Mode): Mode => (mode === 'live' ? 'test' : 'live');

export function describeElsewhere(open: () => World) {
  describe('of another organization, or of the other mode', () => {
    let codes: Record<'own' | 'other', Record<Mode, string>>;
    let before: Awaited<ReturnType<typeof stateOf>>;
    beforeAll(async () => {
      const { own, other } = open();
      // They last a minute.
      codes = {
        own: { live: await own.newCode('live'), test: await own.newCode('test') },
        other: { live: await other.newCode('live'), test: await other.newCode('test') },
      };
      before = await stateOf(open());
    });

    /** What somebody may name that is not theirs. */
    function foreignTo(by: Principal, operation: Operation): readonly About[] {
      const { own, other } = open();
      const mode = by.mode ?? 'live';
      const of = (whose: 'own' | 'other', which: Mode): About => ({
        ...{ own, other }[whose].objects[which],
        code: codes[whose][which],
        mode: which,
      });
      const theirs = [of('other', mode), of('other', another(mode))];
      return by.mode && !MODELESS.has(operation) ? [...theirs, of('own', another(mode))] : theirs;
    }

    /** An owner's own audit log tells of what was tried. */
    const withoutAudit = (state: Record<string, string>) =>
      Object.fromEntries(Object.entries(state).filter(([name]) => !name.includes('audit-events')));

    const stateOf = async ({ fingerprint, own, other }: World) => [
      await fingerprint(other),
      withoutAudit(await fingerprint(own)),
    ];

    const named = Object.keys(answers) as Operation[];

    it.concurrent.each(named)('there is nothing to %s', async (operation) => {
      const { living, call, letInOf, inTurn } = open();
      const [status, code] = answers[operation] ?? [];
      const entitled = living.filter(
        (by) => !refusalOf(operation, by) && (operation !== 'acceptInvitation' || by.kind === 's'),
      );
      const callers = letInOf(entitled, named.indexOf(operation));
      const faults = await inTurn(callers, async (by) => {
        const nothing = await call(operation, by, { ...NOWHERE, mode: by.mode ?? 'live' });
        const found = await Promise.all(foreignTo(by, operation).map((about) => call(operation, by, about)));
        const right = nothing.status === status && nothing.code === code;
        const wrong = found.filter((reply) => said(reply) !== said(nothing));
        return right && wrong.length === 0 ? [] : [by.name, said(nothing), wrong.map(said)];
      });
      expect(faults.filter((fault) => fault.length > 0)).toEqual([]);
      expect(callers.length).toBeGreaterThan(0);
      expect(entitled.length).toBeGreaterThan(1);
    });

    it('everything stays as it was', async () => {
      expect(await stateOf(open())).toEqual(before);
    });

    const searches = [
      ['listUsage', (about: About) => ({ keyId: about.keyId })],
      ['listUsage', (about: About) => ({ customer_external_id: about.customer, from: today() })],
      ['listConsumers', (about: About) => ({ email: about.email })],
      ['listConsumers', (about: About) => ({ externalId: about.externalId })],
      ['listAuditEvents', (about: About) => ({ actor: about.memberId })],
      ['listAuditEvents', (about: About) => ({ target: `${about.customer}` })],
    ] as const;

    it.concurrent.each(searches)('%s finds nothing of it, whatever is looked for', async (operation, query) => {
      const { living, ask, letInOf, inTurn, profile } = open();
      const entitled = living.filter((by) => by.kind !== 'W' && !refusalOf(operation, by));
      const callers = letInOf(
        entitled,
        searches.findIndex(([, each]) => each === query),
      );
      const search = (by: Principal, about: About) => {
        const asked = askFor(operation, by, about, profile);
        return ask({ ...asked, path: `${asked.path}&${new URLSearchParams(query(about))}` });
      };
      const faults = await inTurn(callers, async (by) => {
        const nothing = await search(by, { ...NOWHERE, mode: by.mode ?? 'live' });
        // A member who looks at a mode is shown that mode: what is told of them is asked about both.
        const found = await Promise.all(
          foreignTo(by, operation).map((about) => search(by, { ...about, mode: by.mode ?? 'live' })),
        );
        const faulty = found.filter((reply) => said(reply) !== said(nothing) || reply.status !== 200);
        return faulty.length === 0 ? [] : [by.name, said(nothing), faulty.map(said)];
      });
      expect(faults.filter((fault) => fault.length > 0)).toEqual([]);
      expect(callers.length).toBeGreaterThan(0);
      expect(entitled.length).toBeGreaterThan(2);
    });

    it('a guest of another is nobody, and costs neither the code nor the guest', async () => {
      const { own, other, ask } = open();
      const inMode = async (mode: Mode) => {
        const headers = { 'X-Publishable-Key': own.keys[mode].publishable };
        const post = (path: string, body: object) =>
          ask({ method: 'POST', path: `/api/v1/consumer/${path}`, headers, body });
        const email = `${own.mark}-${mode}-guest@example.com`;
        const code = await own.newCode(mode);
        const otp = await own.newOtp(mode, email);
        for (const { guestToken } of [other.objects[mode], other.objects[another(mode)], own.objects[another(mode)]]) {
          expect((await post('exchange', { code, guestToken })).code).toBe('invalid_session');
          expect((await post('otp/verify', { email, code: otp, guestToken })).code).toBe('invalid_session');
        }
        expect((await post('exchange', { code })).status).toBe(200);
        expect((await post('otp/verify', { email, code: otp })).status).toBe(200);
      };
      await Promise.all([inMode('live'), inMode('test')]);
    });

    it('a user pool is told to be taken, and is not', async () => {
      const { other, living, call, letInOf, fingerprint } = open();
      const before = await fingerprint(other);
      const entitled = living.filter((by) => !refusalOf('registerUserPool', by));
      const callers = letInOf(entitled, 0);
      for (const userPoolId of [other.pools.people.userPoolId, other.pools.spare.userPoolId]) {
        for (const by of callers) {
          const reply = await call('registerUserPool', by, { ...NOWHERE, mode: 'live', userPoolId });
          expect([by.name, reply.status, reply.code]).toEqual([by.name, 409, 'user_pool_taken']);
        }
      }
      expect(callers.length).toBeGreaterThan(0);
      expect(entitled.length).toBeGreaterThan(2);
      expect(await fingerprint(other)).toEqual(before);
    });

    it('an event is another one, whatever it is called', async () => {
      const { own, other, ask, fingerprint } = open();
      const before = await fingerprint(other);
      for (const mode of ['live', 'test'] as const) {
        const headers = { 'X-Api-Key': own.keys[mode].secret, 'Idempotency-Key': 'event-1' };
        const path = '/api/v1/sdk/track';
        // As the other organization has sent it; in its own, the name is of something else.
        const theirs = { meter_token: 'x', customer_external_id: other.objects[mode].customer, quantity: 7 };
        expect((await ask({ method: 'POST', path, headers, body: theirs })).code).toBe('idempotency_key_reused');
        const named = { ...headers, 'Idempotency-Key': `event-of-${mode}` };
        const replies = [
          await ask({ method: 'POST', path, headers: named, body: theirs }),
          await ask({
            method: 'POST',
            path,
            headers: { ...named, 'X-Api-Key': own.keys[another(mode)].secret },
            body: { ...theirs, quantity: 8 },
          }),
        ];
        expect(replies.map(({ status }) => status)).toEqual([201, 201]);
      }
      expect(await fingerprint(other)).toEqual(before);
    });

    it("another's cursor continues one's own list", async () => {
      const { own, other, living, ask, letInOf, foreignIn, inTurn } = open();
      const addTo = async (mode: Mode) => {
        await Promise.all([other.newConsumer(mode), own.newConsumer(mode)]);
        const headers = { 'X-Api-Key': other.keys[mode].secret };
        await ask({ method: 'POST', path: '/api/v1/items', headers, body: { name: `${other.mark}-${mode}` } });
      };
      await Promise.all([addTo('live'), addTo('test')]);
      const lists = [
        ['listKeys', '/api/v1/keys?limit=1'],
        ['listConsumers', '/api/v1/admin/consumers?limit=1'],
        ['listItems', '/api/v1/items?limit=1'],
        ['listAuditEvents', '/api/v1/audit-events?limit=1'],
      ] as const;
      const continued = async ([operation, path]: (typeof lists)[number], turn: number) => {
        const page = await ask({ method: 'GET', path, headers: { ...bearer(other.session.token) } });
        const { nextCursor } = page.body;
        expect([operation, typeof nextCursor]).toEqual([operation, 'string']);
        const entitled = living.filter((by) => !refusalOf(operation, by));
        const callers = letInOf(entitled, turn);
        const told = await inTurn(callers, async (by) => {
          const reply = await ask({ method: 'GET', path: `${path}00&cursor=${nextCursor}`, headers: by.headers });
          // Of what its own principals have asked about, the audit log tells.
          const foreign = operation === 'listAuditEvents' ? [] : foreignIn(reply, by);
          return reply.status === 200 && foreign.length === 0 ? [] : [by.name, reply.status, foreign];
        });
        expect(told.filter((each) => each.length > 0)).toEqual([]);
      };
      await Promise.all(lists.map(continued));
      const cursor = Buffer.from(`MEMBER#${other.members.owner.id}`).toString('base64url');
      const headers = bearer(own.session.token);
      const members = await ask({ method: 'GET', path: `/api/v1/organization/members?cursor=${cursor}`, headers });
      expect([members.status, foreignIn(members, { name: '', kind: 'o', headers })]).toEqual([200, []]);
    });
  });
}
