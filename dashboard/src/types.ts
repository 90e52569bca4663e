import type { KeyFormat, KeyType, Limits, Mode } from '../../lambdas/contract/profile.ts';
import type { Role } from '../../lambdas/contract/roles.ts';

/** What the API answers, by operation. Times are RFC 3339 in UTC. */

export type Tier = 'development' | 'production';

interface Paged {
  readonly nextCursor?: string;
}

export interface Config {
  readonly profile: string;
  readonly loginUrl: string | null;
  /** Of operations that are elsewhere than the route table says. */
  readonly paths: Readonly<Record<string, string>>;
  readonly keyTypes: readonly { readonly type: KeyType; readonly prefix: string; readonly scopes: readonly string[] }[];
  readonly keyFormat: KeyFormat;
  readonly keyHeaders: { readonly secret: readonly string[]; readonly publishable: string };
  readonly tiers: Readonly<Record<Tier, Limits>>;
  readonly defaultTier: Readonly<Record<Mode, Tier>>;
  readonly memberScopes: readonly string[];
  readonly apps: readonly { readonly name: string; readonly redirect: string; readonly scopes: readonly string[] }[];
  /** In seconds. */
  readonly memberSessions: Readonly<Record<'access' | 'refresh' | 'absolute' | 'token', number>>;
  readonly consumerSessions: Readonly<Record<'access' | 'refresh' | 'absolute', number>>;
  /** What a key may GET. */
  readonly sampleRequest: string | null;
}

export interface Me {
  readonly user: { readonly id: string; readonly email: string | null };
  readonly organization: { readonly id: string; readonly name: string } | null;
  readonly role?: Role;
}

export interface Key {
  readonly keyId: string;
  readonly keyPrefix: string;
  readonly label: string;
  readonly isActive: boolean;
  readonly type: KeyType;
  readonly format: KeyFormat;
  readonly mode: Mode;
  readonly scopes: readonly string[];
  readonly tier: Tier | 'custom';
  readonly limits: Limits;
  /** Requests charged in the current minute and hour of UTC. */
  readonly spent: { readonly minute: number; readonly hour: number };
  readonly allowedCidrs?: readonly string[];
  readonly allowedOrigins?: readonly string[];
  readonly createdAt: string;
  readonly createdBy: string;
  readonly expiresAt?: string;
  readonly lastUsedAt?: string;
  readonly revokedAt?: string;
  readonly replaces?: string;
  readonly replacedBy?: string;
}

export interface IssuedKey extends Key {
  /** The secret: in this one answer. */
  readonly apiKey: string;
}

export interface Session {
  readonly sessionId: string;
  readonly device?: string;
  readonly address?: string;
  readonly createdAt: string;
  readonly lastUsedAt: string;
  readonly expiresAt: string;
}

export interface ConsumerMessages {
  readonly emailSubject?: string;
  readonly emailText?: string;
  readonly smsText?: string;
}

export interface Organization {
  readonly id: string;
  readonly name: string;
  readonly consumers?: { readonly access?: number; readonly refresh?: number; readonly messages?: ConsumerMessages };
  readonly role?: Role;
  readonly createdAt: string;
}

export interface Member {
  readonly id: string;
  readonly email: string | null;
  readonly role: Role;
  readonly joinedAt?: string;
}

export interface Invitation {
  readonly invitationId: string;
  readonly email: string;
  readonly role: Role;
  readonly invitedBy: string;
  readonly invitedAt: string;
  readonly expiresAt: string;
}

export interface UserPool {
  readonly userPoolId: string;
  readonly clientIds: readonly string[];
  readonly scopes: readonly string[];
  readonly registeredAt: string;
}

export interface Consumer {
  readonly id: string;
  readonly isGuest: boolean;
  readonly email?: string;
  readonly phone?: string;
  readonly externalId?: string;
  readonly mode: Mode;
  readonly isDisabled: boolean;
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
  readonly createdAt: string;
}

export interface UsageRow {
  readonly day?: string;
  readonly meter_token?: string;
  readonly customer_external_id?: string;
  readonly keyId?: string;
  readonly quantity: number;
  readonly events: number;
}

export interface AuditEvent {
  readonly eventId: string;
  readonly at: string;
  readonly action: string;
  readonly actor: { readonly type: 'member' | 'key'; readonly id: string; readonly role?: string };
  readonly mode?: Mode;
  /** What the path names. */
  readonly target?: string;
  /** What it made. */
  readonly created?: string;
  readonly outcome: 'succeeded' | 'failed' | 'unknown';
  /** Of the error, when it failed. */
  readonly code?: string;
  /** Fields of the request that are no secret. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly address?: string;
  readonly device?: string;
  readonly requestId: string;
}

export interface Answers {
  readonly getConfig: Config;
  readonly getMe: Me;
  readonly logOut: undefined;
  readonly createKey: IssuedKey;
  readonly rotateKey: IssuedKey;
  readonly listKeys: Paged & { readonly keys: readonly Key[] };
  readonly getKey: Key;
  readonly updateKey: Key;
  readonly revokeKey: undefined;
  readonly listSessions: { readonly sessions: readonly (Session & { readonly isCurrent: boolean })[] };
  readonly endSession: undefined;
  readonly endAllSessions: undefined;
  readonly createOrganization: Organization;
  readonly getOrganization: Organization;
  readonly updateOrganization: Organization;
  readonly listMembers: Paged & { readonly members: readonly Member[] };
  readonly changeRole: { readonly id: string; readonly role: Role };
  readonly removeMember: undefined;
  readonly leaveOrganization: undefined;
  readonly inviteMember: Invitation & { readonly acceptUrl?: string };
  readonly listInvitations: { readonly invitations: readonly Invitation[] };
  readonly revokeInvitation: undefined;
  readonly listUserPools: { readonly userPools: readonly UserPool[] };
  readonly registerUserPool: UserPool;
  readonly removeUserPool: undefined;
  readonly listConsumers: Paged & { readonly consumers: readonly Consumer[] };
  readonly getConsumer: Consumer;
  readonly updateConsumer: Consumer;
  readonly deleteConsumer: undefined;
  readonly listConsumerSessions: { readonly sessions: readonly Session[] };
  readonly endConsumerSession: undefined;
  readonly endConsumerSessions: undefined;
  readonly listUsage: Paged & { readonly from: string; readonly to: string; readonly usage: readonly UsageRow[] };
  readonly listAuditEvents: Paged & { readonly auditEvents: readonly AuditEvent[] };
}
