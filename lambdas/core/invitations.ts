import { createHash } from 'node:crypto';
import type { Profile } from '../contract/profile.ts';
import type { InviteMember } from '../contract/schemas.ts';
import type { Attempts } from './attempts.ts';
import type { Audit, AuditEntry } from './audit.ts';
import type { Actor } from './authority.ts';
import { randomBase62 } from './base62.ts';
import { ApiError } from './errors.ts';
import { hashSecret } from './key-format.ts';
import { invitationMail, type Mailer } from './mail.ts';
import type { InvitationRecord, InvitationStore, MemberStore, Membership } from './member-ports.ts';
import { assertCanAppoint, canAppoint } from './members.ts';
import type { Organizations } from './organizations.ts';
import type { Clock, OrganizationRecord, OrganizationStore, Random } from './ports.ts';
import type { Principal } from './principal.ts';
import type { Directory } from './session-ports.ts';
import type { Caller } from './session-refresh.ts';
import { DAY, secondsOf } from './time.ts';

export interface InvitationDependencies {
  readonly profile: Profile;
  readonly store: InvitationStore;
  readonly members: MemberStore;
  readonly organizations: Organizations;
  readonly owners: Pick<OrganizationStore, 'addOwner'>;
  readonly directory: Pick<Directory, 'emailOf'>;
  readonly attempts: Attempts;
  readonly audit: Audit;
  /** None where the deployment sends no mail. */
  readonly mailer: Mailer | undefined;
  /** Where an invitation is accepted; its token follows a `#`, which no server sees. */
  readonly acceptUrl: string;
  readonly clock: Clock;
  readonly random: Random;
}

/** An invitation that was sent, or, where nothing sends mail, what its maker passes on. */
export interface Invited {
  readonly invitation: InvitationRecord;
  readonly acceptUrl?: string;
}

/** Invitations that one organization may have mailed. */
const INVITATIONS = { perMinute: 30, perHour: 100 };

/** For how many days an invitation can be accepted. */
const DAYS = 7;

/** Invitations of one organization that are pending: as many as are looked over at once. */
const QUOTA = 100;

const TOKEN = /^([\w-]{20})\.([0-9A-Za-z]{32})$/;
const PUBLIC_ID = /^inv_([\w-]{20})$/;

export const toPublicInvitationId = (id: string): string => `inv_${id}`;

/** Reads the invitation that a token is of, while it can be accepted. */
export function createInvitationReader({ store, clock }: Pick<InvitationDependencies, 'store' | 'clock'>) {
  /** @throws invalid_invitation */
  return async function read(token: string): Promise<InvitationRecord> {
    const [, id, secret = ''] = TOKEN.exec(token) ?? [];
    const invitation = id === undefined ? undefined : await store.getInvitation(id);
    // One that was accepted may be asked for again by who accepted it, which the store's condition says.
    const open = invitation && invitation.status !== 'revoked' && invitation.expiresAt > secondsOf(clock);
    if (!open || invitation.tokenHash !== hashSecret(secret)) throw invalidInvitation();
    return invitation;
  };
}

export type ReadInvitation = ReturnType<typeof createInvitationReader>;

