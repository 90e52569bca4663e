import { describe, expect, it } from 'vitest';
import type { Role } from '../../lambdas/contract/roles.ts';
import type { InvitationRecord } from '../../lambdas/core/member-ports.ts';
import { type Engine, id, LIMITS, NOW, newOrganization, spendMember } from './fixtures.ts';

/** Organizations, their members, and invitations into them. */
export function describeMemberStore(engine: Engine): void {
  const join = (subject: string, organizationId: string, role: Role = 'owner', fields: object = {}) =>
    engine.stores.joinOrganization(subject, { organizationId, role, ...fields }, LIMITS, NOW);
  const newHold = (until = NOW + 60) => ({ id: id(20), until });

  describe('organizations', () => {
    it('returns what was inserted and renamed, and not what was deleted', async () => {
      const { stores } = engine;
      const organization = { id: newOrganization(), name: 'Acme', createdAt: NOW };
      await stores.insertOrganization(organization, id(20));
      expect(await stores.getOrganization(organization.id)).toEqual(organization);
      expect(await stores.updateOrganization(organization.id, { name: 'Globex' })).toEqual({
        ...organization,
        name: 'Globex',
      });
      expect(await stores.getOrganization(organization.id)).toEqual({ ...organization, name: 'Globex' });
      const consumers = { access: 600, messages: { smsText: '{code}' } };
      expect(await stores.updateOrganization(organization.id, { consumers })).toMatchObject({
        name: 'Globex',
        consumers,
      });
      expect((await stores.getOrganization(organization.id))?.consumers).toEqual(consumers);
      await stores.deleteOrganization(organization.id);
      expect(await stores.getOrganization(organization.id)).toBeUndefined();
      expect(await stores.updateOrganization(organization.id, { name: 'Globex' })).toBeUndefined();
      expect(await stores.getOrganization(organization.id)).toBeUndefined();
    });

    it('have an owner, whoever goes in whatever order', async () => {
      const { stores } = engine;
      const organization = { id: newOrganization(), name: 'Acme', createdAt: NOW };
      const [first, second, third] = [id(20), id(20), id(20)];
      await stores.insertOrganization(organization, first);
      expect(await stores.dropOwner(organization.id, first)).toBe(false);
      for (const owner of [second, third, third]) await stores.addOwner(organization.id, owner);
      const dropped = await Promise.all(
        [first, second, third].map((owner) => stores.dropOwner(organization.id, owner)),
      );
      expect(dropped.filter(Boolean)).toHaveLength(2);
      const last = [first, second, third][dropped.indexOf(false)] as string;
      expect(await stores.dropOwner(organization.id, last)).toBe(false);
      // Saying so again of who is none any more is no error.
      const gone = [first, second, third].filter((owner) => owner !== last);
      for (const owner of gone) expect(await stores.dropOwner(organization.id, owner)).toBe(true);
      expect(await stores.dropOwner(newOrganization(), first)).toBe(false);
    });
  });

  describe('members', () => {
    it('keeps what a person is to have until they have it', async () => {
      const { stores } = engine;
      const subject = id(20);
      expect(await stores.getMember(subject)).toEqual({});
      const intended = { id: newOrganization(), name: 'Acme' };
      const email = 'somebody@example.com';
      await stores.intendOrganization(subject, email, intended, LIMITS, NOW);
      expect(await stores.getMember(subject)).toEqual({ intended, email });
      expect(await join(subject, intended.id)).toBe(true);
      const member = { organizationId: intended.id, role: 'owner', email, joinedAt: NOW };
      expect(await stores.getMember(subject)).toEqual(member);
      await stores.intendOrganization(subject, email, { id: newOrganization(), name: 'Other' }, LIMITS, NOW);
      expect(await stores.getMember(subject)).toEqual(member);
      expect((await stores.spend(spendMember(subject))).granted).toBe(true);
    });

    it('join once, with or without a request of theirs before', async () => {
      const { stores } = engine;
      const [fresh, known] = [id(20), id(20)];
      await stores.spend(spendMember(known));
      for (const subject of [fresh, known]) {
        const organizationId = newOrganization();
        expect(await join(subject, organizationId)).toBe(true);
        expect(await join(subject, newOrganization())).toBe(false);
        expect((await stores.spend(spendMember(subject))).record).toMatchObject({
          organizationId,
          role: 'owner',
          version: 1,
          limits: LIMITS,
        });
      }
    });

    it('join one of many organizations at once', async () => {
      const subject = id(20);
      const joins = Array.from({ length: 10 }, () => join(subject, newOrganization()));
      expect((await Promise.all(joins)).filter(Boolean)).toHaveLength(1);
    });

    it('are listed by their organization, and by no other', async () => {
      const { stores } = engine;
      const organizationId = newOrganization();
      const subjects = [id(20), id(20)].toSorted();
      const [first = '', second = ''] = subjects;
      await join(first, organizationId, 'owner', { email: 'first@example.com' });
      await join(second, organizationId, 'viewer');
      await join(id(20), newOrganization());
      expect(await stores.listMembers(organizationId)).toEqual({
        entries: [
          { subject: first, organizationId, role: 'owner', email: 'first@example.com', joinedAt: NOW },
          { subject: second, organizationId, role: 'viewer', joinedAt: NOW },
        ],
      });
    });

    it('are held by one at a time, until the hold is over', async () => {
      const { stores } = engine;
      const [subject, organizationId] = [id(20), newOrganization()];
      await join(subject, organizationId);
      const hold = newHold();
      const take = (which: typeof hold, organization = organizationId, now = NOW) =>
        stores.holdMember(subject, organization, which, now);
      expect(await take(hold, newOrganization())).toEqual({ held: false, member: undefined });
      expect(await take(hold)).toMatchObject({ held: true, member: { role: 'owner', held: hold } });
      expect(await take(newHold())).toMatchObject({ held: false, member: { role: 'owner', held: hold } });
      expect(await stores.setRole(subject, newHold(), 'viewer', NOW)).toBe(false);
      await stores.releaseMember(subject, newHold());
      expect((await stores.getMember(subject)).held).toEqual(hold);
      await stores.releaseMember(subject, hold);
      expect((await stores.getMember(subject)).held).toBeUndefined();
      expect(await stores.setRole(subject, hold, 'viewer', NOW)).toBe(false);

      const [dead, next] = [newHold(NOW + 10), newHold(NOW + 100)];
      expect((await take(dead)).held).toBe(true);
      expect(await stores.setRole(subject, dead, 'viewer', NOW + 10)).toBe(false);
      expect((await take(next, organizationId, NOW + 10)).held).toBe(true);
      expect(await stores.removeMember(subject, organizationId, dead, (NOW + 5) * 1_000)).toBe(false);
      const rivals = await Promise.all(
        Array.from({ length: 5 }, () => take(newHold(NOW + 300), organizationId, NOW + 200)),
      );
      expect(rivals.filter(({ held }) => held)).toHaveLength(1);
    });

    it('have the role that they are given, and nothing once they are removed', async () => {
      const { stores } = engine;
      const [subject, organizationId, hold] = [id(20), newOrganization(), newHold()];
      await join(subject, organizationId);
      await stores.holdMember(subject, organizationId, hold, NOW);
      expect(await stores.setRole(subject, hold, 'developer', NOW)).toBe(true);
      expect((await stores.spend(spendMember(subject))).record).toMatchObject({ organizationId, role: 'developer' });
      expect(await stores.removeMember(subject, organizationId, hold, NOW * 1_000 + 7)).toBe(true);
      const { record } = await stores.spend(spendMember(subject));
      expect([record?.organizationId, record?.role]).toEqual([undefined, undefined]);
      expect(await stores.getMember(subject)).toEqual({});
      expect(await stores.listMembers(organizationId)).toEqual({ entries: [] });
      // Not by an invitation from before, but by a later one.
      const again = (invitedAt: number) => join(subject, organizationId, 'viewer', { invitedAt });
      expect(await again(NOW * 1_000 + 7)).toBe(false);
      // Having left one is no reason to be kept out of another.
      const [other, next] = [newOrganization(), newHold()];
      expect(await join(subject, other, 'viewer', { invitedAt: NOW * 1_000 })).toBe(true);
      expect(await join(subject, other, 'admin')).toBe(false);
      await stores.holdMember(subject, other, next, NOW);
      expect(await stores.removeMember(subject, other, next, NOW * 1_000 + 9)).toBe(true);
      expect(await again(NOW * 1_000 + 7)).toBe(false);
      expect(await again(NOW * 1_000 + 8)).toBe(true);
    });
  });

  describe('invitations', () => {
    const newInvitation = (fields: Partial<InvitationRecord> = {}): InvitationRecord => ({
      id: id(20),
      status: 'pending',
      organizationId: newOrganization(),
      role: 'developer',
      email: 'new@example.com',
      tokenHash: id(43),
      invitedAt: NOW * 1_000,
      invitedBy: id(20),
      expiresAt: NOW + 100,
      ...fields,
    });

    it('are accepted by one person, with the newest token, in time', async () => {
      const { stores } = engine;
      const old = newInvitation();
      await stores.putInvitation(old);
      const invitation = newInvitation({ ...old, tokenHash: id(43), role: 'admin' });
      await stores.putInvitation(invitation);
      expect(await stores.getInvitation(invitation.id)).toEqual(invitation);
      expect(await stores.listInvitations(invitation.organizationId)).toEqual([invitation]);
      const [subject, other] = [id(20), id(20)];
      const accept = (by: string, { tokenHash } = invitation, now = NOW) =>
        stores.acceptInvitation(invitation.id, tokenHash, by, now);
      expect(await accept(subject, old)).toBe(false);
      expect(await accept(subject, invitation, NOW + 100)).toBe(false);
      expect(await accept(subject)).toBe(true);
      expect([await accept(subject), await accept(other)]).toEqual([true, false]);
      expect(await accept(subject, invitation, NOW + 100)).toBe(false);
      expect(await stores.listInvitations(invitation.organizationId)).toEqual([]);
      expect(await stores.revokeInvitation(invitation.organizationId, invitation.id)).toBe(false);
      expect(await stores.acceptInvitation(id(20), id(43), subject, NOW)).toBe(false);
    });

    it('are accepted once, however many try', async () => {
      const { stores } = engine;
      const invitation = newInvitation();
      await stores.putInvitation(invitation);
      const tries = Array.from({ length: 10 }, () =>
        stores.acceptInvitation(invitation.id, invitation.tokenHash, id(20), NOW),
      );
      expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
    });

    it('are revoked by their organization, and accepted no more', async () => {
      const { stores } = engine;
      const invitation = newInvitation();
      await stores.putInvitation(invitation);
      expect(await stores.revokeInvitation(newOrganization(), invitation.id)).toBe(false);
      expect(await stores.revokeInvitation(invitation.organizationId, invitation.id)).toBe(true);
      // Whoever had no answer to it says so again.
      expect(await stores.revokeInvitation(invitation.organizationId, invitation.id)).toBe(true);
      expect(await stores.acceptInvitation(invitation.id, invitation.tokenHash, id(20), NOW)).toBe(false);
      expect(await stores.listInvitations(invitation.organizationId)).toEqual([]);
      expect((await stores.getInvitation(invitation.id))?.status).toBe('revoked');
    });
  });

  describe('sign-ins at the hosted pages', () => {
    it('are taken once, in time, by the browser that began them', async () => {
      const { stores } = engine;
      const login = { stateHash: id(43), browserHash: id(43), next: 'https://a.example/', expiresAt: NOW + 10 };
      await stores.insertLogin(login);
      expect(await stores.takeLogin(login.stateHash, id(43), id(43), NOW)).toBeUndefined();
      expect(await stores.takeLogin(id(43), login.browserHash, id(43), NOW)).toBeUndefined();
      expect(await stores.takeLogin(login.stateHash, login.browserHash, id(43), NOW + 10)).toBeUndefined();
      const takes = Array.from({ length: 8 }, () => stores.takeLogin(login.stateHash, login.browserHash, id(43), NOW));
      const taken = (await Promise.all(takes)).filter((each) => each !== undefined);
      expect(taken).toEqual([login]);
    });
  });
}
