import { randomUUID } from 'node:crypto';
import type { Profile } from '../contract/profile.ts';
import { UnavailableError } from './errors.ts';
import { hashSecret } from './key-format.ts';
import type { MemberRecord, MemberStore, Membership } from './member-ports.ts';
import type { Clock, Random } from './ports.ts';
import { createSessionEnder, type SessionEnderDependencies } from './session-ender.ts';
import type { SessionRecord, SessionStore } from './session-ports.ts';
import { type Caller, createRefreshing, invalidSession } from './session-refresh.ts';
import { createSessionViews } from './session-views.ts';
import type { LoadSigner, Sign } from './signer.ts';
import { secondsOf } from './time.ts';

export interface SessionDependencies extends SessionEnderDependencies {
  readonly profile: Profile;
  readonly store: SessionStore;
  readonly members: Pick<MemberStore, 'getMember'>;
  readonly loadSigner: LoadSigner;
  readonly clock: Clock;
  readonly random: Random;
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

/** Sessions of members: opened by a sign-in, refreshed, and ended. */
export function createSessions(dependencies: SessionDependencies) {
  const { profile, store, members, loadSigner, clock } = dependencies;
  const refreshing = createRefreshing(dependencies);
  const views = createSessionViews(dependencies);
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

  const accessTokenOf = (
    { id, subject, organizationId }: Pick<SessionRecord, 'id' | 'subject' | 'organizationId'>,
    sign: Sign,
  ): string =>
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
    await views.end(session.id);
    throw ended ? invalidSession() : new UnavailableError('your membership is being changed');
  }

  /**
   * Opens a session that is refreshed by its tokens.
   * @param loaded before something was used up for it; else here, so that no session is left that nobody has a token of
   * @throws invalid_session
   */
  async function open(person: SignedIn, caller: Caller, loaded?: Sign): Promise<SessionTokens> {
    const sign = loaded ?? (await loadSigner());
    const { id, refresh, refreshToken } = refreshing.begin();
    const session = newSession(person, caller, id, lifetimes.refresh);
    await keep({ ...session, refresh }, person);
    return { accessToken: accessTokenOf(session, sign), refreshToken };
  }

  /** Opens a session whose one token stands for it until it is ended. @throws invalid_session */
  async function openByToken(person: SignedIn, caller: Caller): Promise<string> {
    const token = randomUUID();
    await keep(newSession(person, caller, hashSecret(token), lifetimes.token), person);
    return token;
  }

  /**
   * Exchanges a refresh token for the next. Who has joined an organization since is in it from now on.
   * @throws invalid_session
   */
  async function refresh(text: string, caller: Caller): Promise<SessionTokens> {
    let accessToken = '';
    const { refreshToken } = await refreshing.refresh(text, caller, async (known) => {
      // A consumer's session is another's business.
      if (known.kind === 'consumer') throw invalidSession();
      const member = await members.getMember(known.subject);
      // What was opened before all of them were ended is over, whether it was found then or not.
      if (member.endedAt !== undefined && (known.createdAt + 1) * 1_000 <= member.endedAt) {
        await views.end(known.id);
        throw invalidSession();
      }
      const membership = membershipOf(member);
      // Before the token is exchanged: where nothing can be signed, who asks still has the one that counts.
      const { id, subject } = known;
      accessToken = accessTokenOf({ id, subject, ...membership }, await loadSigner());
      return { ...lifetimes, membership };
    });
    return { accessToken, refreshToken };
  }

  const { endByRefreshToken } = refreshing;
  const endAll = createSessionEnder(dependencies);
  return { loadSigner, open, openByToken, refresh, endByRefreshToken, endAll, ...views };
}

const membershipOf = ({ organizationId, role }: MemberRecord): Membership | null =>
  organizationId !== undefined && role !== undefined ? { organizationId, role } : null;

export type Sessions = ReturnType<typeof createSessions>;
