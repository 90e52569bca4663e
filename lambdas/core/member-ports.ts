import type { Limits } from '../contract/profile.ts';
import type { Role } from '../contract/roles.ts';
import type { EpochSeconds, OrganizationRecord, Page } from './ports.ts';

/** What a person is, and where. */
export interface Membership {
  readonly organizationId: string;
  readonly role: Role;
}

/** What is known of a person besides their spending. */
export interface MemberRecord extends Partial<Membership> {
  /** As it was when they joined. */
  readonly email?: string;
  readonly joinedAt?: EpochSeconds;
  /** The organization that is made for them at their first sign-in. */
  readonly intended?: Pick<OrganizationRecord, 'id' | 'name'>;
  /** When all sign-ins until then were ended, in milliseconds. */
  readonly endedAt?: number;
  /** While their membership is being changed: nobody signs in with what they are about to lose. */
  readonly held?: Hold;
}

export interface Hold {
  /** Nobody else's. */
  readonly id: string;
  /** After this it holds nothing any more. */
  readonly until: EpochSeconds;
}

/** A member as their organization lists them. */
export type ListedMember = { readonly subject: string } & Membership & Pick<MemberRecord, 'email' | 'joinedAt'>;

/** Every method throws UnavailableError when the store cannot answer. A change is one conditional write. */
export interface MemberStore {
  getMember(subject: string): Promise<MemberRecord>;
  /** Keeps which organization a person who has none is to have. */
  intendOrganization(
    subject: string,
    email: string,
    organization: Pick<OrganizationRecord, 'id' | 'name'>,
    limits: Limits,
    now: EpochSeconds,
  ): Promise<void>;
  /** Takes a session into the organization that its person has just joined. */
  joinSession(sessionId: string, membership: Membership): Promise<void>;
  /** Makes a member of a person who has no organization. False when they have one, or may not by now. */
  joinOrganization(subject: string, joining: Joining, limits: Limits, now: EpochSeconds): Promise<boolean>;
  /** By their subjects; the index that they are found by may lag behind. A page may be short though more follow. */
  listMembers(organizationId: string, after?: string): Promise<Page<ListedMember>>;
  /**
   * Holds a member for a change that ends when the hold does. Undefined for who is no member of the organization, and
   * for one whom somebody else holds, who is in the answer as they are.
   */
  holdMember(
    subject: string,
    organizationId: string,
    hold: Hold,
    now: EpochSeconds,
  ): Promise<{ readonly held: boolean; readonly member: MemberRecord | undefined }>;
  /** False when the hold is over. */
  setRole(subject: string, hold: Hold, role: Role, now: EpochSeconds): Promise<boolean>;
  /**
   * Takes a member out of their organization, and gives them up. False when the hold is over.
   * @param now in milliseconds; invitations into this organization from before do not let them in again
   */
  removeMember(subject: string, organizationId: string, hold: Hold, now: number): Promise<boolean>;
  releaseMember(subject: string, hold: Hold): Promise<void>;
}

interface Joining extends Membership {
  readonly email?: string;
  /** When they were invited, in milliseconds: not who was removed from there since. */
  readonly invitedAt?: number;
}

/** An invitation, of which an organization has one for an address. */
export interface InvitationRecord extends Membership {
  readonly id: string;
  readonly status: 'pending' | 'accepted' | 'revoked';
  readonly email: string;
  readonly tokenHash: string;
  /** In milliseconds. */
  readonly invitedAt: number;
  readonly invitedBy: string;
  readonly expiresAt: EpochSeconds;
  readonly acceptedBy?: string;
}

export interface InvitationStore {
  /** In the place of one that there may be. */
  putInvitation(invitation: InvitationRecord): Promise<void>;
  getInvitation(id: string): Promise<InvitationRecord | undefined>;
  /** Those that are pending, expired ones among them; at most 100. */
  listInvitations(organizationId: string): Promise<readonly InvitationRecord[]>;
  /** For one person, as often as they ask. False when it is not pending, expired, or another's token. */
  acceptInvitation(id: string, tokenHash: string, subject: string, now: EpochSeconds): Promise<boolean>;
  /** False when the organization has no such invitation that is pending. */
  revokeInvitation(organizationId: string, id: string): Promise<boolean>;
}
