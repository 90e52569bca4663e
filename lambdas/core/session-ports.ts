import type { Limits, Mode } from '../contract/profile.ts';
import type { Role } from '../contract/roles.ts';
import type { Membership } from './member-ports.ts';
import type { EpochSeconds, Page } from './ports.ts';

/** A person who is signed in, on one device. */
export interface SessionRecord {
  readonly id: string;
  readonly status: 'active' | 'revoked';
  /** A member's without. */
  readonly kind?: 'consumer';
  /** The user pool's id of the person, or a consumer's id. */
  readonly subject: string;
  /** Of a consumer: nobody knows more of them than this session. */
  readonly guest?: true;
  /** @default live */
  readonly mode?: Mode;
  /** A consumer's. */
  readonly scopes?: readonly string[];
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
  /** A session that is older is not refreshed. */
  readonly openedAfter: EpochSeconds;
  /** What the person is now, null for nothing; left as it is without. */
  readonly membership?: Membership | null | undefined;
}

/** Every method throws UnavailableError when the store cannot answer. A change is one conditional write. */
export interface SessionStore {
  insertSession(session: SessionRecord): Promise<void>;
  getSession(id: string): Promise<SessionRecord | undefined>;
  /**
   * Exchanges the refresh token that counts for the next. `session` is what it is after that, or what it was when the
   * session was not active, had expired, or another token was presented.
   */
  rotateSession(
    id: string,
    rotation: Rotation,
  ): Promise<{ readonly rotated: boolean; readonly session: SessionRecord | undefined }>;
  /** A person's sessions that are active, expired ones among them, oldest first. A page may be empty though more follow. */
  listSessions(subject: string, after?: string): Promise<Page<SessionRecord>>;
  /**
   * Takes no more tokens of the user pool from sign-ins of then and before.
   * @param until in milliseconds; tokens know whole seconds, and that one is refused too
   */
  refuseSignIns(subject: string, until: number, limits: Limits): Promise<void>;
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
  /** @throws invalid_credentials, also before the address is confirmed, and challenge_required */
  signIn(email: string, password: string): Promise<Identity>;
  /**
   * Undefined when the address is taken. A sign-up that nobody confirmed gives way to the next, so that the newest code
   * goes with the newest password.
   * @throws validation_failed for a password that the pool does not take
   */
  signUp(email: string, password: string): Promise<{ subject: string; confirmed: boolean } | undefined>;
  /** With a subject, only the sign-up that it is of. @throws invalid_code */
  confirmSignUp(email: string, code: string, subject?: string): Promise<void>;
  /** Sends a code, to nobody where there is no such person. */
  forgotPassword(email: string): Promise<void>;
  /** @throws invalid_code, validation_failed */
  resetPassword(email: string, code: string, password: string): Promise<void>;
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
