import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ItemRecord, KeySet, UserPoolRecord } from '../../lambdas/core/ports.ts';
import { type Engine, id, LIMITS, NOW, newKey, newOrganization, spendMember } from './fixtures.ts';
import { describeKeyStore } from './key-contract.ts';
import type { Stores } from './memory-store.ts';
import { describeSpending } from './spend-contract.ts';

/** What every store engine does alike. */
export function describeStoreContract(name: string, open: () => Promise<{ stores: Stores; close(): Promise<void> }>) {
  describe(`stores on ${name}`, () => {
    let stores: Stores;
    let close: () => Promise<void>;
    beforeAll(async () => {
      ({ stores, close } = await open());
    });
    afterAll(() => close());

    const engine: Engine = {
      get stores() {
        return stores;
      },
      async insert(fields) {
        const key = newKey(fields);
        expect(await stores.insertKey(key)).toBe(true);
        return key;
      },
    };
    describeSpending(engine);
    describeKeyStore(engine);

    it('publishes a key set in the place of the one before it, and of no other', async () => {
      const before = (await stores.getKeySet())?.version ?? 0;
      const keySet = (version: number): KeySet => ({
        keys: [{ kty: 'EC', crv: 'P-256', x: 'x', y: 'y', kid: id(43), use: 'sig', alg: 'ES256' }],
        rotatedAt: NOW,
        version,
      });
      const [first, rival, second] = [keySet(before + 1), keySet(before + 1), keySet(before + 2)];
      expect(await stores.putKeySet(second)).toBe(false);
      expect(await stores.putKeySet(first)).toBe(true);
      expect(await stores.putKeySet(first)).toBe(true);
      expect(await stores.putKeySet(rival)).toBe(false);
      expect(await stores.getKeySet()).toEqual(first);
      expect(await stores.putKeySet(second)).toBe(true);
      expect(await stores.getKeySet()).toEqual(second);
    });

    describe('user pools of organizations', () => {
      const newPool = (organizationId: string, fields: Partial<UserPoolRecord> = {}): UserPoolRecord => ({
        userPoolId: `eu-central-1_${id(9)}`,
        organizationId,
        status: 'active',
        clientIds: ['one', 'other'],
        scopes: ['items:read'],
        registeredAt: NOW,
        ...fields,
      });

      it('are registered, changed, listed and removed', async () => {
        const organization = newOrganization();
        const [one, other] = [newPool(organization), newPool(organization)];
        expect(await stores.putUserPool(one)).toBe(true);
        expect(await stores.putUserPool(other)).toBe(true);
        const changed = { ...one, clientIds: ['third'], scopes: ['*'], registeredAt: NOW + 1 };
        expect(await stores.putUserPool(changed)).toBe(true);
        expect(await stores.getUserPool(one.userPoolId)).toEqual(changed);
        const sorted = [changed, other].toSorted((a, b) => (a.userPoolId < b.userPoolId ? -1 : 1));
        expect(await stores.listUserPools(organization)).toEqual(sorted);
        expect(await stores.removeUserPool(organization, one.userPoolId)).toBe(true);
        expect(await stores.removeUserPool(organization, one.userPoolId)).toBe(true);
        expect(await stores.getUserPool(one.userPoolId)).toEqual({ ...changed, status: 'removed' });
        expect(await stores.listUserPools(organization)).toEqual([other]);
        expect(await stores.putUserPool({ ...one, organizationId: newOrganization() })).toBe(false);
        expect(await stores.putUserPool(one)).toBe(true);
        expect(await stores.getUserPool(one.userPoolId)).toEqual(one);
        expect(await stores.removeUserPool(organization, newPool(organization).userPoolId)).toBe(false);
      });

      it("are one organization's, and move only from who is named", async () => {
        const [first, second, third] = [newOrganization(), newOrganization(), newOrganization()];
        const pool = newPool(first);
        await stores.putUserPool(pool);
        const claim = { ...pool, organizationId: second };
        expect(await stores.putUserPool(claim)).toBe(false);
        expect(await stores.putUserPool(claim, third)).toBe(false);
        expect(await stores.removeUserPool(second, pool.userPoolId)).toBe(false);
        expect(await stores.getUserPool(pool.userPoolId)).toEqual(pool);
        expect(await stores.putUserPool(claim, first)).toBe(true);
        expect(await stores.putUserPool(pool)).toBe(false);
        expect([await stores.listUserPools(first), await stores.listUserPools(second)]).toEqual([[], [claim]]);
      });

      it('is claimed once, however many claim it at once', async () => {
        const pool = newPool('');
        const claims = Array.from({ length: 10 }, () => ({ ...pool, organizationId: newOrganization() }));
        const claimed = await Promise.all(claims.map((claim) => stores.putUserPool(claim)));
        expect(claimed.filter(Boolean)).toHaveLength(1);
        expect(await stores.getUserPool(pool.userPoolId)).toEqual(claims[claimed.indexOf(true)]);
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
          await stores.insertItem({ organizationId, mode: 'live', kind: 'items' }, item);
        }
        await stores.insertItem(
          { organizationId, mode: 'test', kind: 'items' },
          {
            id: `item_${id(16)}`,
            content: { name: 'a test' },
            createdAt: NOW,
          },
        );
        const first = await stores.listItems({ organizationId, mode: 'live', kind: 'items' }, { limit: 3 });
        const second = await stores.listItems(
          { organizationId, mode: 'live', kind: 'items' },
          { limit: 3, after: first.next },
        );
        expect([...first.entries, ...second.entries]).toEqual(items);
        expect(second.next).toBeUndefined();
        expect(
          (await stores.listItems({ organizationId, mode: 'test', kind: 'items' }, { limit: 3 })).entries,
        ).toHaveLength(1);
        const usage = { organizationId, mode: 'live', kind: 'usage' } as const;
        expect(await stores.listItems(usage, { limit: 3 })).toEqual({ entries: [] });
        expect(
          await stores.listItems({ organizationId: newOrganization(), mode: 'live', kind: 'items' }, { limit: 3 }),
        ).toEqual({
          entries: [],
        });
      });
    });
  });
}
