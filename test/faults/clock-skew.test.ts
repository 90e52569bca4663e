import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTokenVerifier } from '../../lambdas/adapters/token-verifier.ts';
import { fractalpack, type Limits } from '../../lambdas/contract/profile.ts';
import type { ProtectedRoute } from '../../lambdas/contract/routes.ts';
import type { Authorize } from '../../lambdas/core/authorize.ts';
import { CODE_LASTS, createConsumerSessions } from '../../lambdas/core/consumer-sessions.ts';
import { createOtps } from '../../lambdas/core/otp.ts';
import { createSigner } from '../../lambdas/core/signer.ts';
import { rotateSigningKeys } from '../../lambdas/core/signing-keys.ts';
import type { SigningKeys } from '../../lambdas/core/token-ports.ts';
import { windowsAt } from '../../lambdas/core/windows.ts';
import { bearer, routes, SESSION, START, SUBJECT, World } from '../core/authorizer-world.ts';
import { createMemoryStores } from '../stores/memory-store.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** Seconds that clocks are wrong by, where something ends at a second. */
const WRONG = [1, 30, 90];

const isLetIn = async (decision: ReturnType<Authorize>): Promise<boolean> => {
  const { outcome, ...rest } = await decision;
  return outcome === 'allowed' && !('limited' in rest && rest.limited);
};

let world: World;
beforeEach(() => {
  world = new World();
});

/** For consumers and guests. */
const BASKET: ProtectedRoute = {
  ...{ method: 'GET', path: '/v1/basket', scopes: [], limited: 'deny' },
  principals: ['consumer', 'guest'],
};
const table = [...routes, BASKET];

const containerAhead = (ahead: number) => world.newContainer(table, () => ahead);

/** Whether one container lets a request in. */
function ask(container: Authorize, ...request: Parameters<World['ask']>): Promise<boolean> {
  world.authorize = container;
  return isLetIn(world.ask(...request));
}

/** In milliseconds: by a clock that is right, and by the container's. */
type Grant = Readonly<Record<'at' | 'told', number>>;

interface Traffic {
  /** By how many milliseconds each container's clock is ahead. */
  readonly fleet: readonly number[];
  readonly requests: readonly { readonly container: number; readonly pause: number }[];
}

const traffic = (skew: number): fc.Arbitrary<Traffic> =>
  fc.record({
    fleet: fc.array(fc.integer({ min: -skew, max: skew }), { minLength: 2, maxLength: 5 }),
    requests: fc.array(fc.record({ container: fc.nat(), pause: fc.integer({ min: 0, max: 5 * SECOND }) }), {
      minLength: 60,
      maxLength: 120,
    }),
  });

/** One key, met by containers whose clocks are wrong. */
async function grantsOf(limits: Limits, { fleet, requests }: Traffic): Promise<Grant[]> {
  world = new World();
  const { apiKey } = await world.newKey({ limits });
  const containers = fleet.map((ahead) => ({ ahead, authorize: containerAhead(ahead) }));
  const grants: Grant[] = [];
  for (const { container, pause } of requests) {
    world.now += pause;
    const { ahead, authorize } = containers[container % containers.length] as (typeof containers)[number];
    if (await ask(authorize, apiKey)) grants.push({ at: world.now, told: world.now + ahead });
  }
  return grants;
}

/** The most that was granted in a window of that kind, by the clocks of those who granted it. */
function mostCharged(grants: readonly Grant[], kind: 'minute' | 'hour'): number {
  const counts = new Map<string, number>();
  for (const { told } of grants) {
    const window = windowsAt(Math.floor(told / SECOND))[kind];
    counts.set(window, (counts.get(window) ?? 0) + 1);
  }
  return Math.max(0, ...counts.values());
}

/** The most that was granted in any minute, by a clock that is right. */
const mostInAMinute = (grants: readonly Grant[]): number =>
  Math.max(0, ...grants.map(({ at }) => grants.filter((other) => other.at >= at && other.at < at + MINUTE).length));

