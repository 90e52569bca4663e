import type { Market } from './consumer-ports.ts';
import { ApiError } from './errors.ts';
import type { Clock } from './ports.ts';
import { activeSessions } from './session-ender.ts';
import type { SessionRecord, SessionStore } from './session-ports.ts';
import { secondsOf } from './time.ts';

/** Sessions that are shown. */
const LISTED = 100;

/** A session's id as it is shown. */
export const toPublicSessionId = (id: string): string => `ses_${id}`;

/** The id of a session, or the hash of a session token. */
const PUBLIC_SESSION_ID = /^ses_([0-9A-Za-z]{20}|[\w-]{43})$/;

export interface SessionViewDependencies {
  readonly store: Pick<SessionStore, 'getSession' | 'listSessions' | 'revokeSession'>;
  readonly clock: Clock;
}

/** Sessions as they are looked at and ended one by one. */
export function createSessionViews({ store, clock }: SessionViewDependencies) {
  /** Ends a session by its id. */
  const end = (sessionId: string): Promise<void> => store.revokeSession(sessionId, secondsOf(clock));

  /** Somebody's sessions that go on, oldest first; at most 100. */
  async function list(subject: string): Promise<readonly SessionRecord[]> {
    const now = secondsOf(clock);
    const found: SessionRecord[] = [];
    for await (const page of activeSessions(store, subject)) {
      found.push(...page.filter(({ expiresAt }) => expiresAt > now));
      if (found.length >= LISTED) break;
    }
    return found.slice(0, LISTED);
  }

  /** @throws not_found unless the session goes on and is one of these */
  async function endWhere(publicId: string, isTheirs: (session: SessionRecord) => boolean): Promise<void> {
    const id = PUBLIC_SESSION_ID.exec(publicId)?.[1];
    const session = id === undefined ? undefined : await store.getSession(id);
    const goesOn = session?.status === 'active' && session.expiresAt > secondsOf(clock);
    if (!goesOn || !isTheirs(session)) throw new ApiError('not_found', 'There is no such session of yours.');
    await end(session.id);
  }

  /** @throws not_found, also for another person's */
  const endOne = (subject: string, publicId: string): Promise<void> =>
    endWhere(publicId, (session) => session.subject === subject);

  /** @throws not_found, also for one of another organization or mode, and for a member's */
  const endConsumers = ({ organizationId, mode }: Market, publicId: string): Promise<void> =>
    endWhere(
      publicId,
      (session) => session.kind === 'consumer' && session.organizationId === organizationId && session.mode === mode,
    );

  return { end, list, endOne, endConsumers };
}

export type SessionViews = ReturnType<typeof createSessionViews>;
