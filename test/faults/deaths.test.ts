import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FaultyStack, startFaultyStack } from './faulty-stack.ts';
import { eachOf, type Launched, launch, nameOf, prepare, type Sending, type Trial, trialsOf } from './operations.ts';
import { type Call, isWrite, type Verdict } from './proxy.ts';
import { createWorld, type World } from './world.ts';

/** Of the function itself: what the authorizer does is done before it begins. */
const isOwn = ({ dependency }: Pick<Call, 'dependency'>): boolean => !dependency.startsWith('authorizer');

/** What says to whoever repeats it that it was done, or that its code or token is used up. */
const DONE: Partial<Record<string, readonly string[]>> = {
  selfRevokeKey: ['unauthorized'],
  rotateKey: ['key_inactive', 'key_already_rotated'],
  confirmSignUp: ['invalid_code'],
  resetPassword: ['invalid_code'],
  refreshSession: [],
  endSession: ['not_found'],
  endAllSessions: ['unauthorized'],
  deleteSessionToken: ['unauthorized'],
  createOrganization: ['organization_exists'],
  removeMember: ['not_found', 'unavailable'],
  changeRole: ['unavailable'],
  leaveOrganization: ['unavailable', 'unauthorized', 'no_organization', 'insufficient_permissions'],
  acceptInvitation: ['organization_exists'],
  revokeInvitation: ['not_found'],
  verifyOtp: ['invalid_code'],
  exchangeCode: ['invalid_code'],
  logOutConsumer: ['unauthorized'],
  deleteConsumer: ['not_found'],
  endConsumerSession: ['not_found'],
};

interface Case extends Sending {
  /** Which call, or write, meets it. */
  readonly at: number;
  readonly baseline: number;
}

const caseName = (each: Case): string => `${nameOf(each)}, ${each.at}`;

describe('a function that is killed, or not answered', () => {
  let stack: FaultyStack;
  let world: World;
  /** Operations that change something, with what they call. */
  let found: readonly { readonly trial: Trial; readonly calls: readonly Call[]; readonly status: number }[];
  beforeAll(async () => {
    stack = await startFaultyStack();
    world = await createWorld(stack);
    const changing = trialsOf(world).filter(
      ({ route }, index, all) => route.method !== 'GET' && all.findIndex((each) => each.route === route) === index,
    );
    const first = await eachOf(changing, 4, (trial) => prepare(world, trial));
    const launched: Launched[] = [];
    for (const sending of first) launched.push(await launch(stack, sending));
    found = await Promise.all(
      launched.map(async ({ generation, answer }, index) => {
        const { status } = await answer;
        return { trial: changing[index] as Trial, calls: generation.calls.filter(isOwn), status };
      }),
    );
    await stack.renew();
  });
  afterAll(() => stack.close());

  const casesOf = (count: (calls: readonly Call[]) => number): Promise<Case[]> => {
    const all = found.flatMap(({ trial, calls, status }) =>
      Array.from({ length: count(calls) }, (_, index) => ({ trial, at: index + 1, baseline: status })),
    );
    return eachOf(all, 6, async ({ trial, at, baseline }) => ({ ...(await prepare(world, trial)), at, baseline }));
  };

  /** Lets one of a function's own calls meet something. */
  const meeting = (at: number, verdict: Verdict, counts: (call: Call) => boolean) => {
    let seen = 0;
    return (call: Call): Verdict => (isOwn(call) && counts(call) && ++seen === at ? verdict : 'pass');
  };

  async function expectEverybodyIn(): Promise<void> {
    const { key, member, consumer, guest, widget } = world.credentials;
    for (const credential of [...key, ...member, ...consumer, ...guest]) {
      expect((await world.call('GET', '/api/v1/items', credential)).status).toBe(200);
    }
    expect((await world.call('GET', '/api/v1/usage', widget[0])).status).toBe(200);
  }

  it('after any write: what it did is recorded, and doing it again does it, or says that it is done', async () => {
    const cases = await casesOf((calls) => calls.filter(isWrite).length);
    expect(cases.length).toBeGreaterThan(100);
    const again: (readonly [Case, Launched])[] = [];
    for (const each of cases) {
      const { generation, answer } = await launch(stack, each, meeting(each.at, 'death', isWrite));
      answer.catch(() => {});
      await Promise.race([generation.died, answer]);
      again.push([each, await launch(stack, each)]);
    }
    for (const [each, { answer }] of again) {
      const { status, body } = await answer;
      if (status === each.baseline) continue;
      expect(DONE[each.operation] ?? [], `${caseName(each)}: ${status} ${body?.code}`).toContain(body?.code);
    }
    await stack.renew();
    await expectEverybodyIn();
    for (const each of cases) {
      if (!('audit' in each.route) || each.route.audit === null || each.type !== 'member' || each.at > 1) continue;
      const path = `/api/v1/audit-events?action=${each.route.audit}&outcome=unknown`;
      const { status, body } = await world.call('GET', path, each.headers);
      // Who has signed out, or left, reads it no more.
      if (status === 200) expect([caseName(each), body.auditEvents.length > 0]).toEqual([caseName(each), true]);
    }
  });

  it('without the answer to any one call: it is asked for again, and nothing is done twice or undone', async () => {
    const cases = await casesOf((calls) => calls.length);
    const sent: (readonly [Case, Launched, { dependency: string }])[] = [];
    for (const each of cases) {
      const lost = { dependency: '' };
      const decide = meeting(each.at, 'lost', () => true);
      const launched = await launch(stack, each, (call) => {
        const verdict = decide(call);
        if (verdict === 'lost') lost.dependency = call.dependency;
        return verdict;
      });
      sent.push([each, launched, lost]);
    }
    for (const [each, { answer }, lost] of sent) {
      const { status, body } = await answer;
      // Cognito is asked once, for what a code does and for keys: whoever asked asks again.
      const once = ['user-pool', 'key-sets'].includes(lost.dependency);
      const expected = once ? [each.baseline, 503] : [each.baseline];
      expect(expected, `${caseName(each)}: ${status} ${body?.code} ${lost.dependency}`).toContain(status);
    }
    await stack.renew();
    await expectEverybodyIn();
  });
});