describe('a limit, counted by clocks that are wrong', () => {
  const LIMITS = { perMinute: 4, perHour: 25 };

  it.each([
    ['30 seconds', 30 * SECOND, 3],
    ['a minute', MINUTE, 4],
    ['2.5 minutes, so that two differ by five', 150 * SECOND, 7],
  ])('is kept in every window, with clocks wrong by up to %s', async (_, skew, windows) => {
    await fc.assert(
      fc.asyncProperty(traffic(skew), async (some) => {
        const grants = await grantsOf(LIMITS, some);
        expect(mostCharged(grants, 'minute')).toBeLessThanOrEqual(LIMITS.perMinute);
        expect(mostCharged(grants, 'hour')).toBeLessThanOrEqual(LIMITS.perHour);
        // A minute, with the clocks' differences, meets so many windows.
        expect(mostInAMinute(grants)).toBeLessThanOrEqual(windows * LIMITS.perMinute);
      }),
      { numRuns: 60, endOnFailure: true },
    );
  });

  it('is three limits in one minute of the clock, where some are behind and some ahead, and no more', async () => {
    world.now = Date.UTC(2026, 3, 3, 12, 5);
    const { apiKey } = await world.newKey({ limits: { perMinute: 5, perHour: 99 } });
    const fleet = [-30, 0, 30].map((ahead) => containerAhead(ahead * SECOND));
    let granted = 0;
    for (const at of [0, 29, 30, 59]) {
      world.now = Date.UTC(2026, 3, 3, 12, 5, at);
      for (const container of fleet) for (let n = 0; n < 6; n++) if (await ask(container, apiKey)) granted++;
    }
    expect(granted).toBe(15);
  });

  it('is kept by leases too', async () => {
    world.now = Date.UTC(2026, 3, 3, 12, 1);
    const limits = { perMinute: 40_000, perHour: 12_000 };
    const { apiKey } = await world.newKey({ limits });
    const fleet = [-150, -60, 0, 60, 150].map((ahead) => ({ ahead, authorize: containerAhead(ahead * SECOND) }));
    const grants: Grant[] = [];
    for (let n = 0; n < 30_000; n++) {
      world.now += n % 10 === 0 ? 5 : 0;
      const { ahead, authorize } = fleet[n % fleet.length] as (typeof fleet)[number];
      if (await ask(authorize, apiKey)) grants.push({ at: world.now, told: world.now + ahead * SECOND });
    }
    expect(world.observed.spends.some((spend) => 'batch' in spend)).toBe(true);
    expect(mostCharged(grants, 'hour')).toBeLessThanOrEqual(limits.perHour);
    expect(mostCharged(grants, 'hour')).toBeGreaterThan(limits.perHour * 0.95);
  });
});

describe('an end, seen by clocks that are wrong', () => {
  const end = START / SECOND + 600;
  const session = { id: SESSION, status: 'active', subject: SUBJECT, organizationId: 'org_1' } as const;
  const lasting = { limits: fractalpack.memberLimits, createdAt: START / SECOND, expiresAt: end };

  /** Makes what ends, and says how it is asked for. */
  const CREDENTIALS: Readonly<Record<string, () => Promise<Parameters<World['ask']>>>> = {
    'a key': async () => [(await world.newKey({ expiresAt: end })).apiKey],
    "a member's session": async () => {
      await world.stores.insertSession({ ...session, ...lasting, role: 'owner' });
      return [bearer('a.session.jwt')];
    },
    "a consumer's session": async () => {
      await world.stores.insertSession({ ...session, ...lasting, kind: 'consumer', mode: 'live', scopes: [] });
      return [bearer('a.consumer.jwt'), BASKET.method, BASKET.path];
    },
  };
  const cases = Object.keys(CREDENTIALS).flatMap((name) => WRONG.map((wrong) => ({ name, wrong })));

  it.each(cases)('of $name is late or early by the $wrong s that a clock is wrong', async ({ name, wrong }) => {
    const request = (await CREDENTIALS[name]?.()) ?? expect.unreachable();
    for (const ahead of [-wrong, 0, wrong]) {
      const ends = (end - ahead) * SECOND;
      world.now = ends - 1;
      expect(await ask(containerAhead(ahead * SECOND), ...request)).toBe(true);
      world.now = ends;
      expect(await ask(containerAhead(ahead * SECOND), ...request)).toBe(false);
    }
  });

  it('is no last word on a session that is refreshed by a clock behind', async () => {
    const functions = functionsAhead(0);
    const { tokens } = await functions.sessions.openGuest(MARKET, CALLER);
    const early = containerAhead(30 * SECOND);
    const order = () => ask(early, bearer(tokens.accessToken), BASKET.method, BASKET.path);
    world.now += (fractalpack.consumers.sessions.refresh - 20) * SECOND;
    expect(await order()).toBe(false);
    await functions.sessions.refresh(MARKET, tokens.refreshToken, CALLER);
    expect(await order()).toBe(true);
  });

  it('is the last word five minutes after it, and asked for no more', async () => {
    const { apiKey } = await world.newKey({ expiresAt: end });
    const container = containerAhead(0);
    const spendsAt = async (at: number) => {
      world.now = at * SECOND;
      expect(await ask(container, apiKey)).toBe(false);
      return world.observed.spends.length;
    };
    expect([await spendsAt(end), await spendsAt(end + 299), await spendsAt(end + 300)]).toEqual([1, 2, 3]);
    expect(await spendsAt(end + 301)).toBe(3);
  });
});

