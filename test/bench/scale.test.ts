import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { priceOf, prices } from '../../bench/prices.ts';
import { costOf } from '../../bench/scale/cost.ts';
import { createEnvironments, createGateway } from '../../bench/scale/front-model.ts';
import { assumed, limits } from '../../bench/scale/limits.ts';
import { type Region, type RegionFigures, requestsIn, simulateRegion } from '../../bench/scale/one-region.ts';
import { CASES, rampTable, steadyRow } from '../../bench/scale/one-region-tables.ts';
import { type Design, simulateRegions } from '../../bench/scale/regions.ts';
import { garbageTable, strongTable } from '../../bench/scale/regions-tables.ts';
import { createTableModel } from '../../bench/scale/table-model.ts';
import { bodyOf, DOCUMENT, found, limitsTable } from '../../bench/scale.ts';

const REGION: Region = {
  traffic: { requestsPerSecond: 2_600, customers: 2_000, large: 0.3, hammering: 0.1 },
  bursts: { every: 2, times: 2 },
  seconds: 4,
  gateway: { rate: 2_400, burst: 300 },
  fleet: { environments: 180 },
  table: { partitions: 1, quota: 40_000 },
  skew: 2_000,
  seed: 7,
};

const outcomesOf = ({ by }: RegionFigures) => [by.large.outcomes, by.hammering.outcomes, by.other.outcomes];
const sumOf = (figures: RegionFigures, name: keyof RegionFigures['by']['large']['outcomes']) =>
  outcomesOf(figures).reduce((sum, outcomes) => sum + outcomes[name], 0);

describe('one Region', () => {
  it('gives every request one outcome, lets nobody over a limit, and is the same for the same seed', async () => {
    const figures = await simulateRegion(REGION);
    expect(outcomesOf(figures).reduce((sum, outcomes) => sum + requestsIn(outcomes), 0)).toBe(figures.requests);
    expect(figures.overLimit).toBe(0);
    // All that can turn a request away does.
    for (const name of ['granted', 'limited', 'unavailable', 'gated', 'crowded'] as const) {
      expect(sumOf(figures, name)).toBeGreaterThan(0);
    }
    expect(await simulateRegion(REGION)).toEqual(figures);
    expect(await simulateRegion({ ...REGION, seed: 8 })).not.toEqual(figures);
  });

  it.each([1, 20, 200])(
    'lets a revoked key that leases in for a second at the most, with %i containers',
    async (processes) => {
      const figures = await simulateRegion({
        ...REGION,
        traffic: { requestsPerSecond: 1_500, customers: 0, large: 1, hammering: 0 },
        fleet: { processes },
        seconds: 5,
        revokedAt: 2_500,
      });
      expect(figures.lastGrantAfterRevocation).toBeLessThanOrEqual(1_000);
      expect(sumOf(figures, 'refused')).toBeGreaterThan(1_000);
    },
  );

  it('writes more for a key that leases the more containers there are, and turns less away the more partitions', async () => {
    const at = (processes: number, partitions: number) =>
      simulateRegion({
        ...REGION,
        traffic: { requestsPerSecond: 2_000, customers: 500, large: 0.5, hammering: 0 },
        gateway: { rate: 10_000, burst: 5_000 },
        fleet: { processes },
        table: { partitions },
        settling: 3,
        seconds: 5,
      });
    const fleets = [await at(5, 8), await at(100, 8), await at(400, 8)].map(({ by }) => by.large.writes);
    expect(fleets).toEqual(fleets.toSorted((a, b) => a - b));
    const tables = [await at(5, 1), await at(5, 8)].map((figures) => sumOf(figures, 'unavailable'));
    expect(tables[0]).toBeGreaterThan(tables[1] as number);
  });
});

