import type { UserPoolRecord, UserPoolStore } from '../../lambdas/core/token-ports.ts';

/** User pools of organizations, in one process's memory. */
export function createMemoryUserPools(): UserPoolStore {
  const userPools = new Map<string, UserPoolRecord>();

  return {
    async getUserPool(userPoolId) {
      return userPools.get(userPoolId);
    },

    async listUserPools(organizationId) {
      const own = [...userPools.values()].filter(
        (pool) => pool.organizationId === organizationId && pool.status === 'active',
      );
      return own.toSorted((a, b) => (a.userPoolId < b.userPoolId ? -1 : 1));
    },

    async putUserPool(pool, from = pool.organizationId) {
      const holder = userPools.get(pool.userPoolId)?.organizationId ?? from;
      if (holder !== from && holder !== pool.organizationId) return false;
      userPools.set(pool.userPoolId, pool);
      return true;
    },

    async removeUserPool(organizationId, userPoolId) {
      const pool = userPools.get(userPoolId);
      if (pool?.organizationId !== organizationId) return false;
      userPools.set(userPoolId, { ...pool, status: 'removed' });
      return true;
    },
  };
}
