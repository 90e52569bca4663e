import type { KeyFormat, KeyType, Limits, Mode } from '../contract/profile.ts';
import type { Role } from '../contract/roles.ts';
import type { RandomBytes } from './base62.ts';
import type { ConsumerSettings } from './consumer-ports.ts';
import type { Counters, Windows } from './windows.ts';

/** Whole seconds since the epoch. */
export type EpochSeconds = number;

export interface Clock {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

export type Random = RandomBytes;

/** Whoever can call the API, as the item that is spent from. */
export interface PrincipalRecord {
  readonly type: 'key' | 'widget' | 'member' | 'consumer' | 'anonymous';
  /** A key's id without `key_` (of a widget, its key's), a member's Cognito subject, a consumer's id, or an address. */
  readonly id: string;
  readonly status: 'active' | 'revoked';
  readonly organizationId?: string;
  readonly mode: Mode;
  /** A member's role in its organization. */
  readonly role?: Role;
  /** A consumer of whom nothing is known. */
  readonly guest?: true;
  /** Of who came by a session: the item is the session's. */
  readonly sessionId?: string;
  /** A member's tokens of the user pool from then and before are not taken any more. */
  readonly notBefore?: EpochSeconds;
  /** Whose usage a widget is for. */
  readonly customer?: string;
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
  /** A token of the key's proves it, in the place of the secret. */
  | { readonly type: 'widget' }
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
  /** What it had spent when it was read; absent where that is nothing. */
  readonly counters?: Counters;
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
  /** What it has set for its consumers. */
  readonly consumers?: ConsumerSettings;
}

/** Every method throws UnavailableError when the store cannot answer. A change is one conditional write. */
export interface OrganizationStore {
  insertOrganization(organization: OrganizationRecord, owner: string): Promise<void>;
  getOrganization(id: string): Promise<OrganizationRecord | undefined>;
  /** Undefined when there is none. */
  updateOrganization(
    id: string,
    changes: { readonly name?: string | undefined; readonly consumers?: ConsumerSettings | undefined },
  ): Promise<OrganizationRecord | undefined>;
  deleteOrganization(id: string): Promise<void>;
  /** Counts a person among the owners. */
  addOwner(id: string, subject: string): Promise<void>;
  /** Counts them there no more. False when they are the only one. */
  dropOwner(id: string, subject: string): Promise<boolean>;
}

/** A record of the sample resource. */
export interface ItemRecord {
  readonly id: string;
  /** What the caller sent, validated. */
  readonly content: Readonly<Record<string, unknown>>;
  readonly createdAt: EpochSeconds;
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