describe('a partition', () => {
  const { value: most } = limits.partitionWrites;

  it('takes 1,000 writes in a second, not 1,001, and as many in the next, however idle it was', () => {
    const table = createTableModel({ partitions: 1 });
    const writes = (at: number) => Array.from({ length: most }, () => table.write(0.5, at));
    expect(writes(60_000)).not.toContain('partition_full');
    expect(table.write(0.5, 60_999)).toBe('partition_full');
    expect(writes(61_000)).not.toContain('partition_full');
    expect(table.figures()).toMatchObject({ written: 2 * most, refused: 1, hottestPeak: most });
  });

  it('takes no more where the table has reached its quota', () => {
    const table = createTableModel({ partitions: 2, quota: 10 });
    const written = Array.from({ length: 11 }, (_, index) => table.write(index / 11, 0));
    expect(written.filter((each) => each === 'written')).toHaveLength(10);
    expect(written.at(-1)).toBe('quota_reached');
  });

  it('is split when it was full for long enough, which helps two items and not one', () => {
    const fill = (places: readonly number[], seconds: number) => {
      const table = createTableModel({ partitions: 1 });
      for (let second = 0; second < seconds; second++) {
        for (let n = 0; n < most; n++) table.write(places[n % places.length] as number, second * 1_000);
      }
      let written = 0;
      for (let n = 0; n < 2 * most; n++) {
        if (table.write(places[n % places.length] as number, seconds * 1_000) === 'written') written++;
      }
      return written;
    };
    expect(fill([0.2, 0.8], assumed.splitsAfter - 1)).toBe(most);
    expect(fill([0.2, 0.8], assumed.splitsAfter)).toBe(2 * most);
    expect(fill([0.2], assumed.splitsAfter)).toBe(most);
  });
});

describe('the front', () => {
  it('lets a burst in and no more, then what flows in', () => {
    const gateway = createGateway(10, 5);
    expect(Array.from({ length: 6 }, () => gateway.take(0))).toEqual([true, true, true, true, true, false]);
    expect([gateway.take(99), gateway.take(100), gateway.take(101)]).toEqual([false, true, false]);
  });

  it('has as many environments as its quota, each of them ten times a second', () => {
    const fleet = createEnvironments(1, () => 0);
    const seat = fleet.seat(0);
    expect([seat?.cold, fleet.seat(0)]).toEqual([true, undefined]);
    if (seat) fleet.leave(seat, 0, 5);
    expect([fleet.seat(99), fleet.seat(100)]).toEqual([undefined, { container: 0, cold: false }]);
  });
});

describe('Regions', () => {
  const many = (design: Design, seed: number) =>
    simulateRegions({ design, regions: 3, lag: 500, requestsPerSecond: 30, perMinute: 600, seconds: 60, seed });

  it('grant several times a limit where each has its replica of the item, and never more than it otherwise', async () => {
    expect((await many('one-item', 1)).mostOfLimit).toBeGreaterThan(2);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom<Design>('home', 'split'), fc.nat(1_000), async (design, seed) => {
        expect((await many(design, seed)).mostOfLimit).toBeLessThanOrEqual(1);
      }),
      { numRuns: 10 },
    );
  });

  it('lose a revocation to a later spend, but where the status is apart or the item has one home', async () => {
    const revoked = async (design: Design) => {
      const setting = { design, regions: 2, lag: 1_000, requestsPerSecond: 60, perMinute: 30_000 };
      return (await simulateRegions({ ...setting, seconds: 10, revokedAt: 5_000, seed: 1 })).revoked;
    };
    expect(await revoked('one-item')).toBe(false);
    expect([await revoked('home'), await revoked('split')]).toEqual([true, true]);
  });
});

it('prices by tiers, and a load more the greater it is', () => {
  expect(priceOf(prices.restRequest, 333e6)).toBeCloseTo(1_165.5);
  expect(priceOf(prices.restRequest, 334e6)).toBeCloseTo(1_168.3);
  const together = (requestsPerSecond: number) => {
    const cost = costOf({ requestsPerSecond, writesPerRequest: 1, front: 'api-gateway' });
    return Object.values(cost).reduce((sum: number, part: number) => sum + part, 0);
  };
  const costs = [100, 10_000, 1_000_000].map(together);
  expect(costs).toEqual(costs.toSorted((a, b) => a - b));
});

describe('docs/scale.md', () => {
  const markdown = readFileSync(DOCUMENT, 'utf8');

  it.each([
    ['limits', limitsTable],
    ['ramp', rampTable],
    ['strong', strongTable],
    ['garbage', garbageTable],
  ])('says of %s what the models say', (name, table) => {
    expect(found(markdown, name)).toBe(bodyOf(table()));
  });

  it('says of the smallest load what the simulation says', async () => {
    const [smallest] = CASES;
    if (!smallest) throw new Error('there is no case');
    const row = steadyRow(smallest, await simulateRegion(smallest.region));
    expect(found(markdown, 'steady')).toContain(`| ${row.join(' | ')} |`);
  });

  it.each(['steady', 'leases', 'eventual', 'cost'])('has the table of %s', (name) => {
    expect(found(markdown, name)?.split('\n').length).toBeGreaterThan(4);
  });
});
