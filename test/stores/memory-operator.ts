import type { ListedOrganization, LiveCredential, OperatorStore } from '../../lambdas/core/operator-ports.ts';
import type { KeyRecord } from '../../lambdas/core/ports.ts';
import type { SessionRecord } from '../../lambdas/core/session-ports.ts';
import type { Stores } from './memory-store.ts';

/** What the operator's part of the memory needs of the rest. */
export interface MemoryOverview {
  readonly stores: Omit<Stores, keyof OperatorStore>;
  keys(): readonly KeyRecord[];
  organizations(): readonly ListedOrganization[];
  sessions(): readonly SessionRecord[];
  /** Moves when sign-ins were ended, in milliseconds. */
  putEnd(subject: string, at: number): void;
}

/** What who runs a deployment asks of it, in one process's memory. */
export function createMemoryOperator({ stores, keys, organizations, sessions, putEnd }: MemoryOverview): OperatorStore {
  async function credentialsOf(organizationId: string): Promise<LiveCredential[]> {
    const [members, invitations, pools] = await Promise.all([
      stores.listMembers(organizationId),
      stores.listInvitations(organizationId),
      stores.listUserPools(organizationId),
    ]);
    const isOf = (record: { organizationId?: string; status: string }) =>
      record.organizationId === organizationId && record.status === 'active';
    const ends = await Promise.all(members.entries.map(({ subject }) => stores.getMember(subject)));
    return [
      ...keys().flatMap((key) => (isOf(key) ? { kind: 'key' as const, id: key.id } : [])),
      ...sessions().flatMap((session) =>
        isOf(session)
          ? {
              kind: 'session' as const,
              id: session.id,
              of: session.kind ?? ('member' as const),
              createdAt: session.createdAt,
            }
          : [],
      ),
      ...members.entries.map(({ subject }, index) => {
        const endedAt = ends[index]?.endedAt;
        return { kind: 'member' as const, id: subject, ...(endedAt !== undefined && { endedAt }) };
      }),
      ...invitations.map(({ id }) => ({ kind: 'invitation' as const, id })),
      ...pools.map(({ userPoolId }) => ({ kind: 'userPool' as const, id: userPoolId })),
    ];
  }

  return {
    findKey: async (id) => keys().find((key) => key.id === id),

    async everyKeyBy(keyPrefix, found) {
      await found(keys().filter((key) => key.keyPrefix === keyPrefix));
      return { items: keys().length };
    },

    async everyOrganization(found) {
      await found(organizations());
      return { items: organizations().length };
    },

    async everyCredential(organizationId, found) {
      const credentials = await credentialsOf(organizationId);
      for (const credential of credentials) await found([credential]);
      return { items: credentials.length };
    },

    async allowSignIns(subject, after) {
      const { endedAt } = await stores.getMember(subject);
      if (endedAt === undefined || endedAt <= after) return false;
      putEnd(subject, after);
      return true;
    },
  };
}
