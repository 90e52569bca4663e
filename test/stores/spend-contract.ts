import { describe, expect, it } from 'vitest';
import type { Spend } from '../../lambdas/core/ports.ts';
import { windowsAt } from '../../lambdas/core/windows.ts';
import { type Engine, id, LIMITS, NOW, newKey, spendKey, spendMember } from './fixtures.ts';

/** Charging keys and members: who is granted, and what is counted. */
export function describeSpending(engine: Engine): void {
  describe('spending from a key', () => {
    it('charges both windows and returns who it is', async () => {
      const key = await engine.insert({ scopes: ['items:read'], mode: 'test', expiresAt: NOW + 1 });
      await engine.stores.spend(spendKey(key));
      const outcome = await engine.stores.spend(spendKey(key));
      expect(outcome).toEqual({
        granted: true,
        record: {
          type: 'key',
          id: key.id,
          status: 'active',
          organizationId: key.organizationId,
          keyType: 'secret',
          mode: 'test',
          scopes: ['items:read'],
          secretHash: key.secretHash,
          expiresAt: NOW + 1,
          limits: LIMITS,
          counters: { [windowsAt(NOW).minute]: 2, [windowsAt(NOW).hour]: 2 },
          version: 1,
        },
      });
      expect((await engine.stores.getKey(key))?.lastUsedAt).toBe(NOW);
    });

    it('refuses an id that does not exist, and leaves nothing behind', async () => {
      const key = newKey();
      expect(await engine.stores.spend(spendKey(key))).toEqual({ granted: false, record: undefined });
      expect(await engine.stores.getKey(key)).toBeUndefined();
    });

    it('refuses another secret, charges nothing and returns the item', async () => {
      const key = await engine.insert();
      const outcome = await engine.stores.spend(spendKey(key, NOW, { secretHash: id(43) } as Partial<Spend>));
      expect(outcome.granted).toBe(false);
      expect(outcome.record?.secretHash).toBe(key.secretHash);
      expect(outcome.record?.counters).toEqual({});
    });

    it('refuses a revoked key', async () => {
      const key = await engine.insert();
      await engine.stores.revokeKey(key, NOW);
      const outcome = await engine.stores.spend(spendKey(key));
      expect([outcome.granted, outcome.record?.status]).toEqual([false, 'revoked']);
    });

    it('grants in the last second before expiry and not in the one it names', async () => {
      const key = await engine.insert({ expiresAt: NOW });
      expect((await engine.stores.spend(spendKey(key, NOW - 1))).granted).toBe(true);
      expect((await engine.stores.spend(spendKey(key, NOW))).granted).toBe(false);
    });

    it('grants up to the minute limit, then up to the hour limit', async () => {
      const key = await engine.insert();
      const granted = async (now: number) => (await engine.stores.spend(spendKey(key, now))).granted;
      for (let spent = 0; spent < 5; spent++) expect(await granted(NOW)).toBe(true);
      expect(await granted(NOW)).toBe(false);
      for (let spent = 5; spent < 8; spent++) expect(await granted(NOW + 60)).toBe(true);
      expect(await granted(NOW + 60)).toBe(false);
      expect(await granted(NOW + 3_600)).toBe(true);
    });

    it('lets exactly the limit through under concurrency', async () => {
      const key = await engine.insert({ limits: { perMinute: 100, perHour: 1_000 } });
      const outcomes = await Promise.all(Array.from({ length: 300 }, () => engine.stores.spend(spendKey(key))));
      expect(outcomes.filter(({ granted }) => granted)).toHaveLength(100);
      const refused = outcomes.find(({ granted }) => !granted);
      expect(refused?.record?.counters[windowsAt(NOW).minute]).toBe(100);
    });

    it('charges a batch, all of it or nothing', async () => {
      const key = await engine.insert({ limits: { perMinute: 10, perHour: 15 } });
      const take = async (count: number, now = NOW) =>
        (await engine.stores.spend(spendKey(key, now, { batch: { count, limits: key.limits } } as Partial<Spend>)))
          .granted;
      expect(await take(11)).toBe(false);
      expect(await take(6)).toBe(true);
      expect(await take(5)).toBe(false);
      expect(await take(4)).toBe(true);
      expect((await engine.stores.spend(spendKey(key))).granted).toBe(false);
      expect(await take(6, NOW + 60)).toBe(false);
      expect(await take(5, NOW + 60)).toBe(true);
      const { minute, hour } = windowsAt(NOW + 60);
      const { record } = await engine.stores.spend(spendKey(key, NOW + 60));
      expect([record?.counters[minute], record?.counters[hour]]).toEqual([5, 15]);
    });

    it('grants no batch that was counted by other limits', async () => {
      const key = await engine.insert({ limits: { perMinute: 10, perHour: 15 } });
      for (const limits of [
        { perMinute: 9, perHour: 15 },
        { perMinute: 10, perHour: 16 },
      ]) {
        const spend = spendKey(key, NOW, { batch: { count: 2, limits } } as Partial<Spend>);
        expect((await engine.stores.spend(spend)).granted).toBe(false);
      }
      const wrong = { secretHash: id(43), batch: { count: 2, limits: key.limits } } as Partial<Spend>;
      expect((await engine.stores.spend(spendKey(key, NOW, wrong))).granted).toBe(false);
    });

    it('drops the counters it is told are stale', async () => {
      const key = await engine.insert();
      await engine.stores.spend(spendKey(key, NOW));
      const later = NOW + 120;
      const outcome = await engine.stores.spend(spendKey(key, later, { stale: [windowsAt(NOW).minute] }));
      expect(outcome.record?.counters).toEqual({ [windowsAt(later).minute]: 1, [windowsAt(later).hour]: 2 });
    });
  });

  it('drops counters, as many as a hundred, and makes no item by that', async () => {
    const key = await engine.insert({ limits: { perMinute: 1_000, perHour: 1_000 } });
    const minutes = Array.from({ length: 50 }, (_, n) => NOW + n * 3_600);
    for (const now of minutes) await engine.stores.spend(spendKey(key, now));
    const names = minutes.flatMap((now) => Object.values(windowsAt(now)));
    await engine.stores.dropCounters({ type: 'key', id: key.id }, names);
    const later = NOW + 100 * 3_600;
    const { minute, hour } = windowsAt(later);
    expect((await engine.stores.spend(spendKey(key, later))).record?.counters).toEqual({ [minute]: 1, [hour]: 1 });

    const absent = newKey();
    await engine.stores.dropCounters({ type: 'key', id: absent.id }, names);
    expect(await engine.stores.spend(spendKey(absent))).toEqual({ granted: false, record: undefined });
  });

  describe('spending from a member', () => {
    it('makes the item at the first spend, and holds it to its limits', async () => {
      const subject = id(20);
      const outcomes = await Promise.all(Array.from({ length: 9 }, () => engine.stores.spend(spendMember(subject))));
      expect(outcomes.filter(({ granted }) => granted)).toHaveLength(5);
      expect((await engine.stores.spend(spendMember(subject, NOW + 60))).record).toEqual({
        type: 'member',
        id: subject,
        status: 'active',
        mode: 'live',
        limits: LIMITS,
        counters: { [windowsAt(NOW).minute]: 5, [windowsAt(NOW + 60).minute]: 1, [windowsAt(NOW).hour]: 6 },
        version: 0,
      });
    });
  });
  describe('spending from an address', () => {
    const spendAddress = (address: string, now = NOW, limits = LIMITS): Spend => ({
      type: 'anonymous',
      id: address,
      limits,
      now,
      windows: windowsAt(now),
      stale: [],
    });

    it('makes the item at the first spend, and holds it to the limits that it names', async () => {
      const address = id(12);
      const outcomes = await Promise.all(Array.from({ length: 9 }, () => engine.stores.spend(spendAddress(address))));
      expect(outcomes.filter(({ granted }) => granted)).toHaveLength(5);
      const refused = await engine.stores.spend(spendAddress(address));
      expect(refused).toEqual({
        granted: false,
        record: {
          type: 'anonymous',
          id: address,
          status: 'active',
          mode: 'live',
          limits: LIMITS,
          counters: { [windowsAt(NOW).minute]: 5, [windowsAt(NOW).hour]: 5 },
          version: 0,
        },
      });
      const more = { perMinute: 6, perHour: 100 };
      expect((await engine.stores.spend(spendAddress(address, NOW, more))).granted).toBe(true);
      expect((await engine.stores.spend(spendAddress(address, NOW, more))).granted).toBe(false);
    });

    it('counts by the hour, too, and each address by itself', async () => {
      const [one, other] = [id(12), id(12)];
      for (let spent = 0; spent < 8; spent++) {
        expect((await engine.stores.spend(spendAddress(one, NOW + 60 * Math.floor(spent / 4)))).granted).toBe(true);
      }
      expect((await engine.stores.spend(spendAddress(one, NOW + 120))).granted).toBe(false);
      expect((await engine.stores.spend(spendAddress(other, NOW + 120))).granted).toBe(true);
    });

    it('drops the counters it is told are stale', async () => {
      const address = id(12);
      await engine.stores.spend(spendAddress(address));
      const { minute, hour } = windowsAt(NOW + 120);
      const later = { ...spendAddress(address, NOW + 120), stale: [windowsAt(NOW).minute] };
      expect((await engine.stores.spend(later)).record?.counters).toEqual({ [minute]: 1, [hour]: 2 });
    });
  });
}
