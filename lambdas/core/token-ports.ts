import type { JsonWebKey } from 'node:crypto';
import type { EpochSeconds } from './ports.ts';

/** A user pool of an organization's own: its people are that organization's, and no other's. */
export interface UserPoolRecord extends PoolMembership {
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

/** What a person has by the registration of the user pool that they are of. */
export interface PoolMembership {
  readonly organizationId: string;
  readonly scopes: readonly string[];
}

/** What a widget token is for, whatever more its key may do. */
export interface WidgetGrant {
  readonly customer: string;
  readonly scopes: readonly string[];
}

/** Whom a JWT proves: a person by their user pool's id of them, or the key or session that it is of (a widget, its key). */
export type Proven =
  | { readonly type: 'session'; readonly id: string; readonly use: 'member' | 'consumer' }
  | { readonly type: 'key'; readonly id: string }
  | ({ readonly type: 'widget'; readonly id: string } & WidgetGrant)
  | {
      readonly type: 'member';
      /** The subject; before it the pool's id, where the pool is an organization's own. */
      readonly id: string;
      /** When they signed in, as the token says: a token that is refreshed says the same. */
      readonly signedInAt: EpochSeconds;
      /** Of a person of an organization's own pool. */
      readonly membership?: PoolMembership;
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
