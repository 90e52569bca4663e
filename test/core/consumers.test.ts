import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fractalpack } from '../../lambdas/contract/profile.ts';
import type { Recorder } from '../../lambdas/core/audit.ts';
import type { ConsumerRecord, Market } from '../../lambdas/core/consumer-ports.ts';
import { createConsumerSessions } from '../../lambdas/core/consumer-sessions.ts';
import { type Consumers, createConsumers } from '../../lambdas/core/consumers.ts';
import { UnavailableError } from '../../lambdas/core/errors.ts';
import { createOtps } from '../../lambdas/core/otp.ts';
import { createListedEnder } from '../../lambdas/core/session-ender.ts';
import { windowsAt } from '../../lambdas/core/windows.ts';
import { createMemoryStores, type Stores } from '../stores/memory-store.ts';

const START = Date.UTC(2026, 3, 3, 12);
const MARKET: Market = { organizationId: 'org_1', mode: 'live' };
const HOME = { device: 'browser', address: '192.0.2.1' };
const EMAIL = { kind: 'email', value: 'a@example.com' } as const;

function setUp(stores: Stores = createMemoryStores()) {
  let now = START;
  const clock = { now: () => now };
  const shared = { profile: fractalpack, clock, random: randomBytes };
  const endSessions = createListedEnder({ store: stores, clock, pause: 0 });
  const consumers = createConsumers({ ...shared, store: stores, endSessions });
  const sessions = createConsumerSessions({
    ...shared,
    store: stores,
    codes: stores,
    consumers: stores,
    settingsOf: async () => ({ name: 'Acme' }),
    loadSigner:
      async () =>
      ({ sid }) =>
        String(sid),
  });
  const signIn = async (consumer: ConsumerRecord) => sessions.openFor(await sessions.prepare(MARKET), consumer, HOME);
  const otps = createOtps({ store: stores, key: async () => 'a key', clock });
  const isAlive = async (sessionId: string) => {
    const seconds = Math.floor(now / 1_000);
    const spend = { type: 'session', id: sessionId, now: seconds, windows: windowsAt(seconds), stale: [] } as const;
    const { record } = await stores.spend(spend);
    return record?.status === 'active' && (record.expiresAt ?? 0) > seconds;
  };
  const pass = (seconds: number) => {
    now += seconds * 1_000;
  };
  return { stores, consumers, sessions, signIn, otps, isAlive, pass };
}

const introduce = (consumers: Consumers, said: Parameters<Consumers['introduce']>[1], record: Recorder = unrecorded) =>
  consumers.introduce(MARKET, said, record);
const unrecorded: Recorder = (_target, _details, effect) => effect();

