import { randomUUID } from 'node:crypto';
import type { Profile } from '../contract/profile.ts';
import { ApiError } from './errors.ts';
import { hashSecret } from './key-format.ts';
import type { Clock, MemberRecord, Random } from './ports.ts';
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
import type { Sign } from './signer.ts';
import { secondsOf } from './time.ts';

export interface SessionDependencies {
  readonly profile: Profile;
  readonly store: SessionStore;
  readonly sign: Sign;
  readonly clock: Clock;
  readonly random: Random;
}

/** Where a request comes from, as far as it says. */
export interface Caller {
  readonly device?: string;
  readonly address?: string;
}

/** What a signed-in person is given. */
export interface SessionTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** For how long the same caller may present a refresh token again, in seconds: its answer may have been lost. */
const GRACE = 10;

/** Pages of sessions that are ended at most. */
const LOOKS = 10;

/** A session's id as it is shown. */
export const toPublicSessionId = (id: string): string => `ses_${id}`;

/** Sessions of members: opened by a sign-in, refreshed, and ended. */
export function createSessions({ profile, store, sign, clock, random }: SessionDependencies) {
  const lifetimes = profile.memberSessions;

  const newSession = (
    subject: string,
    { organizationId, role }: MemberRecord,
    caller: Caller,
    id: string,
    life: number,
  ) => {
    const now = secondsOf(clock);
    return {
      id,
      status: 'active',
      subject,
      ...(organizationId !== undefined && { organizationId }),
      ...(role !== undefined && { role }),
      limits: profile.memberLimits,
      createdAt: now,
      expiresAt: now + life,
      ...caller,
    } satisfies SessionRecord;
  };

  const accessTokenOf = ({ id, subject, organizationId }: SessionRecord): Promise<string> =>
    sign({
      typ: 'member',
      sub: subject,
      sid: id,
      ...(organizationId !== undefined && { org: organizationId }),
      exp: secondsOf(clock) + lifetimes.access,
    });

  /** Opens a session that is refreshed by its tokens. */
  async function open(subject: string, member: MemberRecord, caller: Caller): Promise<SessionTokens> {
    const token = firstToken(newSessionId(random), random);
    const session = newSession(subject, member, caller, token.sessionId, lifetimes.refresh);
    await store.insertSession({ ...session, refresh: { familyHash: familyHashOf(token), hash: hashOf(token) } });
    return { accessToken: await accessTokenOf(session), refreshToken: writeToken(token) };
  }

  /** Opens a session whose one token stands for it until it is ended. */
  async function openByToken(subject: string, member: MemberRecord, caller: Caller): Promise<string> {
    const token = randomUUID();
    await store.insertSession(newSession(subject, member, caller, hashSecret(token), lifetimes.token));
    return token;
  }

  /**
   * Exchanges a refresh token for the next, once. A token that was exchanged already ends the session, since two have
   * it, unless the same caller repeats what it may have had no answer to.
   * @throws invalid_session
   */
  async function refresh(text: string, caller: Caller): Promise<SessionTokens> {
    const token = readToken(text);
    if (!token) throw invalidSession();
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
      expiresAt: now + lifetimes.refresh,
    });
    if (rotated && session) return tokensOf(session, next);
    if (session?.status !== 'active' || session.expiresAt <= now) throw invalidSession();
    const { familyHash, previous } = session.refresh ?? {};
    if (familyHash !== familyHashOf(token)) throw invalidSession();
    const repeated = previous?.hash === presentedHash && previous.caller === fingerprint && now - previous.at <= GRACE;
    if (repeated) return tokensOf(session, nextToken(token, previous.salt));
    await store.revokeSession(token.sessionId, now, familyHash);
    throw invalidSession();
  }

  const tokensOf = async (session: SessionRecord, token: RefreshToken): Promise<SessionTokens> => ({
    accessToken: await accessTokenOf(session),
    refreshToken: writeToken(token),
  });

  /** Ends the session that a refresh token is of, whichever of its tokens it is. */
  async function endByRefreshToken(text: string): Promise<void> {
    const token = readToken(text);
    if (token) await store.revokeSession(token.sessionId, secondsOf(clock), familyHashOf(token));
  }

  /** Ends a session by its id. */
  const end = (sessionId: string): Promise<void> => store.revokeSession(sessionId, secondsOf(clock));

  /** A person's sessions that go on, oldest first. */
  async function list(subject: string): Promise<readonly SessionRecord[]> {
    const now = secondsOf(clock);
    return (await store.listSessions(subject)).filter(({ expiresAt }) => expiresAt > now);
  }

  /** @throws not_found, also for another person's */
  async function endOne(subject: string, publicId: string): Promise<void> {
    const session = (await list(subject)).find(({ id }) => toPublicSessionId(id) === publicId);
    if (!session) throw new ApiError('not_found', 'You have no such session.');
    await end(session.id);
  }

  /**
   * Ends all of a person's sessions, and takes no more tokens of the user pool from sign-ins until now. The latter
   * first: dying in between leaves sessions that the next attempt ends.
   */
  async function endAll(subject: string): Promise<void> {
    await store.refuseSignIns(subject, secondsOf(clock), profile.memberLimits);
    // The index may be some writes behind: a second look finds what the first did not.
    for (let look = 0; look < LOOKS; look++) {
      const sessions = await store.listSessions(subject);
      await Promise.all(sessions.map(({ id }) => end(id)));
      if (look > 0 && sessions.length === 0) return;
    }
  }

  return { open, openByToken, refresh, endByRefreshToken, end, list, endOne, endAll };
}

export type Sessions = ReturnType<typeof createSessions>;

const invalidSession = () => new ApiError('invalid_session', 'The session has ended. Sign in again.');
