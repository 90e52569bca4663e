import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomBase62 } from '../../lambdas/core/base62.ts';
import type { ItemRecord, KeyRecord, Spend } from '../../lambdas/core/ports.ts';
import { keyPosition } from '../../lambdas/core/position.ts';
import { windowsAt } from '../../lambdas/core/windows.ts';
import type { Stores } from './memory-store.ts';

/** 2026-04-03T12:00:30Z: half a minute from either end of a window. */
const NOW = 1_775_217_630;
const LIMITS = { perMinute: 5, perHour: 8 };

const id = (length: number) => randomBase62(length, randomBytes);
const newOrganization = () => `org_${id(16)}`;

function newKey(fields: Partial<KeyRecord> = {}): KeyRecord {
  return {
    id: id(10),
    organizationId: newOrganization(),
    status: 'active',
    type: 'secret',
    mode: 'live',
    label: 'a key',
    keyPrefix: 'fpk_live_abc',
    secretHash: id(43),
    scopes: ['*'],
    limits: LIMITS,
    createdAt: NOW - 1_000,
    createdBy: 'somebody',
    version: 1,
    ...fields,
  };
}

const spendKey = (key: KeyRecord, now = NOW, fields: Partial<Spend> = {}): Spend =>
  ({
    type: 'key',
    id: key.id,
    secretHash: key.secretHash,
    now,
    windows: windowsAt(now),
    stale: [],
    ...fields,
  }) as Spend;

const spendMember = (subject: string, now = NOW): Spend => ({
  type: 'member',
  id: subject,
  limits: LIMITS,
  now,
  windows: windowsAt(now),
  stale: [],
});

