import type { Profile } from '../contract/profile.ts';
import { randomBase62 } from './base62.ts';
import { ApiError } from './errors.ts';
import type { Clock, MemberRecord, OrganizationRecord, OrganizationStore, Random } from './ports.ts';
import type { Principal } from './principal.ts';
import { secondsOf } from './time.ts';

export interface OrganizationDependencies {
  readonly profile: Profile;
  readonly store: OrganizationStore;
  readonly clock: Clock;
  readonly random: Random;
}

export function createOrganizations({ profile, store, clock, random }: OrganizationDependencies) {
  /**
   * Creates an organization and makes the person its owner. The organization is written first: one without a member
   * is of no use to anybody, a member of one that does not exist would be.
   * @throws organization_exists
   */
  async function create(
    { id: subject, organizationId, sessionId }: Principal,
    name: string,
  ): Promise<OrganizationRecord> {
    // Also of who belongs to one by their user pool, and has none on their item.
    if (organizationId !== undefined) throw exists();
    const now = secondsOf(clock);
    const organization = { id: newId(), name, createdAt: now };
    await store.insertOrganization(organization);
    if (await store.joinOrganization(subject, organization.id, 'owner', profile.memberLimits, now)) {
      // Other sessions of theirs follow when they are refreshed.
      if (sessionId !== undefined) await store.joinSession(sessionId, organization.id, 'owner');
      return organization;
    }
    await store.deleteOrganization(organization.id);
    throw exists();
  }

  /** An organization that is to be made for a person at their first sign-in. */
  async function intend(subject: string, name: string): Promise<Pick<OrganizationRecord, 'id' | 'name'>> {
    const organization = { id: newId(), name };
    await store.intendOrganization(subject, organization, profile.memberLimits, secondsOf(clock));
    return organization;
  }

  /**
   * What a person is in, once they have signed in. What was intended for them is made now; dying in between leaves it
   * for the next time.
   */
  async function memberOf(subject: string): Promise<MemberRecord> {
    const member = await store.getMember(subject);
    if (member.organizationId !== undefined || !member.intended) return member;
    const { intended } = member;
    const now = secondsOf(clock);
    await store.insertOrganization({ ...intended, createdAt: now });
    if (await store.joinOrganization(subject, intended.id, 'owner', profile.memberLimits, now)) {
      return { organizationId: intended.id, role: 'owner' };
    }
    return store.getMember(subject);
  }

  /** @throws not_found */
  async function get(id: string): Promise<OrganizationRecord> {
    const organization = await store.getOrganization(id);
    if (!organization) throw new ApiError('not_found', 'There is no such organization.');
    return organization;
  }

  const newId = () => `org_${randomBase62(16, random)}`;

  return { create, intend, memberOf, get };
}

export type Organizations = ReturnType<typeof createOrganizations>;

const exists = () => new ApiError('organization_exists', 'You belong to an organization already.');
