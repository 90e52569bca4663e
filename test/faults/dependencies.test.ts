import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiKey, bearer, newEmail } from '../acceptance/target.ts';
import { CANARY, DEPENDENCIES, type Dependency, ENDLESS, FAULTS, type Fault } from './answers.ts';
import { type FaultyStack, SHORT, startFaultyStack } from './faulty-stack.ts';
import { eachOf, type Launched, launch, nameOf, prepare, type Sending, trialsOf } from './operations.ts';
import { roundsOf } from './proxy.ts';
import { createWorld, publishableKey, type World } from './world.ts';

const dependencies = Object.keys(DEPENDENCIES) as Dependency[];
const faults = Object.keys(FAULTS) as Fault[];

/** Of one attempt in a deployment, in seconds: `lambdas/adapters/client-limits.ts`, and of a key set. */
const ATTEMPT = { usual: 2, keySet: 3, patient: 16 };

/** Those that wait for Cognito to call a function first. */
const PATIENT: readonly string[] = ['confirmSignUp', 'resetPassword'];

/** Faults that every operation meets; of the others, each operation meets every fourth. */
const COMMON: readonly Fault[] = ['throttled', 'no answer', 'an empty object'];

/** What a code is for, once. It is good for minutes, and the clock goes ahead here: each fault meets a new one. */
const BY_CODE: readonly string[] = ['verifyOtp', 'exchangeCode', 'finishLogIn'];

/** A sign-in at the pages is used up before these are asked: the person begins another. */
const OF_PAGES: readonly Dependency[] = ['login', 'key-sets'];

/** Of the functions, in seconds: `lib/latchkey.ts`. */
const timeLimitOf = ({ route: { group } }: Sending): number => (group === 'auth' || group === 'usage' ? 25 : 10);