/** Invitations into an organization, by mail. */
export function createInvitations(dependencies: InvitationDependencies) {
  const { profile, store, members, organizations, directory, attempts, audit, mailer, clock, random } = dependencies;
  const read = createInvitationReader(dependencies);

  /**
   * Invites an address; an earlier invitation of it is none any more.
   * @throws insufficient_permissions, quota_exceeded, rate_limited
   */
  async function invite(actor: Actor, { email, role }: InviteMember, caller: Caller): Promise<Invited> {
    assertCanAppoint(actor, role);
    const { organizationId } = actor;
    const { name } = await organizations.get(organizationId);
    const id = idOf(organizationId, email);
    await checkQuota(organizationId, id);
    await attempts.charge('mail', email, caller);
    // Its name and its text reach strangers, from the deployment's own address.
    await attempts.count(`invitations:${organizationId}`, INVITATIONS);
    const secret = randomBase62(32, random);
    const invitation: InvitationRecord = {
      id,
      status: 'pending',
      organizationId,
      role,
      email,
      tokenHash: hashSecret(secret),
      invitedAt: clock.now(),
      invitedBy: actor.id,
      expiresAt: secondsOf(clock) + DAYS * DAY,
    };
    await store.putInvitation(invitation);
    const url = `${dependencies.acceptUrl}#${invitation.id}.${secret}`;
    if (!mailer) return { invitation, acceptUrl: url };
    await mailer.send(invitationMail({ email, organization: name, role, url, days: DAYS }));
    return { invitation };
  }

  /** Those that can be accepted. */
  async function list({ organizationId }: Actor): Promise<readonly InvitationRecord[]> {
    const now = secondsOf(clock);
    return (await store.listInvitations(organizationId)).filter(({ expiresAt }) => expiresAt > now);
  }

  /** @throws not_found */
  async function revoke({ organizationId }: Actor, publicId: string): Promise<void> {
    const id = PUBLIC_ID.exec(publicId)?.[1];
    if (id !== undefined && (await store.revokeInvitation(organizationId, id))) return;
    throw new ApiError('not_found', 'Your organization has no such invitation.');
  }

  /**
   * Makes a member of a person who was invited, by the address that they sign in with. The invitation is used up first:
   * dying in between, the same person accepts it again, and nobody else.
   * @throws organization_exists, invalid_invitation
   */
  async function accept(
    person: Principal,
    token: string,
    where: Pick<AuditEntry, 'device' | 'address' | 'requestId'>,
  ): Promise<OrganizationRecord & Pick<Membership, 'role'>> {
    if (person.organizationId !== undefined) throw exists();
    const invitation = await read(token);
    const email = await directory.emailOf(person.id);
    // An address that is not verified is whoever's who wrote it down.
    if (!email?.verified || email.address.toLowerCase() !== invitation.email) throw invalidInvitation();
    await assertStillMeant(invitation);
    const { organizationId, role } = invitation;
    const organization = await organizations.get(organizationId);
    const before = await members.getMember(person.id);
    if (before.organizationId !== undefined) throw exists();
    const entry: AuditEntry = {
      ...where,
      organizationId,
      mode: 'live',
      action: 'member.join',
      actor: { type: 'member', id: person.id },
      target: toPublicInvitationId(invitation.id),
      details: { role, email: invitation.email },
    };
    await audit.record(entry, () => join(person, invitation));
    return { ...organization, role };
  }

  async function join(person: Principal, invitation: InvitationRecord): Promise<void> {
    const { organizationId, role, invitedAt } = invitation;
    const now = secondsOf(clock);
    if (!(await store.acceptInvitation(invitation.id, invitation.tokenHash, person.id, now))) throw invalidInvitation();
    const joining = { organizationId, role, email: invitation.email, invitedAt };
    if (!(await members.joinOrganization(person.id, joining, profile.memberLimits, now))) throw invalidInvitation();
    // Last, so that who is counted as an owner is one.
    if (role === 'owner') await dependencies.owners.addOwner(organizationId, person.id);
    if (person.sessionId !== undefined) await members.joinSession(person.sessionId, { organizationId, role });
  }

  /** Who has invited somebody, and then lost the right to, lets nobody in by that. */
  async function assertStillMeant({ organizationId, role, invitedBy }: InvitationRecord): Promise<void> {
    const inviter = await members.getMember(invitedBy);
    if (inviter.organizationId !== organizationId || !canAppoint(inviter.role, [role])) throw invalidInvitation();
  }

  /** Room for one more, or for another of the same address. Those that are over are put away. */
  async function checkQuota(organizationId: string, id: string): Promise<void> {
    const now = secondsOf(clock);
    const pending = await store.listInvitations(organizationId);
    const over = pending.filter(({ expiresAt }) => expiresAt <= now);
    for (const invitation of over) await store.revokeInvitation(organizationId, invitation.id);
    if (pending.filter((each) => each.expiresAt > now && each.id !== id).length < QUOTA) return;
    throw new ApiError('quota_exceeded', `An organization has at most ${QUOTA} invitations that are pending.`);
  }

  return { invite, list, revoke, accept };
}

export type Invitations = ReturnType<typeof createInvitations>;

/** An organization has one invitation for an address. */
const idOf = (organizationId: string, email: string): string =>
  createHash('sha256').update(`${organizationId} ${email}`).digest('base64url').slice(0, 20);

const exists = () =>
  new ApiError('organization_exists', 'You belong to an organization already. Leave it before you join another.');
const invalidInvitation = () =>
  new ApiError('invalid_invitation', 'The invitation is not valid any more, or not for your e-mail address.');