describe('a one-time code', () => {
  it('is six digits, good once, for ten minutes, five times, in its market and for its destination', async () => {
    const { otps, pass } = setUp();
    const invalid = { code: 'invalid_code' };
    const code = await otps.issue(MARKET, EMAIL);
    expect(code).toMatch(/^\d{6}$/);
    for (const [market, destination] of [
      [{ ...MARKET, mode: 'test' }, EMAIL],
      [{ ...MARKET, organizationId: 'org_2' }, EMAIL],
      [MARKET, { ...EMAIL, value: 'b@example.com' }],
      [MARKET, { kind: 'phone', value: EMAIL.value }],
    ] as const) {
      await expect(otps.use(market, destination, code)).rejects.toMatchObject(invalid);
    }
    await otps.use(MARKET, EMAIL, code);
    await expect(otps.use(MARKET, EMAIL, code)).rejects.toMatchObject(invalid);

    const late = await otps.issue(MARKET, EMAIL);
    pass(600);
    await expect(otps.use(MARKET, EMAIL, late)).rejects.toMatchObject(invalid);
    const timely = await otps.issue(MARKET, EMAIL);
    pass(599);
    await otps.use(MARKET, EMAIL, timely);
  });

  it('is guessed at five times, however many guess at once', async () => {
    const { otps } = setUp();
    const code = await otps.issue(MARKET, EMAIL);
    const wrong = code === '123456' ? '654321' : '123456';
    for (let n = 0; n < 4; n++) await otps.use(MARKET, EMAIL, wrong).catch(() => {});
    const both = await Promise.allSettled([otps.use(MARKET, EMAIL, wrong), otps.use(MARKET, EMAIL, code)]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    const next = await otps.issue(MARKET, EMAIL);
    for (let n = 0; n < 4; n++) await otps.use(MARKET, EMAIL, next === wrong ? '000000' : wrong).catch(() => {});
    await otps.use(MARKET, EMAIL, next);
  });

  it('is replaced by the next, and is never in the store', async () => {
    const { otps, stores } = setUp();
    let kept = '';
    const { putOtp } = stores;
    stores.putOtp = async (id, otp) => {
      kept += JSON.stringify([id, otp]);
      await putOtp(id, otp);
    };
    const [first, second] = [await otps.issue(MARKET, EMAIL), await otps.issue(MARKET, EMAIL)];
    expect(kept).not.toContain(EMAIL.value);
    if (first !== second) await expect(otps.use(MARKET, EMAIL, first)).rejects.toMatchObject({ code: 'invalid_code' });
    await otps.use(MARKET, EMAIL, second);
  });
});

describe('a consumer', () => {
  it('is the same for the address, the number and the id that their server has said are theirs', async () => {
    const { consumers } = setUp();
    const phone = { kind: 'phone', value: '+15105550100' } as const;
    const byEmail = await consumers.recognize(MARKET, EMAIL);
    const introduced = await introduce(consumers, {
      externalId: '42',
      email: EMAIL.value,
      phone: phone.value,
      attributes: { plan: 'gold' },
    });
    expect(introduced).toMatchObject({ id: byEmail.id, externalId: '42', attributes: { plan: 'gold' } });
    for (const identifier of [EMAIL, phone]) {
      expect((await consumers.recognize(MARKET, identifier)).id).toBe(byEmail.id);
    }
    const more = await introduce(consumers, { externalId: '42', attributes: { visits: 1 } });
    expect(more.attributes).toEqual({ plan: 'gold', visits: 1 });
  });

  it('has one address at a time: the former leads to somebody new', async () => {
    const { consumers } = setUp();
    const { id } = await introduce(consumers, { externalId: '42', email: EMAIL.value });
    await introduce(consumers, { externalId: '42', email: 'new@example.com' });
    expect((await consumers.recognize(MARKET, { kind: 'email', value: 'new@example.com' })).id).toBe(id);
    expect((await consumers.recognize(MARKET, EMAIL)).id).not.toBe(id);
  });

  it('is not made one with another by two servers at once', async () => {
    const { stores, consumers } = setUp();
    await consumers.recognize(MARKET, EMAIL);
    const both = await Promise.allSettled(
      ['1', '2'].map((externalId) => introduce(consumers, { externalId, email: EMAIL.value })),
    );
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const won = both.findIndex(({ status }) => status === 'fulfilled') + 1;
    const id = (await stores.findConsumer(MARKET, EMAIL)) ?? '';
    expect((await stores.getConsumer(MARKET, id))?.externalId).toBe(String(won));
  });

  it('is not made one with another by what a server says', async () => {
    const { consumers } = setUp();
    const conflict = { code: 'consumer_conflict' };
    const other = await introduce(consumers, { externalId: '1', email: EMAIL.value });
    await expect(introduce(consumers, { externalId: '2', email: EMAIL.value })).rejects.toMatchObject(conflict);
    const stranger = await consumers.recognize(MARKET, { kind: 'phone', value: '+15105550100' });
    const both = { externalId: '3', email: EMAIL.value, phone: '+15105550100' };
    await expect(introduce(consumers, both)).rejects.toMatchObject(conflict);
    for (const { id, externalId } of [other, stranger]) {
      expect(await consumers.get(MARKET, id)).toMatchObject(externalId === undefined ? { id } : { id, externalId });
    }
  });

  it('who is disabled or deleted signs in no more, and not either at the last moment', async () => {
    for (const how of ['disabled', 'deleted'] as const) {
      const world = setUp();
      const consumer = await world.consumers.recognize(MARKET, EMAIL);
      const before = await world.signIn(consumer);
      if (how === 'disabled') await world.consumers.update(MARKET, consumer.id, { disabled: true });
      else await world.consumers.remove(MARKET, consumer.id);
      expect(await world.isAlive(before.accessToken)).toBe(false);
      // Who was recognized before, and opens a session after.
      const late = world.signIn(consumer);
      await expect(late).rejects.toMatchObject({ code: 'invalid_session' });
      expect((await world.stores.listSessions(consumer.id)).entries).toEqual([]);
    }
  });

  it('who is disabled, deleted or known by now refreshes no session that was not found then', async () => {
    for (const how of ['disabled', 'deleted', 'recognized'] as const) {
      const { stores, consumers, sessions, signIn, isAlive } = setUp();
      const guest = await sessions.openGuest(MARKET, HOME);
      const consumer = await consumers.recognize(MARKET, EMAIL, how === 'recognized' ? guest.id : undefined);
      const tokens = how === 'recognized' ? guest.tokens : await signIn(consumer);
      if (how === 'disabled') await stores.updateConsumer(consumer, { status: 'disabled' });
      if (how === 'deleted') await stores.deleteConsumer(MARKET, consumer.id);
      const refreshed = sessions.refresh(MARKET, tokens.refreshToken, HOME);
      await expect(refreshed).rejects.toMatchObject({ code: 'invalid_session' });
      expect(await isAlive(tokens.accessToken)).toBe(false);
    }
  });

  it('who is deleted is gone for good: nobody is given their id again', async () => {
    const { stores, consumers } = setUp();
    const { id } = await consumers.recognize(MARKET, EMAIL);
    await consumers.remove(MARKET, id);
    // A pointer that was left behind.
    await stores.claimIdentifier(MARKET, EMAIL, id);
    expect((await consumers.recognize(MARKET, EMAIL)).id).not.toBe(id);
  });

  it('who is deleted leaves nothing that leads to them', async () => {
    const { stores, consumers } = setUp();
    const { id } = await introduce(consumers, { externalId: '42', email: EMAIL.value });
    await consumers.remove(MARKET, id);
    await expect(consumers.remove(MARKET, id)).rejects.toMatchObject({ code: 'not_found' });
    for (const identifier of [EMAIL, { kind: 'external', value: '42' } as const]) {
      expect(await stores.findConsumer(MARKET, identifier)).toBeUndefined();
    }
    expect((await consumers.recognize(MARKET, EMAIL)).id).not.toBe(id);
  });

  it('is never somebody else, whatever dies or happens at once', async () => {
    const values = ['a', 'b'] as const;
    const step = fc.record({
      kind: fc.constantFrom('sign in', 'sign in', 'introduce', 'delete'),
      email: fc.constantFrom(...values),
      externalId: fc.constantFrom('1', '2'),
      diesAt: fc.option(fc.nat(6), { nil: undefined }),
      asGuest: fc.boolean(),
    });
    const rounds = fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(rounds, fc.scheduler(), async (sequence, scheduler) => {
        const world = setUp();
        const guestId = `con_${'g'.repeat(20)}`;
        const wrong: string[] = [];
        const run = async ({ kind, email, externalId, diesAt = Infinity, asGuest }: (typeof sequence)[0][0]) => {
          let steps = 0;
          const own = new Proxy(world.stores, {
            get:
              (stores, name: keyof Stores) =>
              async (...args: never[]) => {
                await scheduler.schedule(Promise.resolve());
                if (steps++ >= diesAt) throw new UnavailableError('the process died');
                return (stores[name] as (...given: never[]) => Promise<unknown>)(...args);
              },
          });
          const { consumers } = setUp(own);
          const check = (consumer: ConsumerRecord) => {
            if (consumer.email !== email) wrong.push(`${kind} as ${email} was ${JSON.stringify(consumer)}`);
          };
          const identifier = { kind: 'email', value: email } as const;
          if (kind === 'sign in') {
            await consumers.recognize(MARKET, identifier, asGuest ? guestId : undefined).then(check, () => {});
          } else if (kind === 'introduce') {
            await introduce(consumers, { externalId, email }).then(
              (consumer) => {
                check(consumer);
                if (consumer.externalId !== externalId) wrong.push(`introduced ${externalId} as another`);
              },
              () => {},
            );
          } else {
            const found = await consumers.find(MARKET, identifier).catch(() => undefined);
            if (found) await consumers.remove(MARKET, found.id).catch(() => {});
          }
        };
        for (const steps of sequence) await scheduler.waitFor(Promise.all(steps.map(run)));
        expect(wrong).toEqual([]);
        // And everybody can still sign in, each as themselves, but for who is being deleted.
        for (const value of values) {
          const consumer = await world.consumers.recognize(MARKET, { kind: 'email', value }).catch((error) => {
            expect(error.message).toContain('being deleted');
            return undefined;
          });
          if (consumer) expect(consumer.email).toBe(value);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('a guest', () => {
  it('is known by their newest refresh token alone, while it goes on, and is nobody else s', async () => {
    const { sessions, pass } = setUp();
    const { id, tokens } = await sessions.openGuest(MARKET, HOME);
    const next = await sessions.refresh(MARKET, tokens.refreshToken, HOME);
    expect(await sessions.guestOf(MARKET, next.tokens.refreshToken)).toBe(id);
    const invalid = { code: 'invalid_session' };
    for (const [market, token] of [
      [MARKET, tokens.refreshToken],
      [MARKET, 'nonsense'],
      [{ ...MARKET, mode: 'test' }, next.tokens.refreshToken],
      [{ ...MARKET, organizationId: 'org_2' }, next.tokens.refreshToken],
    ] as const) {
      await expect(sessions.guestOf(market, token)).rejects.toMatchObject(invalid);
    }
    await sessions.endByRefreshToken(next.tokens.refreshToken);
    await expect(sessions.guestOf(MARKET, next.tokens.refreshToken)).rejects.toMatchObject(invalid);
    const other = await sessions.openGuest(MARKET, HOME);
    pass(30 * 86_400);
    await expect(sessions.guestOf(MARKET, other.tokens.refreshToken)).rejects.toMatchObject(invalid);
  });
});
