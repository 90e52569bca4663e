import { describe, expect, it } from 'vitest';
import type { Actor } from '../../lambdas/core/authority.ts';
import type { UserPools } from '../../lambdas/core/token-ports.ts';
import { createUserPoolRegistry } from '../../lambdas/core/user-pools.ts';
import { createMemoryStores } from '../stores/memory-store.ts';

const OWN = 'eu-central-1_Own';
const POOL = 'eu-central-1_Theirs';
const actor = (organizationId: string, scopes = ['*']): Actor => ({
  type: 'member',
  id: 'somebody',
  organizationId,
  scopes,
});
const input = { clientIds: ['app'], scopes: ['items:read'] };

function setUp(fields: Partial<UserPools> = {}) {
  const store = createMemoryStores();
  const registry = createUserPoolRegistry({
    store,
    userPools: { isId: () => true, exists: async () => true, groupsOf: async () => undefined, ...fields },
    ownPoolId: OWN,
    memberScopes: new Set(['items:read', 'items:write']),
    clock: { now: () => Date.UTC(2026, 3, 3) },
  });
  return { store, registry };
}

describe('the registration of user pools', () => {
  it('gives no scope that is unknown, or that the actor has not', async () => {
    const { registry } = setUp();
    await expect(registry.register(actor('org_1'), POOL, { ...input, scopes: ['keys:fly'] })).rejects.toMatchObject({
      code: 'validation_failed',
      fields: [{ field: 'scopes.0' }],
    });
    for (const scopes of [['items:write'], ['*']]) {
      await expect(registry.register(actor('org_1', ['items:read']), POOL, { ...input, scopes })).rejects.toMatchObject(
        {
          code: 'insufficient_permissions',
        },
      );
    }
  });

  it("takes neither the deployment's own pool nor one that there is not", async () => {
    const { registry } = setUp({ exists: async (id) => id === OWN });
    for (const id of [OWN, POOL]) {
      await expect(registry.register(actor('org_1'), id, input)).rejects.toMatchObject({
        code: 'validation_failed',
        fields: [{ field: 'userPoolId' }],
      });
    }
  });

  it('ends at twenty for an organization, and still lets it change one', async () => {
    const { registry } = setUp();
    for (let n = 0; n < 20; n++) await registry.register(actor('org_1'), `${POOL}${n}`, input);
    await expect(registry.register(actor('org_1'), POOL, input)).rejects.toMatchObject({ code: 'quota_exceeded' });
    await registry.register(actor('org_1'), `${POOL}7`, { ...input, clientIds: ['other'] });
    await registry.remove(actor('org_1'), `${POOL}7`);
    expect((await registry.register(actor('org_1'), POOL, input)).organizationId).toBe('org_1');
  });

  it.each([
    ['no proof', undefined, undefined, 'user_pool_taken'],
    ['a token that proves nobody', 'token', undefined, 'validation_failed'],
    ['a person in no group', 'token', [], 'validation_failed'],
    ["a person in the holder's group", 'token', ['org_1'], 'validation_failed'],
    ['a person in the group', 'token', ['x', 'org_2'], undefined],
  ])('moves to another organization by its group alone: %s', async (_, proof, groups, code) => {
    const { registry, store } = setUp({ groupsOf: async () => groups });
    await registry.register(actor('org_1'), POOL, input);
    const claim = registry.register(actor('org_2'), POOL, { ...input, ...(proof && { proof }) });
    if (code) await expect(claim).rejects.toMatchObject({ code });
    else await claim;
    expect((await store.getUserPool(POOL))?.organizationId).toBe(code ? 'org_1' : 'org_2');
  });

  it('asks for the proof of the very pool and clients that are claimed', async () => {
    const asked: unknown[] = [];
    const { registry } = setUp({
      async groupsOf(pool, token) {
        asked.push([pool.userPoolId, pool.clientIds, token]);
        return [];
      },
    });
    await registry.register(actor('org_1'), POOL, input);
    await expect(registry.register(actor('org_2'), POOL, { ...input, proof: 'a token' })).rejects.toThrow();
    expect(asked).toEqual([[POOL, ['app'], 'a token']]);
  });
});