describe('when a dependency fails', () => {
  let stack: FaultyStack;
  let world: World;
  let sendings: readonly Sending[];
  const callersOf = new Map<Dependency, Sending[]>();
  const rows: string[] = [];
  beforeAll(async () => {
    stack = await startFaultyStack();
    world = await createWorld(stack);
    const trials = trialsOf(world);
    const first = await eachOf(trials, 4, (trial) => prepare(world, trial));
    const launched: Launched[] = [];
    for (const sending of first) launched.push(await launch(stack, sending));
    for (const [index, { answer }] of launched.entries()) {
      const { status, body } = await answer;
      expect([nameOf(first[index] as Sending), status < 400, body?.detail]).toEqual([
        nameOf(first[index] as Sending),
        true,
        body?.detail,
      ]);
    }
    await stack.renew();
    sendings = await eachOf(trials, 4, (trial) => prepare(world, trial));
    for (const [index, sending] of sendings.entries()) {
      for (const dependency of new Set(launched[index]?.generation.calls.map((call) => call.dependency))) {
        callersOf.set(dependency, [...(callersOf.get(dependency) ?? []), sending]);
      }
    }
  });
  afterAll(() => stack.close());

  const send = ({ route, path, headers, body }: Sending) => world.call(route.method, path, headers, body);

  async function expectUnavailable(sending: Sending, answer: ReturnType<typeof send>): Promise<void> {
    const { status, headers, body } = await answer;
    expect([nameOf(sending), status, body?.code]).toEqual([nameOf(sending), 503, 'unavailable']);
    expect(headers.get('retry-after')).toBe('1');
  }

  /** What nobody may be let in by, whatever fails. */
  const wrong: readonly (() => ReturnType<World['call']>)[] = [
    () => world.call('GET', '/api/v1/items', apiKey(`${world.secret.apiKey.slice(0, -7)}${'0'.repeat(7)}`)),
    () => world.call('GET', '/api/v1/items', bearer(`${world.owner.token.Authorization?.slice(7, -8)}AAAAAAAA`)),
    () => world.call('GET', '/api/v1/items'),
    () => world.call('GET', '/api/v1/items', publishableKey(world.secret.apiKey)),
    () => world.call('POST', '/api/v1/auth/login', {}, { email: world.owner.email, password: 'Wrong-horse-1' }),
    () => world.call('POST', '/auth/token', {}, { username: world.owner.email, password: 'Wrong-horse-1' }),
    () => world.call('POST', '/api/v1/consumer/exchange', world.page, { code: 'x'.repeat(43) }),
    () => world.call('POST', '/api/v1/consumer/otp/verify', world.page, { email: newEmail(), code: '123456' }),
    () => world.call('GET', '/api/v1/auth/callback?code=x&state=y'),
    () => world.call('POST', '/api/v1/consumer/refresh', world.page, { refreshToken: 'x'.repeat(80) }),
  ];

  async function expectNobodyIn(): Promise<void> {
    const answers = await Promise.all(wrong.map((call) => call()));
    for (const { status, headers, body } of answers) {
      expect(headers.getSetCookie()).toEqual([]);
      expect([400, 401, 422, 503]).toContain(status);
      expect(body).not.toHaveProperty('accessToken');
    }
  }

  /** Everybody who was there is there still, for the same containers. */
  async function expectEverybodyBack(): Promise<void> {
    // A key set that could not be had is not asked for again for a second.
    stack.clock.ahead += 1_500;
    const { key, member, consumer, guest } = world.credentials;
    for (const credential of [...key, ...member, ...consumer, ...guest]) {
      expect((await world.call('GET', '/api/v1/items', credential)).status).toBe(200);
    }
  }

  /** What was not done used nothing up: the very codes that came in vain still do what they are for. */
  async function expectCodesGood(dependency: Dependency, asked: readonly Sending[]): Promise<void> {
    const byCode = asked.filter(
      ({ operation }) => BY_CODE.includes(operation) && !(operation === 'finishLogIn' && OF_PAGES.includes(dependency)),
    );
    await eachOf(byCode, 8, async (sending) => {
      const { status, body } = await send(sending);
      expect([nameOf(sending), status < 400, body?.detail]).toEqual([nameOf(sending), true, undefined]);
    });
  }

  function expectNothingTold(): void {
    const log = stack.log.join('\n');
    const { key, member, consumer } = world.credentials;
    const secrets = [...key, ...member, ...consumer].flatMap((credential) => Object.values(credential));
    for (const secret of [CANARY, ...secrets]) expect(log).not.toContain(secret === 'same-origin' ? '\u0000' : secret);
    stack.log.length = 0;
  }

  /** @returns the longest that a caller of a deployment waits, in seconds */
  async function waitsFor(dependency: Dependency, callers: readonly Sending[], fault: Fault): Promise<number> {
    const launched: Launched[] = [];
    for (const sending of callers) {
      launched.push(await launch(stack, sending, (call) => (call.dependency === dependency ? fault : 'pass'), true));
    }
    const waits = await Promise.all(
      launched.map(async ({ generation, answer }, index) => {
        const sending = callers[index] as Sending;
        await expectUnavailable(sending, answer);
        const calls = generation.calls.filter((call) => call.dependency === dependency);
        const patient = dependency === 'user-pool' && PATIENT.includes(sending.operation);
        const attempt =
          OF_PAGES.includes(dependency) || dependency.endsWith('key-sets') ? ATTEMPT.keySet : ATTEMPT.usual;
        const rounds = roundsOf(calls, SHORT.usual);
        const wait = patient ? ATTEMPT.patient + (rounds - 1) * attempt : rounds * attempt;
        expect([nameOf(sending), wait < timeLimitOf(sending)]).toEqual([nameOf(sending), true]);
        return wait;
      }),
    );
    return Math.max(...waits);
  }

  /** Those who call a dependency, with codes that are new. */
  async function callers(dependency: Dependency, fault?: Fault): Promise<readonly Sending[]> {
    const all = callersOf.get(dependency) ?? [];
    expect(all.length).toBeGreaterThan(0);
    const common = all.length < 20 || fault === undefined || COMMON.includes(fault);
    const some = common ? all : all.filter((_, index) => (index + faults.indexOf(fault)) % 4 === 0);
    await stack.renew();
    return Promise.all(some.map((each) => (BY_CODE.includes(each.operation) ? prepare(world, each) : each)));
  }

  describe.each(dependencies)('%s', (dependency) => {
    const own = faults.filter((fault) => fault !== 'another checksum' || dependency.endsWith('table'));

    it.each(own)('%s', async (fault) => {
      const asking = await callers(dependency, fault);
      const endless = ENDLESS.includes(fault);
      const seconds = endless ? await waitsFor(dependency, asking, fault) : undefined;
      const generation = await stack.renew((call) => (call.dependency === dependency ? fault : 'pass'), endless);
      if (!endless) await eachOf(asking, 100, (sending) => expectUnavailable(sending, send(sending)));
      await expectNobodyIn();
      expectNothingTold();
      generation.decide = () => 'pass';
      await expectEverybodyBack();
      await expectCodesGood(dependency, asking);
      const time = seconds === undefined ? 'within a second or two' : `${seconds} s`;
      rows.push(`| ${DEPENDENCIES[dependency]} | ${fault} | 503 \`unavailable\` | nobody | nothing | ${time} |`);
    });
  });

  it.each(dependencies)('%s: nobody listens', async (dependency) => {
    const asking = await callers(dependency);
    stack.faults.absent = dependency;
    await stack.renew();
    stack.faults.absent = undefined;
    await eachOf(asking, 100, (sending) => expectUnavailable(sending, send(sending)));
    await expectNobodyIn();
    expectNothingTold();
    rows.push(
      `| ${DEPENDENCIES[dependency]} | nobody listens | 503 \`unavailable\` | nobody | nothing | within a second or two |`,
    );
  });

  it('nothing is lost: what was asked for in vain succeeds afterwards', async () => {
    await stack.renew();
    await eachOf(sendings, 8, async (sending) => {
      const { status, body } = await send(
        BY_CODE.includes(sending.operation) ? await prepare(world, sending) : sending,
      );
      expect([nameOf(sending), status < 400, body?.detail]).toEqual([nameOf(sending), true, body?.detail]);
    });
  });

  it('the table of docs/faults.md says so', () => {
    const page = readFileSync(new URL('../../docs/faults.md', import.meta.url), 'utf8');
    const told = page
      .split('\n')
      .filter((line) => Object.values(DEPENDENCIES).some((name) => line.startsWith(`| ${name} |`)));
    expect(told.toSorted()).toEqual(rows.toSorted());
  });
});
