import { randomUUID } from 'node:crypto';
import type { Profile } from '../contract/profile.ts';
import { ApiError, UnavailableError } from './errors.ts';
import { hashSecret } from './key-format.ts';
import type { MemberRecord, MemberStore, Membership } from './member-ports.ts';
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
import { activeSessions, createSessionEnder, type SessionEnderDependencies } from './session-ender.ts';
import type { SessionRecord, SessionStore } from './session-ports.ts';
import type { Sign } from './signer.ts';
import { secondsOf } from './time.ts';

export interface SessionDependencies extends SessionEnderDependencies {
  readonly profile: Profile;
  readonly store: SessionStore;
  readonly members: Pick<MemberStore, 'getMember'>;
  readonly sign: Sign;
  readonly clock: Clock;
  readonly random: Random;
}

/** Where a request comes from, as far as it says. */
export interface Caller {
  readonly device?: string;
  readonly address?: string;
}

/** A person who has just proven who they are. */
export interface SignedIn {
  readonly subject: string;
  /** When they began to, in milliseconds: before anybody was asked whether the password is right. */
  readonly since: number;
  readonly member: Partial<Membership>;
}

/** What a signed-in person is given. */
export interface SessionTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** For how long the same caller may present a refresh token again, in seconds: its answer may have been lost. */
const GRACE = 10;

/** Sessions that are shown. */
const LISTED = 100;

/** A session's id as it is shown. */
export const toPublicSessionId = (id: string): string => `ses_${id}`;

/** The id of a session, or the hash of a session token. */
const PUBLIC_SESSION_ID = /^ses_([0-9A-Za-z]{20}|[\w-]{43})$/;

/** Sessions of members: opened by a sign-in, refreshed, and ended. */
export function createSessions(dependencies: SessionDependencies) {
  const { profile, store, members, sign, clock, random } = dependencies;
  const lifetimes = profile.memberSessions;

  const newSession = ({ subject, since, member }: SignedIn, caller: Caller, id: string, life: number) =>
    ({
      id,
      status: 'active',
      subject,
      ...(member.organizationId !== undefined && { organizationId: member.organizationId }),
      ...(member.role !== undefined && { role: member.role }),
      limits: profile.memberLimits,
      createdAt: Math.floor(since / 1_000),
      expiresAt: secondsOf(clock) + life,
      ...caller,
    }) satisfies SessionRecord;

  const accessTokenOf = ({ id, subject, organizationId }: SessionRecord): Promise<string> =>
    sign({
      typ: 'member',
      sub: subject,
      sid: id,
      ...(organizationId !== undefined && { org: organizationId }),
      exp: secondsOf(clock) + lifetimes.access,
    });

  /**
   * Keeps a new session, unless all sign-ins were ended, the password was changed, or what the person is in their
   * organization, while this one was under way.
   * @throws invalid_session
   */
  async function keep(session: SessionRecord, { subject, since }: SignedIn): Promise<void> {
    await store.insertSession(session);
    const member = await members.getMember(subject);
    const { endedAt, held } = member;
    const ended = endedAt !== undefined && endedAt >= since;
    const changing = held !== undefined && held.until > secondsOf(clock);
    const same = member.organizationId === session.organizationId && member.role === session.role;
    if (!ended && !changing && same) return;
    await end(session.id);
    throw ended ? invalidSession() : new UnavailableError('your membership is being changed');
  }

  /** Opens a session that is refreshed by its tokens. @throws invalid_session */
  async function open(person: SignedIn, caller: Caller): Promise<SessionTokens> {
    const token = firstToken(newSessionId(random), random);
    const session = newSession(person, caller, token.sessionId, lifetimes.refresh);
    await keep({ ...session, refresh: { familyHash: familyHashOf(token), hash: hashOf(token) } }, person);
    return { accessToken: await accessTokenOf(session), refreshToken: writeToken(token) };
  }

  /** Opens a session whose one token stands for it until it is ended. @throws invalid_session */
  async function openByToken(person: SignedIn, caller: Caller): Promise<string> {
    const token = randomUUID();
    await keep(newSession(person, caller, hashSecret(token), lifetimes.token), person);
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
    const known = await store.getSession(token.sessionId);
    if (!known) throw invalidSession();
    // Who has joined an organization since is in it from now on.
    const membership = membershipOf(await members.getMember(known.subject));
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
      openedAfter: now - lifetimes.absolute,
      membership,
    });
    if (rotated && session) return tokensOf(session, next);
    if (session?.status !== 'active' || session.expiresAt <= now) throw invalidSession();
    if (session.createdAt <= now - lifetimes.absolute) throw invalidSession();
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

  /** A person's sessions that go on, oldest first; at most 100. */
  async function list(subject: string): Promise<readonly SessionRecord[]> {
    const now = secondsOf(clock);
    const found: SessionRecord[] = [];
    for await (const session of activeSessions(store, subject)) {
      if (session.expiresAt > now) found.push(session);
      if (found.length === LISTED) break;
    }
    return found;
  }

  /** @throws not_found, also for another person's */
  async function endOne(subject: string, publicId: string): Promise<void> {
    const id = PUBLIC_SESSION_ID.exec(publicId)?.[1];
    const session = id === undefined ? undefined : await store.getSession(id);
    const own = session?.subject === subject && session.status === 'active' && session.expiresAt > secondsOf(clock);
    if (!own) throw new ApiError('not_found', 'You have no such session.');
    await end(session.id);
  }

  return { open, openByToken, refresh, endByRefreshToken, end, list, endOne, endAll: createSessionEnder(dependencies) };
}

const membershipOf = ({ organizationId, role }: MemberRecord): Membership | undefined =>
  organizationId !== undefined && role !== undefined ? { organizationId, role } : undefined;

export type Sessions = ReturnType<typeof createSessions>;

const invalidSession = () => new ApiError('invalid_session', 'The session has ended. Sign in again.');
