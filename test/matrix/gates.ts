import { beforeAll, describe, expect, it } from 'vitest';
import { allRoutes, type Operation } from '../../lambdas/contract/routes.ts';
import { access, isForAnybody, refusalOf } from './access.ts';
import { answerTo, calls } from './calls.ts';
import { type Documented, servedIn } from './documented.ts';
import type { Principal } from './principals.ts';
import type { World } from './world.ts';

/** Who is let in to which operation, and who is not. */
export function describeGates(open: () => World, profile: Documented) {
  const served = servedIn(profile);
  const guarded = served.filter((operation) => !isForAnybody(operation));

  it('says of every operation who may call it, and how', () => {
    expect(Object.keys(access).toSorted()).toEqual(Object.keys(allRoutes).toSorted());
    expect(Object.keys(calls).toSorted()).toEqual(Object.keys(allRoutes).toSorted());
  });

  describe('keeps out', () => {
    let before: Awaited<ReturnType<typeof stateOf>>;
    const stateOf = async ({ fingerprint, own, other }: World) => Promise.all([own, other].map(fingerprint));
    beforeAll(async () => {
      before = await stateOf(open());
    });

    it.each(guarded)('%s refuses whoever may not call it', async (operation) => {
      const { own, other, living, dead, about, call, refusedOf, inTurn, isRefusal } = open();
      const turn = guarded.indexOf(operation);
      const all = [...living, ...dead].filter((by) => refusalOf(operation, by));
      const refused = refusedOf(all, turn);
      // Whoever is refused is refused whatever they name.
      const asked = refused.map((by, index) => [by, isOdd(index + turn) ? other : own] as const);
      const wrong = await inTurn(asked, async ([by, subject]) => {
        const reply = await call(operation, by, about(subject, by.mode));
        const refusal = refusalOf(operation, by);
        return refusal && isRefusal(reply, refusal) ? [] : [by.name, subject.mark, reply.status, reply.text];
      });
      expect(wrong.filter((each) => each.length > 0)).toEqual([]);
      expect(all.length).toBeGreaterThan(20);
      expect(refused.length).toBeGreaterThan(4);
    });

    it('and changes nothing by that', async () => {
      expect(await stateOf(open())).toEqual(before);
    });
  });

  describe('lets in', () => {
    /** What is wrong with what somebody is answered, if anything is. */
    async function faultOf(operation: Operation, by: Principal) {
      const { own, hosted, about, anew, call, foreignIn, isRefusal } = open();
      const [status, code] = answerTo(operation, by, hosted);
      const succeeds = status < 400;
      const { uses } = calls[operation];
      const caller = succeeds && (uses === 'caller' || uses === 'invited') ? await by.renewed?.() : by;
      if (!caller) return [by.name, 'cannot be made anew'];
      const subject = succeeds ? await anew(operation, caller) : about(own, by.mode);
      const reply = await call(operation, caller, subject);
      const right = code === undefined ? reply.status === status : isRefusal(reply, [status, code]);
      const foreign = foreignIn(reply, by);
      return right && foreign.length === 0 ? [] : [by.name, reply.status, foreign, reply.text.slice(0, 400)];
    }

    async function letIn(operation: Operation) {
      const { hosted, living, dead, letInOf, inTurn } = open();
      const all = isForAnybody(operation)
        ? oneOfEach([...living, ...dead])
        : living.filter((by) => !refusalOf(operation, by));
      const callers = letInOf(all, served.indexOf(operation));
      const [successful, others] = apart(callers, (by) => answerTo(operation, by, hosted)[0] < 400);
      const faults = [
        ...(await inTurn(successful, (by) => faultOf(operation, by), calls[operation].alone ? 1 : undefined)),
        ...(await inTurn(others, (by) => faultOf(operation, by), 1)),
      ];
      expect(faults.filter((fault) => fault.length > 0)).toEqual([]);
      expect(all.length).toBeGreaterThan(2);
      expect(callers.length).toBeGreaterThan(0);
    }

    const reads = (operation: Operation) => allRoutes[operation].method === 'GET';
    const [reading, changing] = apart(served, reads);
    it.concurrent.each(reading)('to %s who may call it, and tells them of their own alone', letIn);
    it.each(changing)('to %s who may call it, and tells them of their own alone', letIn);
  });
}

const isOdd = (number: number): boolean => number % 2 === 1;

/** Of each kind, one who is in good standing; and one whose credential is dead. */
const oneOfEach = (principals: readonly Principal[]): readonly Principal[] => [
  ...new Map(principals.map((by) => [`${by.kind} ${by.form ?? ''}`, by])).values(),
];

const apart = <T>(all: readonly T[], isFirst: (each: T) => boolean): readonly [T[], T[]] => [
  all.filter(isFirst),
  all.filter((each) => !isFirst(each)),
];
