import { describe, expect, it } from 'vitest';
import type { KeyRecord } from '../../lambdas/core/ports.ts';
import { keyPosition } from '../../lambdas/core/position.ts';
import { windowsAt } from '../../lambdas/core/windows.ts';
import { type Engine, id, NOW, newKey, newOrganization, spendKey } from './fixtures.ts';

/** Keys: inserting, changing, ending and listing them. */
export function describeKeyStore(engine: Engine): void {
  describe('keys', () => {
    it('returns what was inserted', async () => {
      const key = await engine.insert({ expiresAt: NOW + 5, replaces: id(10) });
      expect(await engine.stores.getKey(key)).toEqual(key);
    });

    it('knows a repeated insert from a taken id', async () => {
      const key = await engine.insert();
      expect(await engine.stores.insertKey(key)).toBe(true);
      expect(await engine.stores.insertKey({ ...newKey(), id: key.id })).toBe(false);
      expect(await engine.stores.getKey(key)).toEqual(key);
    });

    it('does not show, change, revoke or replace the key of another organization', async () => {
      const key = await engine.insert();
      const foreign = { ...key, organizationId: newOrganization() };
      expect(await engine.stores.getKey(foreign)).toBeUndefined();
      expect(await engine.stores.updateKey(foreign, { label: 'mine' }, NOW)).toBeUndefined();
      expect(await engine.stores.revokeKey(foreign, NOW)).toBe(false);
      expect(await engine.stores.replaceKey(foreign, id(10), NOW, NOW)).toBe(false);
      expect(await engine.stores.getKey(key)).toEqual(key);
    });

    it('changes label and scopes, one or both, and raises the version', async () => {
      const key = await engine.insert();
      expect(await engine.stores.updateKey(key, { label: 'new' }, NOW)).toEqual({ ...key, label: 'new', version: 2 });
      const changed = await engine.stores.updateKey(key, { label: 'newer', scopes: ['items:read'] }, NOW);
      expect(changed).toEqual({ ...key, label: 'newer', scopes: ['items:read'], version: 3 });
      expect((await engine.stores.spend(spendKey(key))).record).toMatchObject({ version: 3, scopes: ['items:read'] });
    });

    it('changes limits, which the next spend obeys', async () => {
      const key = await engine.insert({ limits: { perMinute: 1, perHour: 9 } });
      await engine.stores.spend(spendKey(key));
      expect((await engine.stores.spend(spendKey(key))).granted).toBe(false);
      const limits = { perMinute: 2, perHour: 8 };
      expect(await engine.stores.updateKey(key, { limits }, NOW)).toMatchObject({ limits, version: 2 });
      expect((await engine.stores.spend(spendKey(key))).granted).toBe(true);
      expect((await engine.stores.spend(spendKey(key))).granted).toBe(false);
    });

    it('changes a key of the version that was read, where one is given', async () => {
      const key = await engine.insert();
      expect(await engine.stores.updateKey(key, { label: 'one' }, NOW, 1)).toMatchObject({ label: 'one', version: 2 });
      expect(await engine.stores.updateKey(key, { label: 'two' }, NOW, 1)).toBeUndefined();
      expect(await engine.stores.updateKey(key, { label: 'three' }, NOW)).toMatchObject({ label: 'three', version: 3 });
    });

    it('sets and removes networks', async () => {
      const key = await engine.insert();
      const allowedCidrs = ['192.0.2.0/24'];
      expect(await engine.stores.updateKey(key, { allowedCidrs, label: 'bound' }, NOW)).toMatchObject({ allowedCidrs });
      expect((await engine.stores.spend(spendKey(key))).record).toMatchObject({ allowedCidrs, version: 2 });
      expect(await engine.stores.updateKey(key, { allowedCidrs: null }, NOW)).not.toHaveProperty('allowedCidrs');
      expect((await engine.stores.spend(spendKey(key))).record).not.toHaveProperty('allowedCidrs');
      expect(await engine.stores.getKey(key)).toMatchObject({ label: 'bound', version: 3 });
    });

    it('sets and removes origins', async () => {
      const key = await engine.insert({ type: 'publishable', allowedOrigins: ['https://a.example'] });
      expect((await engine.stores.spend(spendKey(key))).record).toMatchObject({
        keyType: 'publishable',
        allowedOrigins: ['https://a.example'],
      });
      const allowedOrigins = ['https://b.example'];
      const changed = await engine.stores.updateKey(key, { allowedOrigins, allowedCidrs: ['10.0.0.0/8'] }, NOW);
      expect(changed).toMatchObject({ allowedOrigins, allowedCidrs: ['10.0.0.0/8'] });
      const freed = await engine.stores.updateKey(key, { allowedOrigins: null, allowedCidrs: null }, NOW);
      expect(freed).not.toHaveProperty('allowedOrigins');
      expect((await engine.stores.spend(spendKey(key))).record).not.toHaveProperty('allowedOrigins');
    });

    it('changes no key that is revoked, expired or absent', async () => {
      const [revoked, expired] = [await engine.insert(), await engine.insert({ expiresAt: NOW })];
      await engine.stores.revokeKey(revoked, NOW);
      for (const key of [revoked, expired, newKey()]) {
        expect(await engine.stores.updateKey(key, { label: 'new' }, NOW)).toBeUndefined();
      }
      expect((await engine.stores.getKey(expired))?.label).toBe('a key');
    });

    it('revokes once', async () => {
      const key = await engine.insert();
      expect(await engine.stores.revokeKey(key, NOW)).toBe(true);
      expect(await engine.stores.revokeKey(key, NOW + 1)).toBe(false);
      expect(await engine.stores.getKey(key)).toEqual({ ...key, status: 'revoked', revokedAt: NOW, version: 2 });
    });

    it('replaces a key at once, or after a grace that does not outlive its own expiry', async () => {
      const [now, later, sooner] = [
        await engine.insert(),
        await engine.insert(),
        await engine.insert({ expiresAt: NOW + 5 }),
      ];
      const [successor] = [id(10)];
      for (const [key, until] of [
        [now, NOW],
        [later, NOW + 60],
        [sooner, NOW + 60],
      ] as const) {
        expect(await engine.stores.replaceKey(key, successor, until, NOW)).toBe(true);
        expect(await engine.stores.replaceKey(key, id(10), until, NOW)).toBe(false);
      }
      expect(await engine.stores.getKey(now)).toEqual({
        ...now,
        status: 'revoked',
        revokedAt: NOW,
        replacedBy: successor,
        version: 2,
      });
      expect(await engine.stores.getKey(later)).toEqual({
        ...later,
        expiresAt: NOW + 60,
        replacedBy: successor,
        version: 2,
      });
      expect(await engine.stores.getKey(sooner)).toEqual({ ...sooner, replacedBy: successor, version: 2 });
    });

    it('knows a repeated replacement, and replaces no key that has changed since it was read', async () => {
      const [key, changed] = [await engine.insert(), await engine.insert()];
      const successor = id(10);
      expect(await engine.stores.replaceKey(key, successor, NOW + 60, NOW)).toBe(true);
      expect(await engine.stores.replaceKey(key, successor, NOW + 60, NOW)).toBe(true);
      await engine.stores.updateKey(changed, { scopes: ['items:read'] }, NOW);
      for (const until of [NOW, NOW + 60])
        expect(await engine.stores.replaceKey(changed, successor, until, NOW)).toBe(false);
      await engine.stores.spend(spendKey(changed));
      const read = await engine.stores.getKey(changed);
      expect(read && (await engine.stores.replaceKey(read, successor, NOW, NOW))).toBe(true);
    });

    it('lets one of many replacements through', async () => {
      const key = await engine.insert();
      const done = await Promise.all(
        Array.from({ length: 10 }, () => engine.stores.replaceKey(key, id(10), NOW + 9, NOW)),
      );
      expect(done.filter(Boolean)).toHaveLength(1);
    });

    it('deletes', async () => {
      const key = await engine.insert();
      await engine.stores.deleteKey(key);
      expect(await engine.stores.getKey(key)).toBeUndefined();
    });
  });

  describe('lists of keys', () => {
    it('pages through active keys in order, then with revoked ones after them', async () => {
      const organizationId = newOrganization();
      await engine.insert();
      const keys: KeyRecord[] = [];
      for (let n = 0; n < 7; n++) keys.push(await engine.insert({ organizationId, createdAt: NOW + n }));
      const [first, , third] = keys as [KeyRecord, KeyRecord, KeyRecord];
      await engine.stores.revokeKey(third, NOW + 20);
      await engine.stores.revokeKey(first, NOW + 30);
      const active = keys.filter((key) => key !== first && key !== third).map((key) => key.id);

      const walk = async (includeRevoked: boolean) => {
        const ids: string[] = [];
        let after: string | undefined;
        do {
          const page = await engine.stores.listKeys(organizationId, includeRevoked, { limit: 2, after });
          ids.push(...page.entries.map(({ key }) => key.id));
          after = page.next;
        } while (after !== undefined);
        return ids;
      };
      expect(await walk(false)).toEqual(active);
      expect(await walk(true)).toEqual([...active, third.id, first.id]);
    });

    it('shows what a spend wrote', async () => {
      const key = await engine.insert();
      await engine.stores.spend(spendKey(key));
      const { minute, hour } = windowsAt(NOW);
      const spent = { ...key, lastUsedAt: NOW, counters: { [minute]: 1, [hour]: 1 } };
      expect((await engine.stores.listKeys(key.organizationId, false, { limit: 9 })).entries).toEqual([
        { position: keyPosition(key), key: spent },
      ]);
      expect(await engine.stores.getKey(key)).toEqual(spent);
    });

    it('is empty for an organization without keys', async () => {
      expect(await engine.stores.listKeys(newOrganization(), true, { limit: 9 })).toEqual({ entries: [] });
    });
  });
}
