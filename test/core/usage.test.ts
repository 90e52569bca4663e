import { randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listUsage } from '../../lambdas/contract/usage-schemas.ts';
import { createUsage } from '../../lambdas/core/usage.ts';
import type { UsageStore } from '../../lambdas/core/usage-ports.ts';
import { createMemoryUsage } from '../stores/memory-usage.ts';

const START = Date.UTC(2026, 3, 3, 23, 59, 0);
const BOOK = { organizationId: 'org_1', mode: 'live' } as const;

function setUp(wrap: (store: UsageStore) => UsageStore = (store) => store) {
  const store = createMemoryUsage();
  let now = START;
  const newContainer = () => createUsage({ store: wrap(store), clock: { now: () => now }, random: randomBytes });
  const total = async () => {
    const query = listUsage.parse({ from: '2026-04-01', to: '2026-04-30', by: 'meter' });
    const { entries } = await createUsage({ store, clock: { now: () => now }, random: randomBytes }).list(BOOK, query);
    return Object.fromEntries(entries.map(({ meter, quantity, events }) => [meter, [quantity, events]]));
  };
  const pass = (seconds: number) => {
    now += seconds * 1_000;
  };
  return { newContainer, total, pass };
}

describe('usage', () => {
  it('counts each event that was answered once, whatever dies and is repeated, in whichever container and on whichever day', async () => {
    const step = fc.record({
      event: fc.integer({ min: 0, max: 5 }),
      container: fc.integer({ min: 0, max: 2 }),
      // Where the process dies: before or after one of its writes.
      dies: fc.option(fc.constantFrom('before claim', 'after claim', 'before count', 'after count'), { freq: 2 }),
      passes: fc.constantFrom(0, 0, 30, 90_000),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        let dies: string | null = null;
        const dying =
          <A extends unknown[], R>(name: string, write: (...args: A) => Promise<R>) =>
          async (...args: A): Promise<R> => {
            if (dies === `before ${name}`) throw new Error('dead');
            const result = await write(...args);
            if (dies === `after ${name}`) throw new Error('dead');
            return result;
          };
        const world = setUp((store) => ({
          ...store,
          claimUsage: dying('claim', store.claimUsage),
          countUsage: dying('count', store.countUsage),
        }));
        const containers = [world.newContainer(), world.newContainer(), world.newContainer()];
        const [answered, begun] = [new Set<number>(), new Set<number>()];
        for (const { event, container, dies: how, passes } of steps) {
          dies = how;
          const sent = { meter: `m${event}`, customer: 'c', keyId: `key_${container}`, quantity: event + 1 };
          begun.add(event);
          await containers[container]?.track(BOOK, sent, `event ${event}`).then(
            () => answered.add(event),
            () => {},
          );
          world.pass(passes);
        }
        const total = await world.total();
        for (const event of answered) expect(total[`m${event}`]).toEqual([event + 1, 1]);
        // What nobody was told of may be counted, once.
        for (const event of begun) expect(total[`m${event}`] ?? [event + 1, 1]).toEqual([event + 1, 1]);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps a few dozen events together, and adds them all up', async () => {
    const sizes = new Map<string, number>();
    const world = setUp((store) => ({
      ...store,
      async countUsage(book, line, slot, event) {
        const events = await store.countUsage(book, line, slot, event);
        sizes.set(slot, events);
        return events;
      },
    }));
    const usage = world.newContainer();
    for (let event = 0; event < 500; event++) {
      await usage.track(BOOK, { meter: 'm', customer: 'c', keyId: 'key_1', quantity: 0.1 }, undefined);
    }
    expect(await world.total()).toEqual({ m: [50, 500] });
    expect(Math.max(...sizes.values())).toBe(48);
    expect(sizes.size).toBe(11);
  });

  it('is asked about the last thirty days where no days are named, and about 366 at most', async () => {
    const usage = setUp().newContainer();
    const daysOf = async (query: object) => {
      const { from, to } = await usage.list(BOOK, listUsage.parse(query));
      return [from, to];
    };
    expect(await daysOf({})).toEqual(['2026-03-05', '2026-04-03']);
    expect(await daysOf({ from: '2026-04-01' })).toEqual(['2026-04-01', '2026-04-03']);
    expect(await daysOf({ from: '2024-01-01' })).toEqual(['2024-01-01', '2024-12-31']);
    expect(await daysOf({ to: '2026-01-30' })).toEqual(['2026-01-01', '2026-01-30']);
    expect(await daysOf({ from: '2027-01-01' })).toEqual(['2027-01-01', '2027-01-01']);
    expect(await daysOf({ from: '2024-01-01', to: '2024-12-31' })).toEqual(['2024-01-01', '2024-12-31']);
    await expect(daysOf({ from: '2024-01-01', to: '2025-01-01' })).rejects.toMatchObject({ code: 'validation_failed' });
  });
});
