import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { fractalpack } from '../../lambdas/contract/profile.ts';
import type { Storefront } from '../../lambdas/core/consumer-login.ts';
import { mintKey } from '../../lambdas/core/key-format.ts';
import { type Client, createClient, inParallel, newEmail, PASSWORD, secondsOfOneMinute } from '../acceptance/target.ts';
import { bearer, World } from '../core/authorizer-world.ts';
import { runStack } from '../local/running-stack.ts';
import { openLoginWorld } from './login-world.ts';

/** One hour of one attacker against the real limits, at an attempt a second, each from another network unless it is said. */
const HOUR = 3_600;
const network = (n: number) => ({ address: `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`, device: 'x' });
const shop = (n: number): Storefront => ({
  organizationId: 'org_1',
  mode: 'live',
  caller: network(n),
  byServer: false,
});

/** How often a guess was compared with a code that counted: each is one chance in a million. */
function countChances(world: ReturnType<typeof openLoginWorld>) {
  const chances = { count: 0 };
  const { tryOtp } = world.stores;
  world.stores.tryOtp = async (...args) => {
    const found = await tryOtp(...args);
    if (found) chances.count++;
    return found;
  };
  return chances;
}

const guess = () => String(randomInt(0, 1_000_000)).padStart(6, '0');
const ignore = () => {};

describe('guessing at a one-time code', () => {
  /** An hour of whoever spends no guess on a code that counts no more. */
  async function hourFrom(start: number) {
    const world = openLoginWorld(fractalpack, start);
    const chances = countChances(world);
    const email = newEmail();
    for (let second = 0; second < HOUR; second++) {
      const before = world.sent.length;
      await world.login.requestCode(shop(second), { email }).catch(ignore);
      const guesses = world.sent.length > before ? 5 : 0;
      for (let n = 0; n < guesses; n++) {
        await world.login.verifyCode(shop(HOUR + second * 5 + n), { email, code: guess() }).catch(ignore);
      }
      world.pass(1);
    }
    return { chances: chances.count, sent: world.sent.length };
  }

  it('of one consumer has 20 chances in a million an hour, whoever guesses and however many codes are sent', async () => {
    expect(await hourFrom(Date.UTC(2026, 3, 3, 12))).toEqual({ chances: 20, sent: 10 });
  });

  it('of one consumer has twice as many in an hour that two hours of the clock share', async () => {
    expect(await hourFrom(Date.UTC(2026, 3, 3, 12, 30))).toEqual({ chances: 40, sent: 20 });
  });

  it('of whomever, from one network, has 500 chances an hour', async () => {
    const world = openLoginWorld();
    const chances = countChances(world);
    const from: Storefront = { ...shop(1), caller: network(1) };
    for (let second = 0; second < HOUR; second++) {
      const email = newEmail();
      await world.login.requestCode(from, { email }).catch(ignore);
      for (let n = 0; n < 5; n++) await world.login.verifyCode(from, { email, code: guess() }).catch(ignore);
      world.pass(1);
    }
    expect(chances.count).toBe(500);
  });

  it('of an organization has five chances for each code that it may have sent, and no more', async () => {
    const sendLimits = { ...fractalpack.consumers.sendLimits, email: { perMinute: 40, perHour: 100 } };
    const world = openLoginWorld({ ...fractalpack, consumers: { ...fractalpack.consumers, sendLimits } });
    const chances = countChances(world);
    for (let n = 0; n < 400; n++) {
      const email = newEmail();
      await world.login.requestCode(shop(n), { email }).catch(ignore);
      for (let m = 0; m < 8; m++)
        await world.login.verifyCode(shop(1_000 + n * 8 + m), { email, code: guess() }).catch(ignore);
      world.pass(3);
    }
    expect(world.sent.length).toBe(100);
    expect(chances.count).toBe(500);
  });

  it('a hundred times at once has five chances', async () => {
    const world = openLoginWorld();
    const chances = countChances(world);
    const email = newEmail();
    await world.login.requestCode(shop(0), { email });
    await Promise.allSettled(
      Array.from({ length: 100 }, (_, n) => world.login.verifyCode(shop(n), { email, code: guess() })),
    );
    expect(chances.count).toBe(5);
  });

  it('that was replaced has no chance at all', async () => {
    const world = openLoginWorld();
    const email = newEmail();
    const codes = [];
    for (let n = 0; n < 2; n++) {
      await world.login.requestCode(shop(n), { email });
      codes.push(/\d{6}/.exec(world.sent.at(-1)?.text ?? '')?.[0] ?? '');
    }
    const [first = '', second = ''] = codes;
    if (first !== second)
      await expect(world.login.verifyCode(shop(3), { email, code: first })).rejects.toMatchObject({
        code: 'invalid_code',
      });
    expect((await world.login.verifyCode(shop(4), { email, code: second })).consumer.email).toBe(email);
  });
});

