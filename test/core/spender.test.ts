import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { simulateLeases } from '../../bench/lease-simulation.ts';
import type { KeyRecord, PrincipalStore, Spend } from '../../lambdas/core/ports.ts';
import { createSpender, LEASED_ABOVE } from '../../lambdas/core/spender.ts';
import { windowsAt } from '../../lambdas/core/windows.ts';
import { createMemoryStores } from '../stores/memory-store.ts';

const START = Date.UTC(2026, 3, 3, 12, 0, 30);

async function setUp(limits: KeyRecord['limits'], fields: Partial<KeyRecord> = {}) {
  const stores = createMemoryStores();
  const key: KeyRecord = {
    id: 'k',
    organizationId: 'org_1',
    status: 'active',
    type: 'secret',
    format: 'opaque',
    mode: 'live',
    label: 'x',
    keyPrefix: 'fpk_live_abc',
    secretHash: 'hash',
    scopes: ['*'],
    limits,
    createdAt: 0,
    createdBy: 'x',
    version: 1,
    ...fields,
  };
  await stores.insertKey(key);
  const counts: number[] = [];
  const counting: PrincipalStore = {
    dropCounters: stores.dropCounters,
    spend(spend) {
      counts.push((spend.type === 'key' && spend.batch?.count) || 1);
      return stores.spend(spend);
    },
  };
  const spendOne = createSpender(counting, 10);
  let known: Parameters<typeof spendOne>[1];
  const ask = async (now: number) => {
    const seconds = Math.floor(now / 1_000);
    const spend: Spend = {
      type: 'key',
      id: 'k',
      secretHash: 'hash',
      now: seconds,
      windows: windowsAt(seconds),
      stale: [],
    };
    const outcome = await spendOne(spend, known, now);
    known = outcome.record;
    return outcome.granted;
  };
  return { stores, key, counts, ask };
}

describe('a key up to 500 requests a second', () => {
  it('is charged for each request in a write of its own', async () => {
    const { counts, ask } = await setUp({ perMinute: LEASED_ABOVE, perHour: 1e6 });
    for (let n = 0; n < 100; n++) expect(await ask(START + n)).toBe(true);
    expect(counts).toEqual(Array(100).fill(1));
  });
});

