import type { JsonWebKey } from 'node:crypto';
import type { KeyFormat, KeyType, Limits, Mode } from '../contract/profile.ts';
import type { RandomBytes } from './base62.ts';
import type { Counters, Windows } from './windows.ts';

/** Whole seconds since the epoch. */
export type EpochSeconds = number;

export interface Clock {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

export type Random = RandomBytes;

export type Role = 'owner';

/** Whoever can call the API, as the item that is spent from. */
export interface PrincipalRecord {
  readonly type: 'key' | 'member' | 'anonymous';
  /** A key's id without `key_`, a member's Cognito subject, or an address. */
  readonly id: string;
  readonly status: 'active' | 'revoked';
  readonly organizationId?: string;
  readonly mode: Mode;
  /** A member's role in its organization. */
  readonly role?: Role;
  /** Of a member who came by a session: the item is the session's. */
  readonly sessionId?: string;
  /** A member's tokens of the user pool from then and before are not taken any more. */
  readonly notBefore?: EpochSeconds;
  readonly keyType?: KeyType;
  /** A key's scopes; `*` is all that a key of its type can have. */
  readonly scopes?: readonly string[];
  /** Networks that a key may be used from; any without. */
  readonly allowedCidrs?: readonly string[];
  /** Origins that a publishable key may be used from; any without. */
  readonly allowedOrigins?: readonly string[];
  readonly secretHash?: string;
  readonly expiresAt?: EpochSeconds;
  readonly limits: Limits;
  readonly counters: Counters;
  /** Counts the item's changes other than spends. */
  readonly version: number;
}

/** Requests to be charged to one principal. */
export type Spend = {
  readonly id: string;
  readonly now: EpochSeconds;
  readonly windows: Windows;
  /** Counters seen earlier that are over; removed by the way. */
  readonly stale: readonly string[];
} & (
  | {
      readonly type: 'key';
      readonly secretHash: string;
      /** More than one at once: all of them or none, and none if the key's limits are not these. */
      readonly batch?: { readonly count: number; readonly limits: Limits };
    }
  /** A member's item is made by its first spend, with these limits. */
  | {
      readonly type: 'member';
      readonly limits: Limits;
      /** When they signed in. */
      readonly signedInAt: EpochSeconds;
    }
  /** Whoever names a session has proven that it is theirs. */
  | { readonly type: 'session' }
  /** An address has an item for as long as it is used; its limits are these, whatever they were. */
  | { readonly type: 'anonymous'; readonly limits: Limits }
);

/** `record` is the item after a spend that was granted, and as it stood at one that was refused. */
export type SpendOutcome =
  | { readonly granted: true; readonly record: PrincipalRecord }
  | { readonly granted: false; readonly record: PrincipalRecord | undefined };

export interface PrincipalStore {
  /**
   * Charges one request, or a batch, in one conditional write. Granted if and only if the principal is active and not
   * expired, its secret matches, and both windows have room.
   * @throws UnavailableError when the store cannot answer
   */
  spend(spend: Spend): Promise<SpendOutcome>;
  /**
   * Drops counters that are over, at most 100.
   * @throws UnavailableError when the store cannot answer
   */
  dropCounters(
    principal: Pick<PrincipalRecord, 'type' | 'id' | 'sessionId'>,
    counters: readonly string[],
  ): Promise<void>;
}

/** An API key as the key operations see it. */
export interface KeyRecord {
  readonly id: string;
  readonly organizationId: string;
  readonly status: 'active' | 'revoked';
  readonly type: KeyType;
  readonly format: KeyFormat;
  readonly mode: Mode;
  readonly label: string;
  readonly keyPrefix: string;
  readonly secretHash: string;
  readonly scopes: readonly string[];
  readonly limits: Limits;
  readonly createdAt: EpochSeconds;
  /** Principal id of who made it. */
  readonly createdBy: string;
  readonly expiresAt?: EpochSeconds;
  readonly lastUsedAt?: EpochSeconds;
  readonly allowedCidrs?: readonly string[];
  readonly allowedOrigins?: readonly string[];
  readonly revokedAt?: EpochSeconds;
  /** Id of the key that this one took over from, and of the one that took over from it. */
  readonly replaces?: string;
  readonly replacedBy?: string;
  /** Counts the key's changes other than spends. */
  readonly version: number;
}

/** A key and its place in the list that it was found in. */
export interface ListedKey {
  readonly position: string;
  readonly key: KeyRecord;
}

export interface PageRequest {
  readonly limit: number;
  /** Where the page before ended. */
  readonly after?: string | undefined;
}

export interface Page<T> {
  readonly entries: readonly T[];
  /** Present when more may follow. */
  readonly next?: string;
}

/** Names a key within an organization: another organization's key is as absent as one that never was. */
export interface KeyName {
  readonly organizationId: string;
  readonly id: string;
}

/** Every method throws UnavailableError when the store cannot answer. A change is one conditional write. */
export interface KeyStore {
  /** False when the id is taken. */
  insertKey(key: KeyRecord): Promise<boolean>;
  getKey(name: KeyName): Promise<KeyRecord | undefined>;
  /** Oldest first. Active keys may have expired; revoked ones come with `includeRevoked` only. */
  listKeys(organizationId: string, includeRevoked: boolean, page: PageRequest): Promise<Page<ListedKey>>;
  /** Changes a key that is active, not expired and, where one is given, of this version; undefined when it is not. */
  updateKey(
    name: KeyName,
    changes: {
      readonly label?: string | undefined;
      readonly scopes?: readonly string[] | undefined;
      readonly limits?: Limits | undefined;
      /** null removes them. */
      readonly allowedCidrs?: readonly string[] | null | undefined;
      readonly allowedOrigins?: readonly string[] | null | undefined;
    },
    now: EpochSeconds,
    version?: number,
  ): Promise<KeyRecord | undefined>;
  /** Revokes a key. False when the organization has no such key, or it is revoked already. */
  revokeKey(name: KeyName, now: EpochSeconds): Promise<boolean>;
  /**
   * Ends a key in favour of another: at once when `until` is not after `now`, else at `until` or its own expiry,
   * whichever is first. False unless it is active, not expired, not replaced before, and as it was when it was read.
   */
  replaceKey(key: KeyRecord, replacedBy: string, until: EpochSeconds, now: EpochSeconds): Promise<boolean>;
  /** Takes back a key whose secret nobody has been given. */
  deleteKey(name: KeyName): Promise<void>;
}

export interface OrganizationRecord {
  readonly id: string;
  readonly name: string;
  readonly createdAt: EpochSeconds;
}

/** What is known of a member besides their spending. */
export interface MemberRecord {
  readonly organizationId?: string;
  readonly role?: Role;
  /** The organization that is made for them at their first sign-in. */
  readonly intended?: Pick<OrganizationRecord, 'id' | 'name'>;
}

export interface OrganizationStore {
  getMember(subject: string): Promise<MemberRecord>;
  /** Keeps which organization a person who has none is to have. */
  intendOrganization(
    subject: string,
    organization: Pick<OrganizationRecord, 'id' | 'name'>,
    limits: Limits,
    now: EpochSeconds,
  ): Promise<void>;
  insertOrganization(organization: OrganizationRecord): Promise<void>;
  getOrganization(id: string): Promise<OrganizationRecord | undefined>;
  deleteOrganization(id: string): Promise<void>;
  /** Makes a member of a person who has no organization. False when they have one. */
  joinOrganization(
    subject: string,
    organizationId: string,
    role: Role,
    limits: Limits,
    now: EpochSeconds,
  ): Promise<boolean>;
}

/** A record of the sample resource. */
export interface ItemRecord {
  readonly id: string;
  /** What the caller sent, validated. */
  readonly content: Readonly<Record<string, unknown>>;
  readonly createdAt: EpochSeconds;
}

/** A person who is signed in, on one device. */
export interface SessionRecord {
  readonly id: string;
  readonly status: 'active' | 'revoked';
  /** The user pool's id of the person. */
  readonly subject: string;
  readonly organizationId?: string;
  readonly role?: Role;
  readonly limits: Limits;
  readonly createdAt: EpochSeconds;
  readonly expiresAt: EpochSeconds;
  /** What the caller says that it is. */
  readonly lastUsedAt?: EpochSeconds;
  readonly device?: string;
  readonly address?: string;
  /** Of a session that can be refreshed. */
  readonly refresh?: RefreshState;
}

interface RefreshState {
  /** Hash of what all refresh tokens of the session share. */
  readonly familyHash: string;
  /** Hash of the one that counts. */
  readonly hash: string;
  /** Of the one before it: its hash, what its successor was made with, when, and for whom. */
  readonly previous?: {
    readonly hash: string;
    readonly salt: string;
    readonly at: EpochSeconds;
    readonly caller: string;
  };
}

/** One use of a refresh token. */
interface Rotation {
  readonly familyHash: string;
  readonly presentedHash: string;
  readonly nextHash: string;
  readonly salt: string;
  readonly caller: string;
  readonly now: EpochSeconds;
  readonly expiresAt: EpochSeconds;
}

/** Every method throws UnavailableError when the store cannot answer. A change is one conditional write. */
export interface SessionStore {
  insertSession(session: SessionRecord): Promise<void>;
  /**
   * Exchanges the refresh token that counts for the next. `session` is what it is after that, or what it was when the
   * session was not active, had expired, or another token was presented.
   */
  rotateSession(
    id: string,
    rotation: Rotation,
  ): Promise<{ readonly rotated: boolean; readonly session: SessionRecord | undefined }>;
  /** A person's sessions that are active, expired ones among them, oldest first; at most 100. */
  listSessions(subject: string): Promise<readonly SessionRecord[]>;
  /** Takes no more tokens of the user pool from sign-ins of then and before. */
  refuseSignIns(subject: string, until: EpochSeconds, limits: Limits): Promise<void>;
  /** Ends a session. With a family, only one whose refresh tokens share it. */
  revokeSession(id: string, now: EpochSeconds, familyHash?: string): Promise<void>;
}

/** What sign-in says of a person. */
export interface Identity {
  readonly subject: string;
  readonly email: string;
}

/** Who people are. Every method throws UnavailableError when the user pool is out of reach or throttles. */
export interface IdentityProvider {
  /** @throws invalid_credentials, confirmation_required, challenge_required */
  signIn(email: string, password: string): Promise<Identity>;
  /**
   * Undefined when the address is taken.
   * @throws validation_failed for a password that the pool does not take
   */
  signUp(email: string, password: string): Promise<{ subject: string; confirmed: boolean } | undefined>;
  /** @throws invalid_code */
  confirmSignUp(email: string, code: string): Promise<void>;
  /** Sends a code, to nobody where there is no such person. */
  forgotPassword(email: string): Promise<void>;
  /** @throws invalid_code, validation_failed */
  resetPassword(email: string, code: string, password: string): Promise<void>;
}

/** A user pool of an organization's own: its people are that organization's, and no other's. */
export interface UserPoolRecord extends Membership {
  readonly userPoolId: string;
  /** A pool that was removed lets nobody in, and is still not free for another organization to take without proof. */
  readonly status: 'active' | 'removed';
  readonly clientIds: readonly string[];
  readonly registeredAt: EpochSeconds;
}

export interface UserPoolStore {
  getUserPool(userPoolId: string): Promise<UserPoolRecord | undefined>;
  /** Those that are active, by their ids, at most 100. */
  listUserPools(organizationId: string): Promise<readonly UserPoolRecord[]>;
  /** Where the pool is nobody's, or the organization's already, or that of `from`. False where it is another's. */
  putUserPool(pool: UserPoolRecord, from?: string): Promise<boolean>;
  /** False where the organization has never had such a pool. */
  removeUserPool(organizationId: string, userPoolId: string): Promise<boolean>;
}

/** User pools as AWS has them. Every method throws UnavailableError when it cannot be told. */
export interface UserPools {
  /** Whether a text has the form of a pool's id. */
  isId(userPoolId: string): boolean;
  /** Whether there is such a pool. */
  exists(userPoolId: string): Promise<boolean>;
  /** The groups that a token's subject is in; undefined for what is no token of the pool for one of the clients. */
  groupsOf(
    pool: Pick<UserPoolRecord, 'userPoolId' | 'clientIds'>,
    token: string,
  ): Promise<readonly string[] | undefined>;
}

/** Whose items, and which. What is in one shelf is never seen from another. */
export interface Shelf {
  readonly organizationId: string;
  readonly mode: Mode;
  /** Such as `pins`. */
  readonly kind: string;
}

export interface ItemStore {
  insertItem(shelf: Shelf, item: ItemRecord): Promise<void>;
  /** Oldest first. */
  listItems(shelf: Shelf, page: PageRequest): Promise<Page<ItemRecord>>;
}

/** What a person has by the registration of the user pool that they are of. */
export interface Membership {
  readonly organizationId: string;
  readonly scopes: readonly string[];
}

/** Whom a JWT proves: a person by their user pool's id of them, or the key or session that it is of. */
export type Proven =
  | { readonly type: 'session'; readonly id: string }
  | { readonly type: 'key'; readonly id: string }
  | {
      readonly type: 'member';
      /** The subject; before it the pool's id, where the pool is an organization's own. */
      readonly id: string;
      /** When they signed in, as the token says: a token that is refreshed says the same. */
      readonly signedInAt: EpochSeconds;
      /** Of a person of an organization's own pool. */
      readonly membership?: Membership;
    };

export interface TokenVerifier {
  /**
   * Undefined when the token proves nobody.
   * @throws UnavailableError when the issuer's keys cannot be fetched
   */
  verify(token: string): Promise<Proven | undefined>;
}

/** A private key of the stack's issuer, P-256. Its id is the RFC 7638 thumbprint. */
export interface SigningKey {
  readonly kid: string;
  readonly privateKey: JsonWebKey;
}

/** `current` signs; `next` is published already and will sign after the next rotation. */
export interface SigningKeys {
  readonly current: SigningKey;
  readonly next: SigningKey;
}

/** Where the private keys are. Throws UnavailableError when it cannot answer. */
export interface SigningKeyVault {
  /** Undefined before the first rotation. */
  read(): Promise<SigningKeys | undefined>;
  write(keys: SigningKeys): Promise<void>;
}

/** A public key as RFC 7517 writes it. */
export interface PublicKey {
  readonly kty: 'EC';
  readonly crv: 'P-256';
  readonly x: string;
  readonly y: string;
  readonly kid: string;
  readonly use: 'sig';
  readonly alg: 'ES256';
}

/** The issuer's public keys, newest first. */
export interface KeySet {
  readonly keys: readonly PublicKey[];
  readonly rotatedAt: EpochSeconds;
  /** Counts rotations. */
  readonly version: number;
}

/** Throws UnavailableError when it cannot answer. */
export interface KeySetStore {
  getKeySet(): Promise<KeySet | undefined>;
  /** Publishes a key set in the place of the version before it. False when that is not there (any more). */
  putKeySet(keySet: KeySet): Promise<boolean>;
}

/** What a user pool knows of people. */
export interface Directory {
  /**
   * A member's e-mail address, undefined where there is none.
   * @throws UnavailableError
   */
  emailOf(subject: string): Promise<{ readonly address: string; readonly verified: boolean } | undefined>;
  /**
   * Whose e-mail address it is.
   * @throws UnavailableError
   */
  subjectOf(email: string): Promise<string | undefined>;
}