describe('guessing at passwords, and at the codes of Cognito', () => {
  /** How many of an hour's attempts reach Cognito. */
  async function reached(
    attempt: (world: ReturnType<typeof openLoginWorld>, second: number) => Promise<unknown>,
  ): Promise<number> {
    const world = openLoginWorld();
    let count = 0;
    for (let second = 0; second < HOUR; second++) {
      const { calls } = await world.trace(() => attempt(world, second));
      if (calls.some((call) => call.endsWith('Command'))) count++;
      world.pass(1);
    }
    return count;
  }
  const victim = 'victim@example.com';

  it('of one account from one network reaches Cognito 60 times an hour', async () => {
    expect(await reached(({ authentication }) => authentication.logIn(victim, randomUUID(), network(1)))).toBe(60);
  });

  it('of one account from everywhere reaches Cognito 1,000 times an hour, by both ways to sign in together', async () => {
    expect(
      await reached(({ authentication }, n) =>
        n % 2 ? authentication.logIn(victim, 'x', network(n)) : authentication.createToken(victim, 'x', network(n)),
      ),
    ).toBe(1_000);
  });

  it('of many accounts from one network, a /64 of IPv6 too, reaches Cognito 600 times an hour', async () => {
    const spray = (address: (n: number) => string) =>
      reached(({ authentication }, n) =>
        authentication.logIn(`${n}@example.com`, 'Password-2026', { address: address(n) }),
      );
    expect(await spray(() => '192.0.2.1')).toBe(600);
    expect(await spray((n) => `2001:db8::${n.toString(16)}:${(n * 7).toString(16)}`)).toBe(600);
  });

  it("at an account's codes, to confirm it and to reset its password together, reaches Cognito 60 times an hour from one network, and is counted apart from passwords", async () => {
    const codes = await reached(({ authentication }, n) =>
      n % 2
        ? authentication.confirm({ email: victim, code: guess() }, network(1))
        : authentication.resetPassword(victim, guess(), 'New-password-12', network(1)),
    );
    expect(codes).toBe(60);
  });
});

describe('guessing at what is long', () => {
  it('has no chance: each has 119 bits or more', async () => {
    const world = openLoginWorld();
    const { authentication, consumerSessions } = world;
    const email = newEmail();
    await authentication.signUp({ email, password: PASSWORD, organization_name: 'Acme' }, network(1));
    const account = world.accounts.get(email);
    if (account) account.status = 'CONFIRMED';
    const { tokens } = await authentication.logIn(email, PASSWORD, network(1));
    const [sessionId = '', family = '', secret = ''] = tokens.refreshToken.split('.');
    const sessionToken = await authentication.createToken(email, PASSWORD, network(1));
    const code = await world.login.issueCode(
      { organizationId: 'org_1', mode: 'live' },
      { externalId: '1' },
      (_t, _d, effect) => effect(),
    );
    const guest = await consumerSessions.openGuest({ organizationId: 'org_1', mode: 'live' }, network(1));
    const key = mintKey('fpk', 'live', randomBytes).apiKey.slice('fpk_live_'.length + 10, -6);
    const bits: [string, string, number, number][] = [
      ['the secret of a key', key, Math.log2(62), 190],
      ["a session's id", sessionId, Math.log2(62), 119],
      ['what refresh tokens of a session share', family, Math.log2(62), 130],
      ['the secret of a refresh token', secret, 6, 256],
      ["the secret of a consumer's refresh token", guest.tokens.refreshToken.split('.')[2] ?? '', 6, 256],
      // Six of a UUID's 128 bits say what kind it is.
      ['a session token', sessionToken.replaceAll('-', ''), 122 / 32, 122],
      ['an exchange code', code, 6, 256],
    ];
    for (const [name, text, each, least] of bits) expect([name, text.length * each >= least]).toEqual([name, true]);
  });

  it('at a session by its token costs a write for each, and at one that has ended none', async () => {
    const world = new World();
    for (let n = 0; n < 5; n++)
      expect(await world.ask(bearer(randomUUID()))).toMatchObject({ outcome: 'unauthorized', reason: 'unknown' });
    expect(world.observed.spends).toHaveLength(5);
    const one = bearer(randomUUID());
    for (let n = 0; n < 5; n++) await world.ask(one);
    expect(world.observed.spends).toHaveLength(6);
  });
});

describe('over HTTP, many at once', () => {
  // From one network, which has room for all of them.
  const attemptLimits = { ...fractalpack.attemptLimits, perAddress: { perMinute: 1_000, perHour: 10_000 } };
  const open = runStack({ ...fractalpack, attemptLimits }, 100);
  let client: Client;
  let email: string;
  beforeAll(async () => {
    client = createClient(await open());
    email = (await client.signedUp()).email;
  });

  it('60 guesses at a password at once are 10 guesses', async () => {
    await secondsOfOneMinute(20);
    const answers = await inParallel(60, 60, () => client.logIn(email, `Wrong-${randomUUID()}`));
    const counted = (status: number) => answers.filter((answer) => answer.status === status).length;
    expect([counted(401), counted(429)]).toEqual([10, 50]);
    // Nor is the right one taken then: the answer is the same.
    expect((await client.logIn(email)).status).toBe(429);
  });

  it('40 guesses at a code for a new password at once are 10 guesses', async () => {
    const other = newEmail();
    await secondsOfOneMinute(20);
    const answers = await inParallel(40, 40, () =>
      client.call('POST', '/api/v1/auth/reset-password', {}, { email: other, code: guess(), password: PASSWORD }),
    );
    expect(answers.filter(({ status }) => status === 422).length).toBe(10);
    expect(answers.filter(({ status }) => status === 429).length).toBe(30);
  });
});
