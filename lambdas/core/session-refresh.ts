import { ApiError } from './errors.ts';
import { hashSecret } from './key-format.ts';
import type { Membership } from './member-ports.ts';
import type { Clock, Random } from './ports.ts';
import {
  familyHashOf,
  firstToken,
  hashOf,
  newSalt,
  newSessionId,
  nextToken,
  type RefreshToken,
  readToken,
  writeToken,
} from './refresh-token.ts';
import type { SessionRecord, SessionStore } from './session-ports.ts';
import { secondsOf } from './time.ts';

export interface RefreshDependencies {
  readonly store: Pick<SessionStore, 'getSession' | 'rotateSession' | 'revokeSession'>;
  readonly clock: Clock;
  readonly random: Random;
}

/** Where a request comes from, as far as it says. */
export interface Caller {
  readonly device?: string;
  readonly address?: string;
}

/** What a session that is refreshed is refreshed by. */
interface Terms {
  /** In seconds: since this refresh, and since the session was opened. */
  readonly refresh: number;
  readonly absolute: number;
  /** What the person is by now; null for nothing. Left as it is where none is given. */
  readonly membership?: Membership | null;
}

interface Refreshed {
  readonly session: SessionRecord;
  readonly refreshToken: string;
}

/** For how long the same caller may present a refresh token again, in seconds: its answer may have been lost. */
const GRACE = 10;

/** Sessions that are refreshed: their first token, and every next one. */
export function createRefreshing({ store, clock, random }: RefreshDependencies) {
  /** A new session's id, the state that it begins with, and the token for that. */
  function begin() {
    const token = firstToken(newSessionId(random), random);
    const refresh = { familyHash: familyHashOf(token), hash: hashOf(token) };
    return { id: token.sessionId, refresh, refreshToken: writeToken(token) };
  }

  /**
   * Exchanges a refresh token for the next, once. A token that was exchanged already ends the session, since two have
   * it, unless the same caller repeats what it may have had no answer to.
   * @param termsOf throws for a session that is not to be refreshed here
   * @throws invalid_session
   */
  async function refresh(
    text: string,
    caller: Caller,
    termsOf: (session: SessionRecord) => Promise<Terms>,
  ): Promise<Refreshed> {
    const token = readToken(text);
    if (!token) throw invalidSession();
    const known = await store.getSession(token.sessionId);
    // A guess at the token of a session is told from one of no session by nothing, and by no read more.
    if (known?.refresh?.familyHash !== familyHashOf(token)) throw invalidSession();
    const terms = await termsOf(known);
    const now = secondsOf(clock);
    const salt = newSalt(random);
    const next = nextToken(token, salt);
    const presentedHash = hashOf(token);
    const fingerprint = hashSecret(JSON.stringify([caller.device, caller.address]));
    const { rotated, session } = await store.rotateSession(token.sessionId, {
      familyHash: familyHashOf(token),
      presentedHash,
      nextHash: hashOf(next),
      salt,
      caller: fingerprint,
      now,
      expiresAt: now + terms.refresh,
      openedAfter: now - terms.absolute,
      membership: terms.membership,
    });
    if (rotated && session) return refreshed(session, next);
    if (session?.status !== 'active' || session.expiresAt <= now) throw invalidSession();
    if (session.createdAt <= now - terms.absolute) throw invalidSession();
    const { familyHash, previous } = session.refresh ?? {};
    const repeated = previous?.hash === presentedHash && previous.caller === fingerprint && now - previous.at <= GRACE;
    if (repeated) return refreshed(session, nextToken(token, previous.salt));
    await store.revokeSession(token.sessionId, now, familyHash);
    throw invalidSession();
  }

  const refreshed = (session: SessionRecord, token: RefreshToken): Refreshed => ({
    session,
    refreshToken: writeToken(token),
  });

  /** Ends the session that a refresh token is of, whichever of its tokens it is. */
  async function endByRefreshToken(text: string): Promise<void> {
    const token = readToken(text);
    if (token) await store.revokeSession(token.sessionId, secondsOf(clock), familyHashOf(token));
  }

  /** The session that a refresh token is the newest of, while it goes on. */
  async function read(text: string): Promise<SessionRecord | undefined> {
    const token = readToken(text);
    const session = token && (await store.getSession(token.sessionId));
    const current = session?.refresh?.familyHash === (token && familyHashOf(token)) && session?.refresh?.hash;
    const goesOn = session?.status === 'active' && session.expiresAt > secondsOf(clock);
    return goesOn && token && current === hashOf(token) ? session : undefined;
  }

  return { begin, refresh, endByRefreshToken, read };
}

export const invalidSession = () => new ApiError('invalid_session', 'The session has ended. Sign in again.');
