import { setTimeout as sleep } from 'node:timers/promises';
import type { Profile } from '../contract/profile.ts';
import { UnavailableError } from './errors.ts';
import type { Clock } from './ports.ts';
import type { SessionRecord, SessionStore } from './session-ports.ts';
import { secondsOf } from './time.ts';

export interface SessionEnderDependencies {
  readonly profile: Pick<Profile, 'memberLimits'>;
  readonly store: Pick<SessionStore, 'listSessions' | 'refuseSignIns' | 'revokeSession'>;
  readonly clock: Clock;
  /** Between two looks for sessions to end, in milliseconds. @default 500 */
  readonly pause?: number;
}

/** Looks for sessions to end at most, and the pause between them in milliseconds. */
const LOOKS = 5;
const PAUSE = 500;

/** Somebody's sessions that have not been ended, page by page. */
export async function* activeSessions(
  store: Pick<SessionStore, 'listSessions'>,
  subject: string,
): AsyncGenerator<readonly SessionRecord[]> {
  let after: string | undefined;
  do {
    const { entries, next } = await store.listSessions(subject, after);
    yield entries;
    after = next;
  } while (after !== undefined);
}

/** Ends all of somebody's sessions, however late the list of them is. */
export function createListedEnder({ store, clock, pause = PAUSE }: Omit<SessionEnderDependencies, 'profile'>) {
  return async function endListed(subject: string): Promise<void> {
    // The index may be some writes behind: after a pause, another look finds what the one before did not.
    for (let look = 0; look < LOOKS; look++) {
      if (look > 0) await sleep(pause);
      let found = 0;
      for await (const page of activeSessions(store, subject)) {
        found += page.length;
        await Promise.all(page.map(({ id }) => store.revokeSession(id, secondsOf(clock))));
      }
      if (look > 0 && found === 0) return;
    }
    throw new UnavailableError('sessions keep being opened');
  };
}

export type EndListedSessions = ReturnType<typeof createListedEnder>;

/** Ends whatever a member has signed in with. */
export function createSessionEnder(dependencies: SessionEnderDependencies) {
  const { profile, store, clock } = dependencies;
  const endListed = createListedEnder(dependencies);

  /**
   * Ends all of a person's sessions, and takes no more tokens of the user pool from sign-ins until now. The latter
   * first: dying in between leaves sessions that the next attempt ends.
   */
  return async function endAll(subject: string): Promise<void> {
    await store.refuseSignIns(subject, clock.now(), profile.memberLimits);
    await endListed(subject);
  };
}

export type EndAllSessions = ReturnType<typeof createSessionEnder>;
