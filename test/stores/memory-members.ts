import type { InvitationRecord, InvitationStore, MemberRecord, MemberStore } from '../../lambdas/core/member-ports.ts';
import type { ListedOrganization } from '../../lambdas/core/operator-ports.ts';
import type { OrganizationRecord, OrganizationStore, PrincipalRecord } from '../../lambdas/core/ports.ts';
import type { SessionRecord } from '../../lambdas/core/session-ports.ts';

/** What the members' part of the memory needs of the rest. */
export interface MemoryPeople {
  getPerson(subject: string): PrincipalRecord | undefined;
  putPerson(record: PrincipalRecord): void;
  getSession(id: string): SessionRecord | undefined;
  putSession(session: SessionRecord): void;
  endedAt(subject: string): number | undefined;
}

type Details = Omit<MemberRecord, 'organizationId' | 'role' | 'endedAt'> & { removed?: Record<string, number> };

/** Organizations, their members and invitations, in one process's memory. */
export function createMemoryMembers(people: MemoryPeople): {
  readonly stores: OrganizationStore & MemberStore & InvitationStore;
  list(): readonly ListedOrganization[];
} {
  const organizations = new Map<string, { record: OrganizationRecord; owners: Set<string> }>();
  const details = new Map<string, Details>();
  const invitations = new Map<string, InvitationRecord>();

  const detailsOf = (subject: string): Details => details.get(subject) ?? {};

  function memberOf(subject: string): MemberRecord {
    const { organizationId, role } = people.getPerson(subject) ?? {};
    const { removed, ...rest } = detailsOf(subject);
    const endedAt = people.endedAt(subject);
    return {
      ...(organizationId !== undefined && role !== undefined && { organizationId, role }),
      ...rest,
      ...(endedAt !== undefined && { endedAt }),
    };
  }

  const isHeld = (subject: string, id: string, now: number): boolean => {
    const { held } = detailsOf(subject);
    return held?.id === id && held.until > now;
  };

  const release = (subject: string) => {
    const { held, ...rest } = detailsOf(subject);
    details.set(subject, rest);
  };

  const stores: ReturnType<typeof createMemoryMembers>['stores'] = {
    async insertOrganization(record, owner) {
      if (!organizations.has(record.id)) organizations.set(record.id, { record, owners: new Set([owner]) });
    },

    async getOrganization(id) {
      return organizations.get(id)?.record;
    },

    async updateOrganization(id, { name, consumers }) {
      const found = organizations.get(id);
      if (!found) return undefined;
      found.record = { ...found.record, ...(name !== undefined && { name }), ...(consumers && { consumers }) };
      return found.record;
    },

    async deleteOrganization(id) {
      organizations.delete(id);
    },

    async addOwner(id, subject) {
      organizations.get(id)?.owners.add(subject);
    },

    async dropOwner(id, subject) {
      const owners = organizations.get(id)?.owners ?? new Set();
      if (!owners.has(subject)) return owners.size > 0;
      return owners.size > 1 && owners.delete(subject);
    },

    async getMember(subject) {
      return memberOf(subject);
    },

    async intendOrganization(subject, email, intended) {
      if (people.getPerson(subject)?.organizationId !== undefined) return;
      details.set(subject, { ...detailsOf(subject), email, intended });
    },

    async joinSession(sessionId, membership) {
      const session = people.getSession(sessionId);
      if (session?.status === 'active' && session.organizationId === undefined) {
        people.putSession({ ...session, ...membership });
      }
    },

    async joinOrganization(subject, { organizationId, role, email, invitedAt }, limits, now) {
      const before = people.getPerson(subject);
      if (before?.organizationId !== undefined) return before.organizationId === organizationId && before.role === role;
      const { intended, ...rest } = detailsOf(subject);
      if (invitedAt !== undefined && (rest.removed?.[organizationId] ?? -1) >= invitedAt) return false;
      details.set(subject, { ...rest, ...(email !== undefined && { email }), joinedAt: now });
      people.putPerson({
        type: 'member',
        id: subject,
        status: 'active',
        mode: 'live',
        limits,
        counters: {},
        ...before,
        organizationId,
        role,
        version: (before?.version ?? 0) + 1,
      });
      return true;
    },

    async listMembers(organizationId) {
      const entries = [...details.keys()].toSorted().flatMap((subject) => {
        const { organizationId: current, role, email, joinedAt } = memberOf(subject);
        if (current !== organizationId || role === undefined) return [];
        const known = { ...(email !== undefined && { email }), ...(joinedAt !== undefined && { joinedAt }) };
        return [{ subject, organizationId, role, ...known }];
      });
      return { entries };
    },

    async holdMember(subject, organizationId, hold, now) {
      const member = memberOf(subject);
      if (member.organizationId !== organizationId) return { held: false, member: undefined };
      const { held } = member;
      if (held && held.until > now && held.id !== hold.id) return { held: false, member };
      details.set(subject, { ...detailsOf(subject), held: hold });
      return { held: true, member: memberOf(subject) };
    },

    async setRole(subject, hold, role, now) {
      const person = people.getPerson(subject);
      if (!person || !isHeld(subject, hold.id, now)) return false;
      people.putPerson({ ...person, role, version: person.version + 1 });
      return true;
    },

    async removeMember(subject, from, hold, now) {
      const person = people.getPerson(subject);
      if (!person || !isHeld(subject, hold.id, Math.floor(now / 1_000))) return false;
      const { organizationId, role, ...rest } = person;
      people.putPerson({ ...rest, version: person.version + 1 });
      const { held, joinedAt, ...others } = detailsOf(subject);
      details.set(subject, { ...others, removed: { ...others.removed, [from]: now } });
      return true;
    },

    async releaseMember(subject, hold) {
      if (detailsOf(subject).held?.id === hold.id) release(subject);
    },

    async putInvitation(invitation) {
      invitations.set(invitation.id, invitation);
    },

    async getInvitation(id) {
      return invitations.get(id);
    },

    async listInvitations(organizationId) {
      const own = [...invitations.values()].filter(
        (invitation) => invitation.organizationId === organizationId && invitation.status === 'pending',
      );
      return own.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    },

    async acceptInvitation(id, tokenHash, subject, now) {
      const invitation = invitations.get(id);
      if (invitation?.tokenHash !== tokenHash || invitation.expiresAt <= now) return false;
      if (invitation.status !== 'pending') return invitation.status === 'accepted' && invitation.acceptedBy === subject;
      invitations.set(id, { ...invitation, status: 'accepted', acceptedBy: subject });
      return true;
    },

    async revokeInvitation(organizationId, id) {
      const invitation = invitations.get(id);
      if (invitation?.organizationId !== organizationId || invitation.status === 'accepted') return false;
      invitations.set(id, { ...invitation, status: 'revoked' });
      return true;
    },
  };
  const list = () => [...organizations.values()].map(({ record, owners }) => ({ ...record, owners: [...owners] }));
  return { stores, list };
}
