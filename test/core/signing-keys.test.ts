import { beforeEach, describe, expect, it } from 'vitest';
import { UnavailableError } from '../../lambdas/core/errors.ts';
import { createSigner } from '../../lambdas/core/signer.ts';
import { replaceSigningKeys, rotateSigningKeys, SIGNING_PERIOD } from '../../lambdas/core/signing-keys.ts';
import type { SigningKeys, SigningKeyVault } from '../../lambdas/core/token-ports.ts';
import { createMemoryStores, type Stores } from '../stores/memory-store.ts';

const START = Date.UTC(2026, 3, 3);

describe('the rotation of signing keys', () => {
  let keySets: Stores;
  let held: SigningKeys | undefined;
  let now: number;
  let dies: boolean;
  const clock = { now: () => now };
  const vault: SigningKeyVault = {
    read: async () => held,
    async write(keys) {
      if (dies) throw new UnavailableError('the process died');
      held = keys;
    },
  };
  const rotate = () => rotateSigningKeys({ vault, keySets, clock });
  const published = async () => (await keySets.getKeySet())?.keys.map(({ kid }) => kid) ?? [];
  beforeEach(() => {
    keySets = createMemoryStores();
    held = undefined;
    now = START;
    dies = false;
  });

  it('publishes what signs, and what will', async () => {
    expect(await rotate()).toBe('rotated');
    expect(await published()).toEqual([held?.next.kid, held?.current.kid]);
    for (const key of (await keySets.getKeySet())?.keys ?? []) {
      expect(key).toEqual({
        kty: 'EC',
        crv: 'P-256',
        x: expect.any(String),
        y: expect.any(String),
        kid: expect.stringMatching(/^[\w-]{43}$/),
        use: 'sig',
        alg: 'ES256',
      });
    }
  });

  it('lets the next key sign, a period after it was published and no earlier', async () => {
    await rotate();
    const first = held;
    now += SIGNING_PERIOD * 1_000 - 1_000;
    expect(await rotate()).toBe('kept');
    now += 1_000;
    expect(await rotate()).toBe('rotated');
    expect(held?.current).toEqual(first?.next);
    expect(await published()).toEqual([held?.next.kid, first?.next.kid, first?.current.kid]);
  });

  it('signs with nothing that is not published, wherever it dies', async () => {
    for (const period of [0, 1, 2, 3]) {
      now = START + period * SIGNING_PERIOD * 1_000;
      dies = true;
      await expect(rotate()).rejects.toThrow(UnavailableError);
      if (held) expect(await published()).toContain(held.current.kid);
      dies = false;
      expect(await rotate()).toBe('rotated');
      expect(await published()).toContain(held?.current.kid);
      expect((await published())[0]).toBe(held?.next.kid);
      expect(await rotate()).toBe('kept');
    }
  });

  it('is done before it is due for who says so, and not twice within that time', async () => {
    await rotate();
    const hourly = () => rotateSigningKeys({ vault, keySets, clock }, 3_600);
    now += 3_599_000;
    expect(await hourly()).toBe('kept');
    now += 1_000;
    const next = held?.next;
    expect(await hourly()).toBe('rotated');
    expect(held?.current).toEqual(next);
    expect(await hourly()).toBe('kept');
  });

  it('signs with no key that is not published, where the key set is from a backup', async () => {
    await rotate();
    const backup = await keySets.getKeySet();
    now += SIGNING_PERIOD * 1_000;
    await rotate();
    now += SIGNING_PERIOD * 1_000;
    await rotate();
    keySets = createMemoryStores();
    await keySets.putKeySet({ keys: backup?.keys ?? [], rotatedAt: backup?.rotatedAt ?? 0, version: 1 });
    expect(await rotate()).toBe('rotated');
    expect(await published()).toEqual([
      held?.next.kid,
      held?.current.kid,
      ...(backup?.keys ?? []).map(({ kid }) => kid),
    ]);
  });

  it('is done once when it is begun twice', async () => {
    const outcomes = await Promise.allSettled([rotate(), rotate(), rotate()]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await published()).toEqual([held?.next.kid, held?.current.kid]);
  });

  it('has to come before the first signature', async () => {
    const loadSigner = createSigner({ issuer: 'https://api.example.com', vault, clock });
    await expect(loadSigner()).rejects.toThrow(UnavailableError);
    await rotate();
    expect((await loadSigner())({})).toMatch(/^[\w-]+\.[\w-]+\.[\w-]{86}$/);
  });
});

describe('the replacement of signing keys', () => {
  it('leaves nothing of the keys before, and goes on from there, wherever it dies', async () => {
    for (const dies of [false, true]) {
      const keySets = createMemoryStores();
      let held: SigningKeys | undefined;
      let [now, dead] = [START, false];
      const vault: SigningKeyVault = {
        read: async () => held,
        async write(keys) {
          if (dead) throw new UnavailableError('the process died');
          held = keys;
        },
      };
      const dependencies = { vault, keySets, clock: { now: () => now } };
      const published = async () => (await keySets.getKeySet())?.keys.map(({ kid }) => kid) ?? [];
      await rotateSigningKeys(dependencies);
      now += SIGNING_PERIOD * 1_000;
      await rotateSigningKeys(dependencies);
      const leaked = [...(await published()), held?.current.kid, held?.next.kid];

      dead = dies;
      const replaced = replaceSigningKeys(dependencies);
      if (dies) await expect(replaced).rejects.toThrow(UnavailableError);
      else expect(await replaced).toBe('replaced');
      expect((await published()).filter((kid) => leaked.includes(kid))).toEqual([]);

      dead = false;
      now += 86_400_000;
      await rotateSigningKeys(dependencies);
      const after = await published();
      expect(after.filter((kid) => leaked.includes(kid))).toEqual([]);
      expect([after[0], after[1]]).toEqual([held?.next.kid, held?.current.kid]);
    }
  });
});