/** What every store engine does alike. */
export function describeStoreContract(engine: string, open: () => Promise<{ stores: Stores; close(): Promise<void> }>) {
  describe(`stores on ${engine}`, () => {
    let stores: Stores;
    let close: () => Promise<void>;
    beforeAll(async () => {
      ({ stores, close } = await open());
    });
    afterAll(() => close());

    const insert = async (fields: Partial<KeyRecord> = {}): Promise<KeyRecord> => {
      const key = newKey(fields);
      expect(await stores.insertKey(key)).toBe(true);
      return key;
    };

    describe('spending from a key', () => {
      it('charges both windows and returns who it is', async () => {
        const key = await insert({ scopes: ['items:read'], mode: 'test', expiresAt: NOW + 1 });
        await stores.spend(spendKey(key));
        const outcome = await stores.spend(spendKey(key));
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
        expect((await stores.getKey(key))?.lastUsedAt).toBe(NOW);
      });

      it('refuses an id that does not exist, and leaves nothing behind', async () => {
        const key = newKey();
        expect(await stores.spend(spendKey(key))).toEqual({ granted: false, record: undefined });
        expect(await stores.getKey(key)).toBeUndefined();
      });

      it('refuses another secret, charges nothing and returns the item', async () => {
        const key = await insert();
        const outcome = await stores.spend(spendKey(key, NOW, { secretHash: id(43) } as Partial<Spend>));
        expect(outcome.granted).toBe(false);
        expect(outcome.record?.secretHash).toBe(key.secretHash);
        expect(outcome.record?.counters).toEqual({});
      });

      it('refuses a revoked key', async () => {
        const key = await insert();
        await stores.revokeKey(key, NOW);
        const outcome = await stores.spend(spendKey(key));
        expect([outcome.granted, outcome.record?.status]).toEqual([false, 'revoked']);
      });

      it('grants in the last second before expiry and not in the one it names', async () => {
        const key = await insert({ expiresAt: NOW });
        expect((await stores.spend(spendKey(key, NOW - 1))).granted).toBe(true);
        expect((await stores.spend(spendKey(key, NOW))).granted).toBe(false);
      });

      it('grants up to the minute limit, then up to the hour limit', async () => {
        const key = await insert();
        const granted = async (now: number) => (await stores.spend(spendKey(key, now))).granted;
        for (let spent = 0; spent < 5; spent++) expect(await granted(NOW)).toBe(true);
        expect(await granted(NOW)).toBe(false);
        for (let spent = 5; spent < 8; spent++) expect(await granted(NOW + 60)).toBe(true);
        expect(await granted(NOW + 60)).toBe(false);
        expect(await granted(NOW + 3_600)).toBe(true);
      });

      it('lets exactly the limit through under concurrency', async () => {
        const key = await insert({ limits: { perMinute: 100, perHour: 1_000 } });
        const outcomes = await Promise.all(Array.from({ length: 300 }, () => stores.spend(spendKey(key))));
        expect(outcomes.filter(({ granted }) => granted)).toHaveLength(100);
        const refused = outcomes.find(({ granted }) => !granted);
        expect(refused?.record?.counters[windowsAt(NOW).minute]).toBe(100);
      });

      it('charges a batch, all of it or nothing', async () => {
        const key = await insert({ limits: { perMinute: 10, perHour: 15 } });
        const take = async (count: number, now = NOW) =>
          (await stores.spend(spendKey(key, now, { batch: { count, limits: key.limits } } as Partial<Spend>))).granted;
        expect(await take(11)).toBe(false);
        expect(await take(6)).toBe(true);
        expect(await take(5)).toBe(false);
        expect(await take(4)).toBe(true);
        expect((await stores.spend(spendKey(key))).granted).toBe(false);
        expect(await take(6, NOW + 60)).toBe(false);
        expect(await take(5, NOW + 60)).toBe(true);
        const { minute, hour } = windowsAt(NOW + 60);
        const { record } = await stores.spend(spendKey(key, NOW + 60));
        expect([record?.counters[minute], record?.counters[hour]]).toEqual([5, 15]);
      });

      it('grants no batch that was counted by other limits', async () => {
        const key = await insert({ limits: { perMinute: 10, perHour: 15 } });
        for (const limits of [
          { perMinute: 9, perHour: 15 },
          { perMinute: 10, perHour: 16 },
        ]) {
          const spend = spendKey(key, NOW, { batch: { count: 2, limits } } as Partial<Spend>);
          expect((await stores.spend(spend)).granted).toBe(false);
        }
        const wrong = { secretHash: id(43), batch: { count: 2, limits: key.limits } } as Partial<Spend>;
        expect((await stores.spend(spendKey(key, NOW, wrong))).granted).toBe(false);
      });

      it('drops the counters it is told are stale', async () => {
        const key = await insert();
        await stores.spend(spendKey(key, NOW));
        const later = NOW + 120;
        const outcome = await stores.spend(spendKey(key, later, { stale: [windowsAt(NOW).minute] }));
        expect(outcome.record?.counters).toEqual({ [windowsAt(later).minute]: 1, [windowsAt(later).hour]: 2 });
      });
    });

    it('drops counters, as many as a hundred, and makes no item by that', async () => {
      const key = await insert({ limits: { perMinute: 1_000, perHour: 1_000 } });
      const minutes = Array.from({ length: 50 }, (_, n) => NOW + n * 3_600);
      for (const now of minutes) await stores.spend(spendKey(key, now));
      const names = minutes.flatMap((now) => Object.values(windowsAt(now)));
      await stores.dropCounters({ type: 'key', id: key.id }, names);
      const later = NOW + 100 * 3_600;
      const { minute, hour } = windowsAt(later);
      expect((await stores.spend(spendKey(key, later))).record?.counters).toEqual({ [minute]: 1, [hour]: 1 });

      const absent = newKey();
      await stores.dropCounters({ type: 'key', id: absent.id }, names);
      expect(await stores.spend(spendKey(absent))).toEqual({ granted: false, record: undefined });
    });

    describe('spending from a member', () => {
      it('makes the item at the first spend, and holds it to its limits', async () => {
        const subject = id(20);
        const outcomes = await Promise.all(Array.from({ length: 9 }, () => stores.spend(spendMember(subject))));
        expect(outcomes.filter(({ granted }) => granted)).toHaveLength(5);
        expect((await stores.spend(spendMember(subject, NOW + 60))).record).toEqual({
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

    describe('keys', () => {
      it('returns what was inserted', async () => {
        const key = await insert({ expiresAt: NOW + 5, replaces: id(10) });
        expect(await stores.getKey(key)).toEqual(key);
      });

      it('knows a repeated insert from a taken id', async () => {
        const key = await insert();
        expect(await stores.insertKey(key)).toBe(true);
        expect(await stores.insertKey({ ...newKey(), id: key.id })).toBe(false);
        expect(await stores.getKey(key)).toEqual(key);
      });

      it('does not show, change, revoke or replace the key of another organization', async () => {
        const key = await insert();
        const foreign = { ...key, organizationId: newOrganization() };
        expect(await stores.getKey(foreign)).toBeUndefined();
        expect(await stores.updateKey(foreign, { label: 'mine' }, NOW)).toBeUndefined();
        expect(await stores.revokeKey(foreign, NOW)).toBe(false);
        expect(await stores.replaceKey(foreign, id(10), NOW, NOW)).toBe(false);
        expect(await stores.getKey(key)).toEqual(key);
      });

      it('changes label and scopes, one or both, and raises the version', async () => {
        const key = await insert();
        expect(await stores.updateKey(key, { label: 'new' }, NOW)).toEqual({ ...key, label: 'new', version: 2 });
        const changed = await stores.updateKey(key, { label: 'newer', scopes: ['items:read'] }, NOW);
        expect(changed).toEqual({ ...key, label: 'newer', scopes: ['items:read'], version: 3 });
        expect((await stores.spend(spendKey(key))).record).toMatchObject({ version: 3, scopes: ['items:read'] });
      });

      it('changes limits, which the next spend obeys', async () => {
        const key = await insert({ limits: { perMinute: 1, perHour: 9 } });
        await stores.spend(spendKey(key));
        expect((await stores.spend(spendKey(key))).granted).toBe(false);
        const limits = { perMinute: 2, perHour: 8 };
        expect(await stores.updateKey(key, { limits }, NOW)).toMatchObject({ limits, version: 2 });
        expect((await stores.spend(spendKey(key))).granted).toBe(true);
        expect((await stores.spend(spendKey(key))).granted).toBe(false);
      });

      it('changes a key of the version that was read, where one is given', async () => {
        const key = await insert();
        expect(await stores.updateKey(key, { label: 'one' }, NOW, 1)).toMatchObject({ label: 'one', version: 2 });
        expect(await stores.updateKey(key, { label: 'two' }, NOW, 1)).toBeUndefined();
        expect(await stores.updateKey(key, { label: 'three' }, NOW)).toMatchObject({ label: 'three', version: 3 });
      });

      it('sets and removes networks', async () => {
        const key = await insert();
        const allowedCidrs = ['192.0.2.0/24'];
        expect(await stores.updateKey(key, { allowedCidrs, label: 'bound' }, NOW)).toMatchObject({ allowedCidrs });
        expect((await stores.spend(spendKey(key))).record).toMatchObject({ allowedCidrs, version: 2 });
        expect(await stores.updateKey(key, { allowedCidrs: null }, NOW)).not.toHaveProperty('allowedCidrs');
        expect((await stores.spend(spendKey(key))).record).not.toHaveProperty('allowedCidrs');
        expect(await stores.getKey(key)).toMatchObject({ label: 'bound', version: 3 });
      });

      it('changes no key that is revoked, expired or absent', async () => {
        const [revoked, expired] = [await insert(), await insert({ expiresAt: NOW })];
        await stores.revokeKey(revoked, NOW);
        for (const key of [revoked, expired, newKey()]) {
          expect(await stores.updateKey(key, { label: 'new' }, NOW)).toBeUndefined();
        }
        expect((await stores.getKey(expired))?.label).toBe('a key');
      });

      it('revokes once', async () => {
        const key = await insert();
        expect(await stores.revokeKey(key, NOW)).toBe(true);
        expect(await stores.revokeKey(key, NOW + 1)).toBe(false);
        expect(await stores.getKey(key)).toEqual({ ...key, status: 'revoked', revokedAt: NOW, version: 2 });
      });

      it('replaces a key at once, or after a grace that does not outlive its own expiry', async () => {
        const [now, later, sooner] = [await insert(), await insert(), await insert({ expiresAt: NOW + 5 })];
        const [successor] = [id(10)];
        for (const [key, until] of [
          [now, NOW],
          [later, NOW + 60],
          [sooner, NOW + 60],
        ] as const) {
          expect(await stores.replaceKey(key, successor, until, NOW)).toBe(true);
          expect(await stores.replaceKey(key, id(10), until, NOW)).toBe(false);
        }
        expect(await stores.getKey(now)).toEqual({
          ...now,
          status: 'revoked',
          revokedAt: NOW,
          replacedBy: successor,
          version: 2,
        });
        expect(await stores.getKey(later)).toEqual({
          ...later,
          expiresAt: NOW + 60,
          replacedBy: successor,
          version: 2,
        });
        expect(await stores.getKey(sooner)).toEqual({ ...sooner, replacedBy: successor, version: 2 });
      });

      it('knows a repeated replacement, and replaces no key that has changed since it was read', async () => {
        const [key, changed] = [await insert(), await insert()];
        const successor = id(10);
        expect(await stores.replaceKey(key, successor, NOW + 60, NOW)).toBe(true);
        expect(await stores.replaceKey(key, successor, NOW + 60, NOW)).toBe(true);
        await stores.updateKey(changed, { scopes: ['items:read'] }, NOW);
        for (const until of [NOW, NOW + 60])
          expect(await stores.replaceKey(changed, successor, until, NOW)).toBe(false);
        await stores.spend(spendKey(changed));
        const read = await stores.getKey(changed);
        expect(read && (await stores.replaceKey(read, successor, NOW, NOW))).toBe(true);
      });

      it('lets one of many replacements through', async () => {
        const key = await insert();
        const done = await Promise.all(Array.from({ length: 10 }, () => stores.replaceKey(key, id(10), NOW + 9, NOW)));
        expect(done.filter(Boolean)).toHaveLength(1);
      });

      it('deletes', async () => {
        const key = await insert();
        await stores.deleteKey(key);
        expect(await stores.getKey(key)).toBeUndefined();
      });
    });

    describe('lists of keys', () => {
      it('pages through active keys in order, then with revoked ones after them', async () => {
        const organizationId = newOrganization();
        await insert();
        const keys: KeyRecord[] = [];
        for (let n = 0; n < 7; n++) keys.push(await insert({ organizationId, createdAt: NOW + n }));
        const [first, , third] = keys as [KeyRecord, KeyRecord, KeyRecord];
        await stores.revokeKey(third, NOW + 20);
        await stores.revokeKey(first, NOW + 30);
        const active = keys.filter((key) => key !== first && key !== third).map((key) => key.id);

        const walk = async (includeRevoked: boolean) => {
          const ids: string[] = [];
          let after: string | undefined;
          do {
            const page = await stores.listKeys(organizationId, includeRevoked, { limit: 2, after });
            ids.push(...page.entries.map(({ key }) => key.id));
            after = page.next;
          } while (after !== undefined);
          return ids;
        };
        expect(await walk(false)).toEqual(active);
        expect(await walk(true)).toEqual([...active, third.id, first.id]);
      });

      it('shows what a spend wrote', async () => {
        const key = await insert();
        await stores.spend(spendKey(key));
        expect((await stores.listKeys(key.organizationId, false, { limit: 9 })).entries).toEqual([
          { position: keyPosition(key), key: { ...key, lastUsedAt: NOW } },
        ]);
      });

      it('is empty for an organization without keys', async () => {
        expect(await stores.listKeys(newOrganization(), true, { limit: 9 })).toEqual({ entries: [] });
      });
    });

    describe('organizations', () => {
      it('returns what was inserted, and not what was deleted', async () => {
        const organization = { id: newOrganization(), name: 'Acme', createdAt: NOW };
        await stores.insertOrganization(organization);
        expect(await stores.getOrganization(organization.id)).toEqual(organization);
        await stores.deleteOrganization(organization.id);
        expect(await stores.getOrganization(organization.id)).toBeUndefined();
      });

      it('joins a person once, with or without a request of theirs before', async () => {
        const [fresh, known] = [id(20), id(20)];
        await stores.spend(spendMember(known));
        for (const subject of [fresh, known]) {
          const organizationId = newOrganization();
          expect(await stores.joinOrganization(subject, organizationId, 'owner', LIMITS, NOW)).toBe(true);
          expect(await stores.joinOrganization(subject, newOrganization(), 'owner', LIMITS, NOW)).toBe(false);
          expect((await stores.spend(spendMember(subject))).record).toMatchObject({
            organizationId,
            role: 'owner',
            version: 1,
            limits: LIMITS,
          });
        }
      });

      it('lets one of many joins through', async () => {
        const subject = id(20);
        const joins = Array.from({ length: 10 }, () =>
          stores.joinOrganization(subject, newOrganization(), 'owner', LIMITS, NOW),
        );
        expect((await Promise.all(joins)).filter(Boolean)).toHaveLength(1);
      });
    });

    describe('items', () => {
      it('pages in order, within one organization and mode', async () => {
        const organizationId = newOrganization();
        const items: ItemRecord[] = [];
        for (let n = 0; n < 5; n++) {
          const item = { id: `item_${id(16)}`, content: { name: `item ${n}`, size: n }, createdAt: NOW + n };
          items.push(item);
          await stores.insertItem(organizationId, 'live', item);
        }
        await stores.insertItem(organizationId, 'test', {
          id: `item_${id(16)}`,
          content: { name: 'a test' },
          createdAt: NOW,
        });
        const first = await stores.listItems(organizationId, 'live', { limit: 3 });
        const second = await stores.listItems(organizationId, 'live', { limit: 3, after: first.next });
        expect([...first.entries, ...second.entries]).toEqual(items);
        expect(second.next).toBeUndefined();
        expect((await stores.listItems(organizationId, 'test', { limit: 3 })).entries).toHaveLength(1);
        expect(await stores.listItems(newOrganization(), 'live', { limit: 3 })).toEqual({ entries: [] });
      });
    });
  });
}
