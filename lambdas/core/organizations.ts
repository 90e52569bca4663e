import type { Profile } from '../contract/profile.ts';
import type { UpdateOrganization } from '../contract/schemas.ts';
import type { Audit, AuditEntry } from './audit.ts';
import { randomBase62 } from './base62.ts';
import { ApiError } from './errors.ts';
import type { MemberRecord, MemberStore } from './member-ports.ts';
import type { Clock, OrganizationRecord, OrganizationStore, Random } from './ports.ts';
import type { Principal } from './principal.ts';
import { secondsOf } from './time.ts';

export interface OrganizationDependencies {
  readonly profile: Profile;
  readonly store: OrganizationStore;
  readonly members: MemberStore;
  readonly audit: Audit;
  readonly clock: Clock;
  readonly random: Random;
}

export function createOrganizations(dependencies: OrganizationDependencies) {
  const { profile, store, members, audit, clock, random } = dependencies;

  /** The first event of an organization: its making. */
  const recorded = <T>(id: string, subject: string, name: string, where: Where, effect: () => Promise<T>): Promise<T> =>
    audit.record(
      {
        ...where,
        organizationId: id,
        mode: 'live',
        action: 'organization.create',
        actor: { type: 'member', id: subject, role: 'owner' },
        details: { name },
      },
      effect,
      () => id,
    );

  /**
   * Creates an organization and makes the person its owner. The organization is written first: one without a member
   * is of no use to anybody, a member of one that does not exist would be.
   * @param email theirs, where it is known
   * @throws organization_exists
   */
  async function create(
    { id: subject, organizationId, sessionId }: Principal,
    name: string,
    email: string | undefined,
    where: Where,
  ): Promise<OrganizationRecord> {
    // Also of who belongs to one by their user pool, and has none on their item.
    if (organizationId !== undefined) throw exists();
    const now = secondsOf(clock);
    const organization = { id: newId(), name, createdAt: now };
    const membership = { organizationId: organization.id, role: 'owner' } as const;
    const joining = { ...membership, ...(email !== undefined && { email }) };
    return recorded(organization.id, subject, name, where, async () => {
      await store.insertOrganization(organization, subject);
      if (await members.joinOrganization(subject, joining, profile.memberLimits, now)) {
        // Other sessions of theirs follow when they are refreshed.
        if (sessionId !== undefined) await members.joinSession(sessionId, membership);
        return organization;
      }
      await store.deleteOrganization(organization.id);
      throw exists();
    });
  }

  /** An organization that is to be made for a person at their first sign-in. */
  async function intend(
    subject: string,
    email: string,
    name: string,
  ): Promise<Pick<OrganizationRecord, 'id' | 'name'>> {
    const organization = { id: newId(), name };
    await members.intendOrganization(subject, email, organization, profile.memberLimits, secondsOf(clock));
    return organization;
  }

  /**
   * What a person is in, once they have signed in. What was intended for them is made now; dying in between leaves it
   * for the next time.
   */
  async function memberOf(subject: string, where: Where): Promise<MemberRecord> {
    const member = await members.getMember(subject);
    if (member.organizationId !== undefined || !member.intended) return member;
    const { intended } = member;
    const now = secondsOf(clock);
    const joining = { organizationId: intended.id, role: 'owner' } as const;
    return recorded(intended.id, subject, intended.name, where, async () => {
      await store.insertOrganization({ ...intended, createdAt: now }, subject);
      await members.joinOrganization(subject, joining, profile.memberLimits, now);
      return members.getMember(subject);
    });
  }

  /** @throws not_found */
  async function get(id: string): Promise<OrganizationRecord> {
    const organization = await store.getOrganization(id);
    if (!organization) throw new ApiError('not_found', 'There is no such organization.');
    return organization;
  }

  /** @throws not_found */
  async function update(id: string, changes: UpdateOrganization): Promise<OrganizationRecord> {
    const organization = await store.updateOrganization(id, changes);
    if (!organization) throw new ApiError('not_found', 'There is no such organization.');
    return organization;
  }

  const newId = () => `org_${randomBase62(16, random)}`;

  return { create, intend, memberOf, get, update };
}

/** Where what changes something comes from. */
type Where = Pick<AuditEntry, 'device' | 'address' | 'requestId'>;

export type Organizations = ReturnType<typeof createOrganizations>;

const exists = () => new ApiError('organization_exists', 'You belong to an organization already.');
