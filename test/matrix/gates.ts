import { beforeAll, describe, expect, it } from 'vitest';
import { fractalpack } from '../../lambdas/contract/profile.ts';
import { allRoutes, type Operation, routesOf, sampleRoutesOf } from '../../lambdas/contract/routes.ts';
import { access, isForAnybody, refusalOf } from './access.ts';
import { inTurn } from './asking.ts';
import { answerTo, askFor, calls } from './calls.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Principal } from './principals.ts';
import type { World } from './world.ts';

/** Operations that a stack of the default profile has. */
const served = Object.keys({ ...routesOf(fractalpack), ...sampleRoutesOf(fractalpack) }) as Operation[];
const groups = Object.entries(Object.groupBy(served, (operation) => allRoutes[operation].group)) as [
  string,
  Operation[],
][];
const guarded = groups
  .map(([group, operations]) => [group, operations.filter((operation) => !isForAnybody(operation))] as const)
  .filter(([, operations]) => operations.length > 0);

/** Who is let in to which operation, and who is not. */
export function describeGates(open: () => World) {
  it('says of every operation who may call it, and how', () => {
    expect(Object.keys(access).toSorted()).toEqual(Object.keys(allRoutes).toSorted());
    expect(Object.keys(calls).toSorted()).toEqual(Object.keys(allRoutes).toSorted());
  });

  describe.each(guarded)('of %s', (_, operations) => {
    let before: Awaited<ReturnType<typeof stateOf>>;
    const stateOf = async ({ ask, own, other }: World) =>
      Promise.all([own, other].map((organization) => fingerprintOf(ask, organization)));
    beforeAll(async () => {
      before = await stateOf(open());
    });

    it.each(operations)('%s refuses whoever may not call it', async (operation) => {
      const { own, other, living, dead, ask, about } = open();
      const refused = [...living, ...dead].filter((by) => refusalOf(operation, by));
      const asked = [
        ...refused.map((by) => [by, own] as const),
        // Whoever is refused is refused whatever they name.
        ...(calls[operation].params ? oneOfEach(refused).map((by) => [by, other] as const) : []),
      ];
      const wrong = await inTurn(asked, async ([by, subject]) => {
        const reply = await ask(askFor(operation, by, about(subject, by.mode)));
        const [status, code] = refusalOf(operation, by) ?? [];
        return reply.status === status && reply.code === code ? [] : [by.name, subject.mark, reply.status, reply.text];
      });
      expect(wrong.filter((each) => each.length > 0)).toEqual([]);
      expect(refused.length).toBeGreaterThan(20);
    });

    it('refuses, and changes nothing', async () => {
      expect(await stateOf(open())).toEqual(before);
    });
  });

  describe('lets in', () => {
    /** What is wrong with what somebody is answered, if anything is. */
    async function faultOf(operation: Operation, by: Principal) {
      const { own, ask, about, anew, foreignIn } = open();
      const [status, code] = answerTo(operation, by);
      const succeeds = status < 400;
      const { uses } = calls[operation];
      const caller = succeeds && (uses === 'caller' || uses === 'invited') ? await by.renewed?.() : by;
      if (!caller) return [by.name, 'cannot be made anew'];
      const subject = succeeds ? await anew(operation, caller) : about(own, by.mode);
      const reply = await ask(askFor(operation, caller, subject));
      const right = reply.status === status && reply.code === code;
      const foreign = foreignIn(reply, by);
      return right && foreign.length === 0 ? [] : [by.name, reply.status, foreign, reply.text.slice(0, 400)];
    }

    it.each(served)('to %s who may call it, and tells them of their own alone', async (operation) => {
      const callers = isForAnybody(operation)
        ? oneOfEach([...open().living, ...open().dead])
        : open().living.filter((by) => !refusalOf(operation, by));
      const [successful, others] = apart(callers, (by) => answerTo(operation, by)[0] < 400);
      const faults = [
        ...(await inTurn(successful, (by) => faultOf(operation, by), calls[operation].alone ? 1 : undefined)),
        ...(await inTurn(others, (by) => faultOf(operation, by), 1)),
      ];
      expect(faults.filter((fault) => fault.length > 0)).toEqual([]);
      expect(callers.length).toBeGreaterThan(2);
    });
  });
}

/** Of each kind, one who is in good standing; and one whose credential is dead. */
const oneOfEach = (principals: readonly Principal[]): readonly Principal[] => [
  ...new Map(principals.map((by) => [`${by.kind} ${by.form ?? ''}`, by])).values(),
];

const apart = <T>(all: readonly T[], isFirst: (each: T) => boolean): readonly [T[], T[]] => [
  all.filter(isFirst),
  all.filter((each) => !isFirst(each)),
];
