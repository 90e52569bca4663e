import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Profile } from '../../lambdas/contract/profile.ts';
import { fanfare } from '../../lib/profiles/index.ts';
import { describeAuthorizer } from '../acceptance/authorizer.ts';
import { describeConsumers } from '../acceptance/consumers.ts';
import { describeFanfare } from '../acceptance/fanfare.ts';
import { findSecrets, secretsSeen } from '../acceptance/secrets.ts';
import { ACCEPTANCE } from '../acceptance/suite.ts';
import {
  type Answer,
  apiKey,
  bearer,
  inParallel,
  secondsOfOneMinute,
  type Target,
  type Tokens,
} from '../acceptance/target.ts';
import { CANARY } from './answers.ts';
import { type FaultyStack, generous, startFaultyStack } from './faulty-stack.ts';
import type { AnsweredCall, Verdict } from './proxy.ts';
import { createUnsteadiness, FOREIGN, isSpend, REPEATED } from './unsteady.ts';

/** Another one draws other faults: `docs/faults.md`. */
const seed = process.env.LATCHKEY_FAULT_SEED ?? '1';

const { attemptLimits, addressLimits, memberLimits } = generous;

/** Limits that are met where the suite meets them, and nowhere else. */
const profile = {
  ...generous,
  attemptLimits: { ...attemptLimits, perAccountAndAddress: { perMinute: 12, perHour: 60 } },
  tiers: { production: { perMinute: 2_000, perHour: 10_000 }, development: { perMinute: 100, perHour: 1_000 } },
};
const shop = {
  ...fanfare,
  attemptLimits,
  addressLimits,
  memberLimits,
  consumers: { ...fanfare.consumers, codeLimits: { perMinute: 5, perHour: 50 } },
};

/** What all stacks of this file have called, and logged. */
const calls: AnsweredCall[] = [];
const log: string[] = [];

/** A stack of its own from before the first test of a suite to after its last, unsteady meanwhile. */
function runUnsteadyStack(profile: Profile) {
  const unsteadiness = createUnsteadiness(seed);
  let stack: FaultyStack;
  beforeAll(async () => {
    // The suite knows the pages of a deployment, whose callback is an address of the API.
    stack = await startFaultyStack(profile, false);
    await stack.renew(unsteadiness.decide);
  });
  afterAll(async () => {
    calls.push(...stack.faults.generation.calls);
    log.push(...stack.log);
    await stack.close();
  });
  beforeEach(({ task }) => unsteadiness.begin(task.fullTestName));
  afterEach(({ task }) => unsteadiness.begin(`after ${task.fullTestName}`));
  return async (): Promise<Target> => ({
    url: stack.url,
    testLimit: profile.tiers.development.perMinute,
    concurrency: 20,
    racing: 1_000,
    readCode: stack.readCode,
    readMail: async (email) => stack.sentTo(email),
    readText: async (phone) => stack.sentTo(phone),
    printsDenials: true,
  });
}

/** Side by side, since much of a test is waiting: the authorizer's wait for a minute to begin. */
const others = ACCEPTANCE.filter((part) => part !== describeAuthorizer);
const groups = [
  { profile, parts: [describeAuthorizer] },
  { profile, parts: others.filter((_, n) => n % 2 === 0) },
  { profile, parts: others.filter((_, n) => n % 2 === 1) },
  { profile: shop, parts: [describeFanfare, describeConsumers] },
];

describe.concurrent.each(groups.map((group, n) => ({ ...group, n })))(
  `with faults of the seed ${seed}, $n`,
  ({ profile, parts }) => {
    describe('as without', { concurrent: false }, () => {
      const open = runUnsteadyStack(profile);
      for (const describePart of parts) describePart(open);
    });
  },
);

describe('with faults that spare no attempt', () => {
  let stack: FaultyStack;
  let owner: Tokens;
  beforeAll(async () => {
    stack = await startFaultyStack(profile);
    owner = await stack.client.newOrganization();
  });
  afterEach(() => stack.renew());
  afterAll(() => stack.close());

  /** Six attempts of eight fail, and half of them only after they were charged. */
  const VERDICTS = [
    'lost',
    'throttled',
    'pass',
    'the connection is reset',
    'lost',
    'pass',
    'lost',
    'throttled',
  ] as const;
  const failSpends = () => {
    let spends = 0;
    return stack.renew((call) => (isSpend(call) ? (VERDICTS[spends++ % VERDICTS.length] ?? 'pass') : 'pass'));
  };
  const countOf = (answers: readonly Answer[], status: number) =>
    answers.filter((each) => each.status === status).length;

  it('a limit lets through what it is less what was charged and not answered', async () => {
    const limits = { perMinute: 60, perHour: 1_000 };
    const { apiKey: key } = await stack.client.newKey(owner, { limits });
    await secondsOfOneMinute(8);
    const { calls: made } = await failSpends();
    const answers = await inParallel(200, 20, () => stack.client.call('GET', '/api/v1/items', apiKey(key)));
    const [passed, limited, failed] = [200, 429, 503].map((status) => countOf(answers, status));
    const inVain = made.filter((call) => isSpend(call) && call.verdict === 'lost' && call.status === 200).length;
    expect(inVain).toBeGreaterThan(0);
    expect(failed).toBeGreaterThan(0);
    expect([passed, Number(passed) + Number(limited) + Number(failed)]).toEqual([limits.perMinute - inVain, 200]);
  });

  it('nobody gets in by a key once its revocation is answered', async () => {
    const { apiKey: key, keyId } = await stack.client.newKey(owner);
    const get = () => stack.client.call('GET', '/api/v1/items', apiKey(key));
    expect((await get()).status).toBe(200);
    await failSpends();
    let revoked = false;
    const until = async () => {
      const seen: { after: boolean; status: number }[] = [];
      while (seen.filter(({ after }) => after).length < 5) {
        const after = revoked;
        seen.push({ after, status: (await get()).status });
      }
      return seen;
    };
    const racing = Promise.all(Array.from({ length: 20 }, until));
    const revoke = async () =>
      (await stack.client.call('DELETE', `/api/v1/keys/${keyId}`, bearer(owner.access))).status;
    let status = await revoke();
    while (status === 503) status = await revoke();
    revoked = true;
    expect(status).toBe(204);
    const seen = (await racing).flat();
    const statusesOf = (late: boolean) => seen.filter(({ after }) => after === late).map((each) => each.status);
    expect(statusesOf(false)).toContain(200);
    expect(statusesOf(true)).not.toContain(200);
    expect(statusesOf(true)).toContain(401);
  });
});

describe('all these tests', () => {
  it('met every kind of fault', () => {
    const met = (of: string) => new Set(calls.filter((call) => call.dependency === of).map(({ verdict }) => verdict));
    const kinds: readonly Verdict[] = ['throttled', ...REPEATED, ...FOREIGN];
    for (const of of ['authorizer-table', 'table']) expect(kinds.filter((kind) => !met(of).has(kind))).toEqual([]);
    expect(met('table')).toContain('lost');
  });

  it('wrote nothing of a secret or of a broken answer into the log', () => {
    expect(log.length).toBeGreaterThan(0);
    expect(secretsSeen().size).toBeGreaterThan(0);
    expect(log.filter((line) => line.includes(CANARY))).toEqual([]);
    expect(findSecrets(log, secretsSeen())).toEqual([]);
  });
});