describe('a key above that', () => {
  const limits = { perMinute: 120_000, perHour: 1e6 };

  it('takes more at once while it is busy, up to 10 ms worth of its limit', async () => {
    const { counts, ask } = await setUp(limits);
    for (let n = 0; n < 200; n++) await ask(START + n);
    expect(counts.slice(0, 8)).toEqual([1, 1, 2, 4, 8, 16, 20, 20]);
  });

  it('takes less when it has become quiet, and little is charged for nothing', async () => {
    const { counts, ask } = await setUp(limits);
    for (let n = 0; n < 200; n++) await ask(START + n);
    const before = counts.length;
    for (let second = 1; second <= 10; second++) await ask(START + second * 2_000);
    expect(counts.slice(before).reduce((sum, count) => sum + count, 0)).toBeLessThan(40);
    expect(counts.at(-1)).toBe(1);
  });

  it('is refused at most a second after it was revoked', async () => {
    const { stores, key, ask } = await setUp(limits);
    for (let n = 0; n < 100; n++) await ask(START + n);
    await stores.revokeKey(key, START / 1_000);
    expect(await ask(START + 1_200)).toBe(false);
  });

  it('is refused from the second that its expiry names', async () => {
    const { ask } = await setUp(limits, { expiresAt: START / 1_000 + 1 });
    for (let n = 0; n < 50; n++) expect(await ask(START + 900 + n)).toBe(true);
    expect(await ask(START + 1_000)).toBe(false);
  });

  it('spends nothing in a minute that was charged to another', async () => {
    const { stores, key, ask, counts } = await setUp(limits);
    const end = START + 30_000;
    for (let n = 0; n < 99; n++) await ask(end - 100 + n);
    counts.length = 0;
    await ask(end);
    expect(counts).toHaveLength(1);
    const { record } = await stores.spend({
      type: 'key',
      id: key.id,
      secretHash: 'hash',
      now: end / 1_000,
      windows: windowsAt(end / 1_000),
      stale: [],
    });
    expect(record?.counters[windowsAt(end / 1_000).minute]).toBe((counts[0] ?? 0) + 1);
  });

  it('obeys a lowered limit with its next lease', async () => {
    const { stores, key, ask } = await setUp(limits);
    for (let n = 0; n < 100; n++) await ask(START + n);
    await stores.updateKey(key, { limits: { perMinute: 5, perHour: 5 } }, START / 1_000);
    expect(await ask(START + 1_200)).toBe(false);
  });

  it('is charged exactly while it is slow', async () => {
    const { ask } = await setUp({ perMinute: 30_001, perHour: 1_000 });
    let granted = 0;
    for (let n = 0; n < 1_000; n++) if (await ask(START + n * 3_000)) granted++;
    expect(granted).toBe(1_000);
    const slow = await setUp({ perMinute: 60_000, perHour: 1e6 });
    for (let n = 0; n < 50; n++) await slow.ask(START + n * 2_000);
    expect(new Set(slow.counts)).toEqual(new Set([1]));
  });

  it('obeys raised limits without a refusal in between', async () => {
    const { stores, key, ask } = await setUp({ perMinute: 60_000, perHour: 1e6 });
    for (let n = 0; n < 30; n++) {
      expect(await ask(START + n * 1_500)).toBe(true);
      await stores.updateKey(key, { limits: { perMinute: 90_000 + n, perHour: 1e6 } }, START / 1_000);
    }
  });

  it('never gets more than a limit that is smaller than a lease', async () => {
    const { ask } = await setUp({ perMinute: 600_000, perHour: 30 });
    let granted = 0;
    for (let n = 0; n < 200; n++) if (await ask(START + n)) granted++;
    expect(granted).toBe(30);
  });
});

describe('many containers with skewed clocks', () => {
  it('never let more through than the limit of any window', async () => {
    const simulations = fc.record({
      containers: fc.integer({ min: 1, max: 60 }),
      requestsPerSecond: fc.integer({ min: 200, max: 2_000 }),
      skew: fc.integer({ min: 0, max: 5_000 }),
      perHour: fc.integer({ min: 1, max: 60_000 }),
      seed: fc.nat(),
    });
    await fc.assert(
      fc.asyncProperty(simulations, async ({ perHour, ...simulation }) => {
        const limits = { perMinute: LEASED_ABOVE + 1, perHour };
        const { byWindow, granted, requests } = await simulateLeases({ ...simulation, limits, seconds: 45 });
        expect(granted).toBeLessThanOrEqual(requests);
        for (const [window, count] of byWindow) {
          expect(count).toBeLessThanOrEqual(window.startsWith('m') ? limits.perMinute : limits.perHour);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('let a busy key have its limit, at fewer than 0.1 writes a request', async () => {
    const { requests, writes, byWindow } = await simulateLeases({
      containers: 20,
      requestsPerSecond: 2_400,
      seconds: 95,
      limits: { perMinute: 120_000, perHour: 10_000_000 },
      skew: 1_000,
      seed: 7,
    });
    expect(writes / requests).toBeLessThan(0.1);
    const whole = byWindow.get(windowsAt(START / 1_000 + 30).minute) ?? 0;
    expect(whole).toBeLessThanOrEqual(120_000);
    expect(whole).toBeGreaterThan(120_000 * 0.99);
  });

  it('refuse a revoked key within a second, however wrong their clocks are', async () => {
    const { lastGrantAfterRevocation, granted } = await simulateLeases({
      containers: 40,
      requestsPerSecond: 2_000,
      seconds: 6,
      limits: { perMinute: 600_000, perHour: 10_000_000 },
      skew: 5_000,
      revokedAt: 3_000,
      seed: 1,
    });
    expect(granted).toBeGreaterThan(5_000);
    expect(lastGrantAfterRevocation).toBeLessThanOrEqual(1_000);
  });
});
