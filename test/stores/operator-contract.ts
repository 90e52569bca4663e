import { describe, expect, it } from 'vitest';
import type { LiveCredential } from '../../lambdas/core/operator-ports.ts';
import { LOCKED } from '../../lambdas/core/organization-revocation.ts';
import type { SessionRecord } from '../../lambdas/core/session-ports.ts';
import { type Engine, id, LIMITS, NOW, newKey, newOrganization, spendMember } from './fixtures.ts';

/** What only who runs a deployment asks for. */
export function describeOperatorStore(engine: Engine) {
  describe('what the operator sees', () => {
    const everything = async (organizationId: string) => {
      const found: LiveCredential[] = [];
      await engine.stores.everyCredential(organizationId, async (page) => void found.push(...page));
      return found.toSorted((a, b) => (`${a.kind} ${a.id}` < `${b.kind} ${b.id}` ? -1 : 1));
    };
    const session = (organizationId: string, fields: Partial<SessionRecord> = {}): SessionRecord => ({
      id: id(20),
      status: 'active',
      subject: id(20),
      organizationId,
      limits: LIMITS,
      createdAt: NOW,
      expiresAt: NOW + 100,
      refresh: { familyHash: id(43), hash: id(43) },
      ...fields,
    });
    const invitation = (organizationId: string) => ({
      id: id(20),
      status: 'pending' as const,
      organizationId,
      role: 'viewer' as const,
      email: `${id(9)}@example.com`,
      tokenHash: id(43),
      invitedAt: NOW * 1_000,
      invitedBy: 'somebody',
      expiresAt: NOW + 100,
    });

    it('is a key, whosever it is', async () => {
      const key = await engine.insert();
      expect(await engine.stores.findKey(key.id)).toEqual(key);
      expect(await engine.stores.findKey(id(10))).toBeUndefined();
      const keyPrefix = `fpk_live_${id(3)}`;
      const [one, other] = [await engine.insert({ keyPrefix }), await engine.insert({ keyPrefix })];
      const found: string[] = [];
      await engine.stores.everyKeyBy(keyPrefix, async (keys) => void found.push(...keys.map((each) => each.id)));
      expect(found.toSorted()).toEqual([one.id, other.id].toSorted());
    });

    it('is every organization, with its owners', async () => {
      const [first, second] = [newOrganization(), newOrganization()];
      for (const each of [first, second]) {
        await engine.stores.insertOrganization({ id: each, name: 'Acme', createdAt: NOW }, `owner of ${each}`);
      }
      const found: unknown[] = [];
      const { items } = await engine.stores.everyOrganization(async (page) => void found.push(...page));
      expect(items).toBeGreaterThanOrEqual(2);
      for (const each of [first, second]) {
        expect(found).toContainEqual({ id: each, name: 'Acme', createdAt: NOW, owners: [`owner of ${each}`] });
      }
    });

    it("is whatever lets somebody into an organization, guests' sessions too, and nothing else", async () => {
      const { stores } = engine;
      const organizationId = newOrganization();
      const key = await engine.insert({ organizationId });
      const member = session(organizationId, { role: 'owner' });
      const guest = session(organizationId, { kind: 'consumer', mode: 'test', guest: true, scopes: [] });
      for (const each of [member, guest, session(newOrganization())]) await stores.insertSession(each);
      const subject = id(20);
      await stores.joinOrganization(subject, { organizationId, role: 'owner' }, LIMITS, NOW);
      const pending = invitation(organizationId);
      await stores.putInvitation(pending);
      const userPoolId = `eu-central-1_${id(9)}`;
      const pool = {
        userPoolId,
        organizationId,
        status: 'active',
        clientIds: ['a'],
        scopes: [],
        registeredAt: 1,
      } as const;
      await stores.putUserPool(pool);
      await engine.insert();
      const all = [
        { kind: 'key', id: key.id },
        { kind: 'session', id: member.id, of: 'member', createdAt: NOW },
        { kind: 'session', id: guest.id, of: 'consumer', createdAt: NOW },
        { kind: 'member', id: subject },
        { kind: 'invitation', id: pending.id },
        { kind: 'userPool', id: userPoolId },
      ];
      const sorted = all.toSorted((a, b) => (`${a.kind} ${a.id}` < `${b.kind} ${b.id}` ? -1 : 1));
      expect(await everything(organizationId)).toEqual(sorted);

      await stores.revokeKey(key, NOW);
      for (const each of [member, guest]) await stores.revokeSession(each.id, NOW);
      await stores.revokeInvitation(organizationId, pending.id);
      await stores.removeUserPool(organizationId, userPoolId);
      await stores.refuseSignIns(subject, NOW * 1_000, LIMITS);
      expect(await everything(organizationId)).toEqual([{ kind: 'member', id: subject, endedAt: NOW * 1_000 }]);
    });

    it('is found however much else there is', async () => {
      const organizationId = newOrganization();
      const keys = Array.from({ length: 150 }, () => newKey({ organizationId, label: 'x'.repeat(9_000) }));
      await Promise.all(keys.map((key) => engine.stores.insertKey(key)));
      expect((await everything(organizationId)).map((each) => each.id)).toEqual(keys.map((key) => key.id).toSorted());
    });

    it('is who may not sign in again, until they are let', async () => {
      const { stores } = engine;
      const subject = id(20);
      const [later, signedInAt] = [NOW + 60, NOW + 30];
      const granted = async () => (await stores.spend(spendMember(subject, later, signedInAt))).granted;
      expect(await stores.allowSignIns(subject, NOW * 1_000)).toBe(false);
      await stores.refuseSignIns(subject, LOCKED, LIMITS);
      expect(await granted()).toBe(false);
      // A password that is reset meanwhile lets nobody in.
      await stores.refuseSignIns(subject, NOW * 1_000, LIMITS);
      expect([await granted(), (await stores.getMember(subject)).endedAt]).toEqual([false, LOCKED]);
      expect(await stores.allowSignIns(subject, (signedInAt - 1) * 1_000)).toBe(true);
      expect(await granted()).toBe(true);
      expect(await stores.allowSignIns(subject, (signedInAt - 1) * 1_000)).toBe(false);
      expect((await stores.spend(spendMember(subject, later, signedInAt - 1))).granted).toBe(false);
    });
  });
}
