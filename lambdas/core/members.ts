import type { Profile } from '../contract/profile.ts';
import type { Role } from '../contract/roles.ts';
import type { Actor } from './authority.ts';
import { randomBase62 } from './base62.ts';
import { ApiError, UnavailableError } from './errors.ts';
import type { Hold, ListedMember, MemberStore } from './member-ports.ts';
import type { Clock, OrganizationStore, Page, Random } from './ports.ts';
import { decodeCursor, encodeCursor } from './position.ts';
import type { EndAllSessions } from './session-ender.ts';
import { secondsOf } from './time.ts';

export interface MemberDependencies {
  readonly profile: Profile;
  readonly members: MemberStore;
  readonly organizations: Pick<OrganizationStore, 'addOwner' | 'dropOwner'>;
  readonly endAll: EndAllSessions;
  readonly clock: Clock;
  readonly random: Random;
}

/** A change takes seconds; when the function that makes it dies, its hold is over after so many. */
const HELD_FOR = 60;

const SUBJECT = /^[\w-]{1,128}$/;
const MEMBER_POSITION = /^MEMBER#[\w-]{1,128}$/;

/** Owners make owners, and unmake them; any other role is given and taken by admins too. */
export const canAppoint = (by: Role | undefined, roles: readonly Role[]): boolean =>
  by === 'owner' || (by === 'admin' && !roles.includes('owner'));

/**
 * People of an organization's own user pool have scopes and no role: they appoint nobody.
 * @throws insufficient_permissions
 */
export function assertCanAppoint({ role }: Pick<Actor, 'role'>, ...roles: readonly Role[]): void {
  if (canAppoint(role, roles)) return;
  const whom = roles.includes('owner') ? 'owners' : 'members';
  throw new ApiError('insufficient_permissions', `You cannot appoint or remove ${whom}.`);
}

/** The members of an organization: what they are in it, and their end. */
export function createMembers(dependencies: MemberDependencies) {
  const { members, organizations, endAll, clock, random } = dependencies;

  /** A page may be short though more follow. */
  async function list({ organizationId }: Actor, cursor: string | undefined): Promise<Page<ListedMember>> {
    const after = cursor === undefined ? undefined : decodeCursor(cursor, MEMBER_POSITION);
    const { entries, next } = await members.listMembers(organizationId, after);
    return { entries, ...(next !== undefined && { next: encodeCursor(next) }) };
  }

  /**
   * Gives a member another role. Their sessions end with the old one: what they sign in to next has the new.
   * @throws not_found, insufficient_permissions, last_owner
   */
  const changeRole = (actor: Actor, subject: string, role: Role): Promise<void> =>
    change(actor.organizationId, subject, async (hold, before) => {
      assertCanAppoint(actor, before, role);
      if (role === before) {
        // Whose promotion died on its way is counted now.
        if (role === 'owner') await organizations.addOwner(actor.organizationId, subject);
        return;
      }
      if (before === 'owner') await dropOwner(actor.organizationId, subject);
      await endAll(subject);
      assertHeld(await members.setRole(subject, hold, role, secondsOf(clock)));
      // Last, so that who is counted as an owner is one.
      if (role === 'owner') await organizations.addOwner(actor.organizationId, subject);
    });

  /**
   * Takes a member out of the organization, and ends whatever they are signed in with. The keys that they made stay.
   * @throws not_found, insufficient_permissions, last_owner
   */
  const remove = (actor: Actor, subject: string): Promise<void> =>
    change(actor.organizationId, subject, async (hold, before) => {
      if (subject !== actor.id) assertCanAppoint(actor, before);
      if (before === 'owner') await dropOwner(actor.organizationId, subject);
      await endAll(subject);
      assertHeld(await members.removeMember(subject, actor.organizationId, hold, clock.now()));
    });

  /** @throws last_owner */
  async function dropOwner(organizationId: string, subject: string): Promise<void> {
    if (await organizations.dropOwner(organizationId, subject)) return;
    throw new ApiError('last_owner', 'An organization has an owner. Make somebody else one first.');
  }

  /**
   * Holds a member while they are changed: nobody else changes them, and a sign-in that would keep what they are about to
   * lose opens nothing. Dying on the way leaves them what they were, signed out.
   */
  async function change(
    organizationId: string,
    subject: string,
    make: (hold: Hold, before: Role) => Promise<void>,
  ): Promise<void> {
    // What is nobody's id is not asked for: a store refuses a name that is too long for it.
    if (!SUBJECT.test(subject)) throw noSuchMember();
    const now = secondsOf(clock);
    const hold = { id: randomBase62(20, random), until: now + HELD_FOR };
    const { held, member } = await members.holdMember(subject, organizationId, hold, now);
    if (!member?.role) throw noSuchMember();
    if (!held) throw new UnavailableError('the member is being changed');
    try {
      await make(hold, member.role);
    } finally {
      await members.releaseMember(subject, hold).catch(() => {});
    }
  }

  return { list, changeRole, remove };
}

export type Members = ReturnType<typeof createMembers>;

const noSuchMember = () => new ApiError('not_found', 'Your organization has no such member.');

function assertHeld(held: boolean): void {
  if (!held) throw new UnavailableError('the change took too long');
}
