import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fractalpack, type KeyType } from '../../lambdas/contract/profile.ts';
import { UnavailableError } from '../../lambdas/core/errors.ts';
import { toPublicId } from '../../lambdas/core/key-format.ts';
import { createKeys } from '../../lambdas/core/keys.ts';
import type { KeyStore } from '../../lambdas/core/ports.ts';
import { createMemoryStores } from '../stores/memory-store.ts';

const ACTOR = { type: 'member', id: 'somebody', organizationId: 'org_1', scopes: ['*'] } as const;
const DATA = new Set(['items:read', 'items:write']);
const grantable = (type: KeyType) => (type === 'admin' ? new Set([...DATA, 'keys:read', 'keys:write']) : DATA);
const NOW = Date.UTC(2026, 3, 3, 12);

const MINTING = {
  random: randomBytes,
  grantable,
  loadSigner: async () => () => 'a.signed.jwt',
  directory: { emailOf: async () => undefined },
};

function setUp(change: (store: KeyStore) => Partial<KeyStore> = () => ({})) {
  const memory = createMemoryStores();
  const store = { ...memory, ...change(memory) };
  const keys = createKeys({
    profile: fractalpack,
    store,
    clock: { now: () => NOW },
    ...MINTING,
  });
  return { keys, memory };
}

const crash = async () => {
  throw new UnavailableError('the process died');
};
const active = async ({ memory }: ReturnType<typeof setUp>) =>
  (await memory.listKeys('org_1', false, { limit: 100 })).entries.map(({ key }) => key);

describe('rotating a key', () => {
  it('loses nothing when it dies after the successor was written', async () => {
    const setup = setUp(() => ({ replaceKey: crash }));
    const { record } = await setup.keys.create(ACTOR, { label: 'x', type: 'secret', mode: 'live' });
    await expect(setup.keys.rotate(ACTOR, toPublicId(record.id), { graceSeconds: 0 })).rejects.toThrow();
    const left = await active(setup);
    // The old key works on; the successor's secret was given to nobody, and the list shows it.
    expect(left.map(({ id }) => id)).toContain(record.id);
    expect(left.filter(({ replaces }) => replaces === record.id)).toHaveLength(1);
  });

  it('ends nothing when it dies before the successor was written', async () => {
    let inserts = 0;
    const setup = setUp((store) => ({ insertKey: (key) => (inserts++ === 0 ? store.insertKey(key) : crash()) }));
    const { record } = await setup.keys.create(ACTOR, { label: 'x', type: 'secret', mode: 'live' });
    await expect(setup.keys.rotate(ACTOR, toPublicId(record.id), { graceSeconds: 0 })).rejects.toThrow();
    expect(await active(setup)).toEqual([record]);
  });

  it('takes the successor back when the key was revoked meanwhile', async () => {
    const setup = setUp((store) => ({
      async replaceKey(name) {
        await store.revokeKey(name, NOW / 1_000);
        return false;
      },
    }));
    const { record } = await setup.keys.create(ACTOR, { label: 'x', type: 'secret', mode: 'live' });
    await expect(setup.keys.rotate(ACTOR, toPublicId(record.id), { graceSeconds: 0 })).rejects.toMatchObject({
      code: 'key_inactive',
    });
    expect(await active(setup)).toEqual([]);
  });

  it('gives the successor nothing that was taken from the key meanwhile', async () => {
    let reads = 0;
    const setup = setUp((store) => ({
      async getKey(name) {
        const key = await store.getKey(name);
        if (reads++ === 0) await store.updateKey(name, { scopes: ['items:read'] }, NOW / 1_000);
        return key;
      },
    }));
    const { record } = await setup.keys.create(ACTOR, { label: 'x', type: 'secret', mode: 'live' });
    const rotated = await setup.keys.rotate(ACTOR, toPublicId(record.id), { graceSeconds: 0 });
    expect(rotated.record.scopes).toEqual(['items:read']);
    expect(await active(setup)).toEqual([rotated.record]);
  });
});

describe('creating a key', () => {
  it('draws another id when one is taken, and gives up in the end', async () => {
    let inserts = 0;
    const taken = setUp((store) => ({ insertKey: async (key) => inserts++ > 0 && store.insertKey(key) }));
    await taken.keys.create(ACTOR, { label: 'x', type: 'secret', mode: 'live' });
    expect(inserts).toBe(2);
    const full = setUp(() => ({ insertKey: async () => false }));
    await expect(full.keys.create(ACTOR, { label: 'x', type: 'secret', mode: 'live' })).rejects.toMatchObject({
      code: 'unavailable',
    });
  });

  it('stores no plain key', async () => {
    const { keys, memory } = setUp();
    const { apiKey, record } = await keys.create(ACTOR, { label: 'x', type: 'secret', mode: 'live' });
    expect(JSON.stringify(await memory.getKey(record))).not.toContain(apiKey.slice(-38));
  });
});

describe('listing keys', () => {
  it('takes any text for a cursor without failing otherwise than with validation_failed', async () => {
    const { keys } = setUp();
    await keys.create(ACTOR, { label: 'x', type: 'secret', mode: 'live' });
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.base64String()), fc.boolean(), async (cursor, includeInactive) => {
        fc.pre(cursor !== '');
        await expect(keys.list(ACTOR, { limit: 5, cursor, includeInactive })).rejects.toMatchObject({
          code: 'validation_failed',
          fields: [{ field: 'cursor' }],
        });
      }),
    );
  });

  it('fills its pages though expired keys lie between', async () => {
    const { keys, memory } = setUp();
    for (let n = 0; n < 10; n++) {
      const { record } = await keys.create(ACTOR, { label: `${n}`, type: 'secret', mode: 'live' });
      if (n % 3 !== 0) await memory.replaceKey(record, 'other', NOW / 1_000 + 1, NOW / 1_000 - 1);
    }
    const later = createKeys({
      profile: fractalpack,
      store: memory,
      clock: { now: () => NOW + 5_000 },
      ...MINTING,
    });
    expect((await later.list(ACTOR, { limit: 3, includeInactive: false })).entries).toHaveLength(3);
    expect((await later.list(ACTOR, { limit: 100, includeInactive: false })).entries).toHaveLength(4);
    expect((await later.list(ACTOR, { limit: 100, includeInactive: true })).entries).toHaveLength(10);
  });

  it('reads a bounded number of expired keys for a page, and goes on behind them', async () => {
    let batches = 0;
    const memory = createMemoryStores();
    const listKeys: KeyStore['listKeys'] = (...page) => {
      batches++;
      return memory.listKeys(...page);
    };
    const keysAt = (time: number) =>
      createKeys({
        profile: fractalpack,
        store: { ...memory, listKeys },
        clock: { now: () => time },
        ...MINTING,
      });
    for (let n = 0; n < 700; n++)
      await keysAt(NOW).create(ACTOR, { label: 'old', type: 'secret', mode: 'live', expiresInDays: 1 });
    const later = keysAt(NOW + 2 * 86_400_000);
    const { record } = await later.create(ACTOR, { label: 'new', type: 'secret', mode: 'live' });

    const first = await later.list(ACTOR, { limit: 1, includeInactive: false });
    expect(first).toEqual({ entries: [], next: expect.any(String) });
    expect(batches).toBe(5);
    const second = await later.list(ACTOR, { limit: 1, includeInactive: false, cursor: first.next });
    expect(second).toEqual({ entries: [record] });
  });
});