const MARKET = { organizationId: 'org_1', mode: 'live' } as const;
const CALLER = { address: '192.0.2.1', device: 'phone' };

/** What functions do for consumers, in a container whose clock is so many seconds ahead. */
function functionsAhead(ahead: number) {
  const { stores, proven } = world;
  const clock = { now: () => world.now + ahead * SECOND };
  const settingsOf = async () => ({ name: 'Acme' });
  return {
    otps: createOtps({ store: stores, key: async () => 'a key', clock }),
    sessions: createConsumerSessions({
      ...{ profile: fractalpack, store: stores, codes: stores, consumers: stores, settingsOf, clock },
      random: randomBytes,
      loadSigner:
        async () =>
        ({ sid }) => {
          const token = `a.session.of.${sid}`;
          proven.set(token, { type: 'session', id: String(sid), use: 'consumer' });
          return token;
        },
    }),
  };
}

describe('what one function gives and another takes, by a clock of its own', () => {
  /** Whether something that is made now, by a clock that is right, is taken so many milliseconds later. */
  type Attempt = (taker: ReturnType<typeof functionsAhead>, later: number) => Promise<boolean>;

  const succeeds = (promise: Promise<unknown>, code: string): Promise<boolean> =>
    promise.then(
      () => true,
      (error) => {
        expect(error).toMatchObject({ code });
        return false;
      },
    );

  const refreshedTwice: Attempt = async (taker, later) => {
    const { sessions } = functionsAhead(0);
    const { refreshToken } = (await sessions.openGuest(MARKET, CALLER)).tokens;
    const { tokens } = await sessions.refresh(MARKET, refreshToken, CALLER);
    world.now += later;
    const forgiven = await succeeds(taker.sessions.refresh(MARKET, refreshToken, CALLER), 'invalid_session');
    // A token that two have ends the session, for whoever has the newest, too.
    expect(await succeeds(sessions.refresh(MARKET, tokens.refreshToken, CALLER), 'invalid_session')).toBe(forgiven);
    return forgiven;
  };

  const typedIn: Attempt = async (taker, later) => {
    const to = { kind: 'email', value: 'somebody@example.com' } as const;
    const code = await functionsAhead(0).otps.issue(MARKET, to);
    world.now += later;
    return succeeds(taker.otps.use(MARKET, to, code), 'invalid_code');
  };

  const exchanged: Attempt = async (taker, later) => {
    const consumer = { ...MARKET, id: 'con_1', status: 'active', createdAt: START / SECOND } as const;
    const code = await functionsAhead(0).sessions.issueCode(consumer as never);
    world.now += later;
    return succeeds(taker.sessions.takeCode(MARKET, code), 'invalid_code');
  };

  it.each([
    // The tenth second is forgiven to its end.
    { what: 'a refresh token that is repeated', attempt: refreshedTwice, lasts: 11, wrong: [1, 9, 30] },
    { what: 'a one-time password', attempt: typedIn, lasts: 600, wrong: WRONG },
    { what: 'an exchange code', attempt: exchanged, lasts: CODE_LASTS, wrong: WRONG },
  ])('$what is good for $lasts s, less what that clock is ahead, more what it is behind', async (each) => {
    const { attempt, lasts, wrong } = each;
    for (const ahead of wrong.flatMap((seconds) => [-seconds, 0, seconds])) {
      world = new World();
      const ends = (lasts - ahead) * SECOND;
      if (ends > 0) expect([ahead, await attempt(functionsAhead(ahead), ends - 1)]).toEqual([ahead, true]);
      world = new World();
      expect([ahead, await attempt(functionsAhead(ahead), Math.max(0, ends))]).toEqual([ahead, false]);
    }
  });
});

