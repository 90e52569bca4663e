import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ItemRecord } from '../../lambdas/core/ports.ts';
import type { SessionRecord } from '../../lambdas/core/session-ports.ts';
import type { KeySet, UserPoolRecord } from '../../lambdas/core/token-ports.ts';
import { windowsAt } from '../../lambdas/core/windows.ts';
import { describeConsumerStore } from './consumer-contract.ts';
import { type Engine, id, LIMITS, NOW, newKey, newOrganization, spendMember } from './fixtures.ts';
import { describeKeyStore } from './key-contract.ts';
import { describeMemberStore } from './member-contract.ts';
import type { Stores } from './memory-store.ts';
import { describeOperatorStore } from './operator-contract.ts';
import { describeRecordStores } from './record-contract.ts';
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
    describeMemberStore(engine);
    describeConsumerStore(engine);
    describeRecordStores(engine);
    describeOperatorStore(engine);

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

    describe('sessions', () => {
      const newSession = (fields: Partial<SessionRecord> = {}): SessionRecord => ({
        id: id(20),
        status: 'active',
        subject: id(20),
        organizationId: newOrganization(),
        role: 'owner',
        limits: LIMITS,
        createdAt: NOW,
        expiresAt: NOW + 100,
        device: 'browser',
        address: '192.0.2.1',
        refresh: { familyHash: id(43), hash: id(43) },
        ...fields,
      });
      const spend = async (session: SessionRecord, now = NOW) =>
        stores.spend({ type: 'session', id: session.id, now, windows: windowsAt(now), stale: [] });
      const rotation = (
        { refresh, organizationId = '', role = 'owner' }: SessionRecord,
        fields: Partial<Parameters<Stores['rotateSession']>[1]> = {},
      ) => ({
        familyHash: refresh?.familyHash ?? '',
        presentedHash: refresh?.hash ?? '',
        nextHash: id(43),
        salt: id(43),
        caller: id(43),
        now: NOW,
        expiresAt: NOW + 200,
        openedAfter: NOW - 1,
        membership: { organizationId, role },
        ...fields,
      });

      it('are spent from as the member that they are of, up to their limit', async () => {
        const session = newSession();
        await stores.insertSession(session);
        const outcomes = await Promise.all(Array.from({ length: 9 }, () => spend(session)));
        expect(outcomes.filter(({ granted }) => granted)).toHaveLength(5);
        expect(outcomes.at(0)?.record).toMatchObject({
          type: 'member',
          id: session.subject,
          sessionId: session.id,
          organizationId: session.organizationId,
          role: 'owner',
          status: 'active',
        });
        expect((await spend(session, NOW + 100)).granted).toBe(false);
        expect(await spend(newSession())).toEqual({ granted: false, record: undefined });
        await stores.dropCounters({ type: 'member', id: session.subject, sessionId: session.id }, [
          windowsAt(NOW).minute,
        ]);
        expect((await spend(session)).granted).toBe(true);
      });

      it('exchange the refresh token that counts, once', async () => {
        const session = newSession();
        await stores.insertSession(session);
        const rotations = Array.from({ length: 8 }, () => rotation(session));
        const results = await Promise.all(rotations.map((each) => stores.rotateSession(session.id, each)));
        const won = results.findIndex(({ rotated }) => rotated);
        expect(results.filter(({ rotated }) => rotated)).toHaveLength(1);
        const { nextHash, salt, caller } = rotations[won] as ReturnType<typeof rotation>;
        const after = {
          ...session,
          expiresAt: NOW + 200,
          refresh: {
            familyHash: session.refresh?.familyHash,
            hash: nextHash,
            previous: { hash: session.refresh?.hash, salt, at: NOW, caller },
          },
        };
        expect(results[won]?.session).toEqual(after);
        const late = await stores.rotateSession(session.id, rotation(session));
        expect(late).toEqual({ rotated: false, session: after });
      });

      it('exchange nothing for another token or family, when they have expired, or where there are none', async () => {
        const session = newSession();
        await stores.insertSession(session);
        for (const fields of [
          { presentedHash: id(43) },
          { familyHash: id(43) },
          { now: NOW + 100 },
          { openedAfter: NOW },
        ]) {
          expect((await stores.rotateSession(session.id, rotation(session, fields))).rotated).toBe(false);
        }
        const absent = newSession();
        const result = await stores.rotateSession(absent.id, rotation(absent));
        expect(result).toEqual({ rotated: false, session: undefined });
        expect((await stores.rotateSession(session.id, rotation(session))).rotated).toBe(true);
      });

      it('are listed by whose they are, oldest first, as long as they are active', async () => {
        const subject = id(20);
        const [second, first, other] = [
          newSession({ subject, createdAt: NOW + 1 }),
          newSession({ subject }),
          newSession(),
        ];
        for (const session of [second, first, other]) await stores.insertSession(session);
        expect(await stores.listSessions(subject)).toEqual({ entries: [first, second] });
        await stores.revokeSession(first.id, NOW);
        expect(await stores.listSessions(subject)).toEqual({ entries: [second] });
        expect(await stores.getSession(second.id)).toEqual(second);
        expect(await stores.listSessions(id(20))).toEqual({ entries: [] });
      });

      it('are listed page by page, however many there are', async () => {
        const subject = id(20);
        const sessions = Array.from({ length: 130 }, (_, n) => newSession({ subject, createdAt: NOW + n }));
        await Promise.all(sessions.map((session) => stores.insertSession(session)));
        const first = await stores.listSessions(subject);
        const second = await stores.listSessions(subject, first.next);
        expect([...first.entries, ...second.entries].map((session) => session.id)).toEqual(
          sessions.map(({ id }) => id),
        );
        expect([first.entries.length, second.next]).toEqual([100, undefined]);
      });

      it('follow their person into an organization, once', async () => {
        const { organizationId, role, ...outside } = newSession();
        await stores.insertSession(outside);
        const joined = newOrganization();
        await stores.joinSession(outside.id, { organizationId: joined, role: 'owner' });
        await stores.joinSession(outside.id, { organizationId: newOrganization(), role: 'admin' });
        expect((await spend(outside)).record).toMatchObject({ organizationId: joined, role: 'owner' });
        const { organizationId: _, role: __, ...other } = newSession();
        await stores.insertSession(other);
        const membership = { organizationId: joined, role: 'owner' } as const;
        const rotated = await stores.rotateSession(other.id, rotation(other, { membership }));
        expect(rotated.session).toMatchObject(membership);
        const left = await stores.rotateSession(other.id, rotation(rotated.session ?? other, { membership: null }));
        expect([left.rotated, left.session?.organizationId, left.session?.role]).toEqual([true, undefined, undefined]);
      });

      it("refuse a member's sign-ins until a time, and take later ones", async () => {
        for (const known of [false, true]) {
          const subject = id(20);
          if (known) await stores.spend(spendMember(subject));
          await stores.refuseSignIns(subject, NOW * 1_000 + 7, LIMITS);
          expect((await stores.getMember(subject)).endedAt).toBe(NOW * 1_000 + 7);
          const refused = await stores.spend(spendMember(subject, NOW + 60, NOW));
          expect([refused.granted, refused.record?.notBefore]).toEqual([false, NOW]);
          expect((await stores.spend(spendMember(subject, NOW + 60, NOW + 1))).granted).toBe(true);
          await stores.refuseSignIns(subject, (NOW + 1) * 1_000, LIMITS);
          expect((await stores.spend(spendMember(subject, NOW + 60, NOW + 1))).granted).toBe(false);
        }
      });

      it('are ended for good, by whoever knows their family where one is asked', async () => {
        const session = newSession();
        await stores.insertSession(session);
        await stores.revokeSession(session.id, NOW, id(43));
        expect((await spend(session)).granted).toBe(true);
        await stores.revokeSession(session.id, NOW, session.refresh?.familyHash);
        expect((await spend(session)).granted).toBe(false);
        const { rotated, session: ended } = await stores.rotateSession(session.id, rotation(session));
        expect([rotated, ended?.status]).toEqual([false, 'revoked']);
        const other = newSession();
        await stores.insertSession(other);
        await stores.revokeSession(other.id, NOW);
        expect((await spend(other)).granted).toBe(false);
        await stores.revokeSession(newSession().id, NOW);
      });
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
