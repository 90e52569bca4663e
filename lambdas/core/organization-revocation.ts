import { setTimeout as sleep } from 'node:timers/promises';
import type { Profile } from '../contract/profile.ts';
import { UnavailableError } from './errors.ts';
import type { InvitationStore, MemberStore } from './member-ports.ts';
import type { LiveCredential, OperatorStore } from './operator-ports.ts';
import type { Clock, KeyStore } from './ports.ts';
import { activeSessions } from './session-ender.ts';
import type { SessionStore } from './session-ports.ts';
import { secondsOf } from './time.ts';
import type { UserPoolStore } from './token-ports.ts';

export type RevocationStore = Pick<OperatorStore, 'everyCredential'> &
  Pick<KeyStore, 'listKeys' | 'revokeKey'> &
  Pick<MemberStore, 'listMembers'> &
  Pick<SessionStore, 'listSessions' | 'refuseSignIns' | 'revokeSession'> &
  Pick<InvitationStore, 'listInvitations' | 'revokeInvitation'> &
  Pick<UserPoolStore, 'listUserPools' | 'removeUserPool'>;

export interface RevocationDependencies {
  readonly profile: Pick<Profile, 'memberLimits'>;
  readonly store: RevocationStore;
  readonly clock: Clock;
  /**
   * Milliseconds between the end of what lets in and the look for what is left: for so long, a request that was let in
   * before may go on, and make something. API Gateway ends every request after 29 s.
   * @default 30000
   */
  readonly settle?: number;
}

export interface RevocationOptions {
  /** Nobody signs in again, until they are let. */
  readonly lock: boolean;
  /** Is told what was ended, as it goes on. */
  readonly onProgress?: (step: 'listed' | 'looking', ended: Readonly<Ended>) => void;
}

/** How much was ended. */
export interface Ended {
  keys: number;
  members: number;
  memberSessions: number;
  consumerSessions: number;
  invitations: number;
  userPools: number;
}

/** Sign-ins until then are refused of who may not sign in: the last second of the year 9999, in milliseconds. */
export const LOCKED = Date.UTC(9999, 11, 31, 23, 59, 59);

const SETTLE = 30_000;

/** Looks through the table for what is left, at most. */
const LOOKS = 5;

/**
 * Ends whatever lets anybody into an organization: first what the index lists, in seconds; then, when no request from
 * before can go on, whatever a look through the whole table finds, such as the sessions of guests, which no list has. As
 * long as that finds something that others could have been made by, it looks again.
 *
 * When it returns, whatever was issued before it began, or by that since, is refused. Dying on the way leaves the rest
 * for the next attempt, which begins anew and ends what is left.
 */
export function createRevocation({ profile, store, clock, settle = SETTLE }: RevocationDependencies) {
  return async function revokeAll(organizationId: string, options: RevocationOptions): Promise<Ended> {
    const { lock, onProgress = () => {} } = options;
    const began = clock.now();
    const until = lock ? LOCKED : began;
    const ended: Ended = { keys: 0, members: 0, memberSessions: 0, consumerSessions: 0, invitations: 0, userPools: 0 };

    /** Ends one. Whether others could have been made by it. */
    async function end(credential: LiveCredential): Promise<boolean> {
      const { kind, id } = credential;
      switch (kind) {
        case 'key':
          if (await store.revokeKey({ organizationId, id }, secondsOf(clock))) ended.keys++;
          return true;
        case 'member':
          if ((credential.endedAt ?? 0) >= until) return false;
          await store.refuseSignIns(id, until, profile.memberLimits);
          ended.members++;
          return true;
        case 'session':
          await store.revokeSession(id, secondsOf(clock));
          ended[`${credential.of}Sessions`]++;
          // Whoever has signed in since is not of those who are shut out.
          return credential.of === 'member' && credential.createdAt * 1_000 <= began;
        case 'invitation':
          if (await store.revokeInvitation(organizationId, id)) ended.invitations++;
          return true;
        case 'userPool':
          if (await store.removeUserPool(organizationId, id)) ended.userPools++;
          return true;
      }
    }

    /** People first, who could make keys; then keys. */
    async function endListed(): Promise<void> {
      for await (const page of pagesOf((after) => store.listMembers(organizationId, after))) {
        await Promise.all(page.map(({ subject }) => endMember(subject)));
      }
      for (const { userPoolId } of await store.listUserPools(organizationId)) {
        await end({ kind: 'userPool', id: userPoolId });
      }
      for await (const page of pagesOf((after) => store.listKeys(organizationId, false, { limit: 100, after }))) {
        await Promise.all(page.map(({ key }) => end({ kind: 'key', id: key.id })));
      }
      for (const { id } of await store.listInvitations(organizationId)) await end({ kind: 'invitation', id });
    }

    async function endMember(subject: string): Promise<void> {
      await end({ kind: 'member', id: subject });
      for await (const page of activeSessions(store, subject)) {
        await Promise.all(page.map(({ id, createdAt }) => end({ kind: 'session', of: 'member', id, createdAt })));
      }
    }

    await endListed();
    onProgress('listed', ended);
    await sleep(settle);
    for (let look = 0; look < LOOKS; look++) {
      let again = false;
      onProgress('looking', ended);
      await store.everyCredential(organizationId, async (found) => {
        const made = await Promise.all(found.map(end));
        again ||= made.includes(true);
      });
      if (!again) return ended;
    }
    throw new UnavailableError('something of the organization keeps being made');
  };
}

/** Pages of a list, from its first to its last. */
export async function* pagesOf<T>(
  list: (after?: string) => Promise<{ readonly entries: readonly T[]; readonly next?: string }>,
): AsyncGenerator<readonly T[]> {
  let after: string | undefined;
  do {
    const { entries, next } = await list(after);
    yield entries;
    after = next;
  } while (after !== undefined);
}