describe('a token, verified by a clock that is wrong', () => {
  const ISSUER = 'https://api.example.com';
  const POOL = 'eu-central-1_Example';
  const lasts = 900;

  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
  afterEach(() => void vi.useRealTimers());

  /** What signs by a clock that is right, and what verifies, whose own is the process's. */
  async function newIssuer() {
    const keySets = createMemoryStores();
    let held: SigningKeys | undefined;
    const vault = {
      read: async () => held,
      async write(keys: SigningKeys) {
        held = keys;
      },
    };
    const clock = { now: () => START };
    await rotateSigningKeys({ vault, keySets, clock });
    const verifier = createTokenVerifier({
      own: { issuer: ISSUER, keySets },
      userPoolId: POOL,
      clientIds: ['client'],
      addressOf: () => undefined,
      registrations: { getUserPool: async () => undefined },
      clock: { now: Date.now },
    });
    return {
      sign: await createSigner({ issuer: ISSUER, vault, clock })(),
      async isProvenAt(token: string, now: number) {
        vi.setSystemTime(now);
        return (await verifier.verify(token)) !== undefined;
      },
    };
  }

  const claims = { typ: 'member', sub: SUBJECT, sid: SESSION, exp: START / SECOND + lasts };

  it('is taken though it was issued in its future, however far', async () => {
    const { sign, isProvenAt } = await newIssuer();
    const token = sign(claims);
    for (const behind of [1, ...WRONG, 86_400]) expect(await isProvenAt(token, START - behind * SECOND)).toBe(true);
  });

  it('ends by that clock, to the millisecond', async () => {
    const { sign, isProvenAt } = await newIssuer();
    const token = sign(claims);
    expect(await isProvenAt(token, START + lasts * SECOND)).toBe(true);
    expect(await isProvenAt(token, START + lasts * SECOND + 1)).toBe(false);
  });

  it('is refused before its nbf, without tolerance', async () => {
    const { sign, isProvenAt } = await newIssuer();
    const token = sign({ ...claims, nbf: START / SECOND });
    expect(await isProvenAt(token, START)).toBe(true);
    expect(await isProvenAt(token, START - 1)).toBe(false);
  });
});

describe('a revocation, whatever the clocks say', () => {
  const APART = [-86_400, -90, -1, 0, 1, 90, 86_400];

  it.each(APART)('of a key holds at once, made by a clock that is %d s ahead', async (revokedBy) => {
    const { apiKey, record } = await world.newKey();
    const fleet = APART.map((ahead) => containerAhead(ahead * SECOND));
    for (const container of fleet) expect(await ask(container, apiKey)).toBe(true);
    await world.stores.revokeKey(record, world.now / SECOND + revokedBy);
    for (const container of fleet) expect(await ask(container, apiKey)).toBe(false);
  });

  it.each(APART)('of a session holds at once, made by a clock that is %d s ahead', async (revokedBy) => {
    const { tokens } = await functionsAhead(0).sessions.openGuest(MARKET, CALLER);
    const order = (container: Authorize) => ask(container, bearer(tokens.accessToken), BASKET.method, BASKET.path);
    const fleet = APART.map((ahead) => containerAhead(ahead * SECOND));
    for (const container of fleet) expect(await order(container)).toBe(true);
    await functionsAhead(revokedBy).sessions.endByRefreshToken(tokens.refreshToken);
    for (const container of fleet) expect(await order(container)).toBe(false);
  });

  /** A container that holds a lease of one request of a key that was revoked since. */
  async function leased(ahead: () => number) {
    const { apiKey, record } = await world.newKey({ limits: { perMinute: 60_000, perHour: 3_600_000 } });
    const container = world.newContainer(table, ahead);
    for (let n = 0; n < 3; n++) expect(await ask(container, apiKey)).toBe(true);
    await world.stores.revokeKey(record, world.now / SECOND);
    return () => ask(container, apiKey);
  }

  it.each(APART)('of a leased key holds in a second, in a container that is %d s ahead', async (wrong) => {
    for (const [later, letIn] of [
      [999, true],
      [1_000, false],
    ] as const) {
      const request = await leased(() => wrong * SECOND);
      world.now += later;
      expect(await request()).toBe(letIn);
    }
  });

  it('of a leased key holds in a container whose clock is set back', async () => {
    let ahead = 0;
    const request = await leased(() => ahead);
    world.now += 1_000;
    ahead = -2_000;
    expect(await request()).toBe(false);
  });

  it('of all sign-ins is by the clock of who revokes: late by what it is behind, early by what it is ahead', async () => {
    for (const ahead of WRONG.flatMap((seconds) => [-seconds, 0, seconds])) {
      world = new World();
      const until = START / SECOND + ahead;
      const member = { organizationId: 'org_1', role: 'owner' } as const;
      await world.stores.joinOrganization(SUBJECT, member, fractalpack.memberLimits, until);
      await world.stores.refuseSignIns(SUBJECT, until * SECOND, fractalpack.memberLimits);
      for (const [signedInAt, letIn] of [
        [until, false],
        [until + 1, true],
      ] as const) {
        world.proven.set('a.fresh.jwt', { type: 'member', id: SUBJECT, signedInAt });
        expect(await ask(containerAhead(0), bearer('a.fresh.jwt'))).toBe(letIn);
      }
    }
  });
});
