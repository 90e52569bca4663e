import { randomBytes } from 'node:crypto';
import { crc32 as nodeCrc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomBase62, toBase62 } from '../../lambdas/core/base62.ts';
import { crc32 } from '../../lambdas/core/crc32.ts';
import { createKeyReader, fromPublicId, hashSecret, mintKey, toPublicId } from '../../lambdas/core/key-format.ts';

/** Every byte value in turn: whatever they are, the key has its form. */
const seeded = (seed: number) => {
  let next = seed;
  return (count: number) => Uint8Array.from({ length: count }, () => next++ % 256);
};

/** Reads keys of one prefix; those of publishable keys are another. */
const read = (prefix: string, text: string) =>
  createKeyReader({ secret: prefix, publishable: `${prefix}p`, restricted: prefix, admin: prefix }).read(text);

const modes = fc.constantFrom('live' as const, 'test' as const);
const prefixes = fc.stringMatching(/^[a-z]{1,8}$/);
const minted = fc.tuple(prefixes, modes, fc.nat()).map(([prefix, mode, seed]) => ({
  prefix,
  key: mintKey(prefix, mode, seeded(seed)),
}));

describe('a key', () => {
  it('has its prefix, mode and 48 characters', () => {
    const { apiKey, keyPrefix, id } = mintKey('fpk', 'live', randomBytes);
    expect(apiKey).toMatch(/^fpk_live_[0-9A-Za-z]{48}$/);
    expect(keyPrefix).toBe(apiKey.slice(0, 12));
    expect(apiKey.slice(9, 19)).toBe(id);
  });

  it('is read back as it was minted', () => {
    fc.assert(
      fc.property(minted, ({ prefix, key }) => {
        const { apiKey, id, secretHash } = key;
        expect(read(prefix, apiKey)).toEqual({ id, secretHash, publishable: false });
        expect(key.secretHash).toBe(hashSecret(apiKey));
        expect(fromPublicId(toPublicId(key.id))).toBe(key.id);
      }),
    );
  });

  it('is refused with any one character changed', () => {
    const { apiKey } = mintKey('fpk', 'test', randomBytes);
    fc.assert(
      fc.property(fc.nat(apiKey.length - 1), fc.string({ minLength: 1, maxLength: 1 }), (index, character) => {
        fc.pre(apiKey[index] !== character);
        const changed = apiKey.slice(0, index) + character + apiKey.slice(index + 1);
        expect(read('fpk', changed)).toBeUndefined();
      }),
    );
  });

  it('is refused with anything before, behind or cut off', () => {
    const { apiKey } = mintKey('fpk', 'live', randomBytes);
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.integer({ min: 1, max: apiKey.length }), (text, cut) => {
        for (const wrong of [text + apiKey, apiKey + text, apiKey.slice(0, -cut), apiKey.slice(cut), text]) {
          expect(read('fpk', wrong)).toBeUndefined();
        }
      }),
    );
  });

  it('of another prefix or mode is another key', () => {
    const { apiKey } = mintKey('fpk', 'live', randomBytes);
    expect(read('org', apiKey)).toBeUndefined();
    expect(read('fpk', apiKey.replace('live', 'test'))).toBeUndefined();
  });

  it('is publishable by its prefix, and is like a key before it is known to be one', () => {
    const reader = createKeyReader({ secret: 'sk', publishable: 'pk', restricted: 'rk', admin: 'sk' });
    const kinds = ['sk', 'pk', 'rk'].map((prefix) => reader.read(mintKey(prefix, 'test', randomBytes).apiKey));
    expect(kinds.map((key) => key?.publishable)).toEqual([false, true, false]);
    expect(['sk_live_', 'pk_test_x', 'rk_live_x', 'xk_live_x', 'sk_', 'eyJ'].map(reader.isLikeKey)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  // Computed with Python's zlib and hashlib.
  it('matches a vector that another implementation can check', () => {
    const { apiKey, secretHash } = mintKey('fpk', 'test', seeded(0));
    expect(apiKey).toBe('fpk_test_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef3S5Str');
    expect(secretHash).toBe('SrCUGiImradSY6jN8LX25GEOyClkucYtt9wZrBbLt40');
  });
});

describe('base62', () => {
  it('draws bytes that would favour a character again', () => {
    const draws = [Uint8Array.of(255, 248, 247), Uint8Array.of(0, 61)];
    expect(randomBase62(3, () => draws.shift() ?? Uint8Array.of())).toBe('z0z');
  });

  it('draws each character equally often', () => {
    const counts = new Map<string, number>();
    const drawn = 62_000;
    for (const character of randomBase62(drawn, randomBytes)) counts.set(character, (counts.get(character) ?? 0) + 1);
    // Chi-squared with 61 degrees of freedom exceeds 150 once in about 10^9 runs.
    const expected = drawn / 62;
    const chiSquared = [...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    expect(counts.size).toBe(62);
    expect(chiSquared).toBeLessThan(150);
  });

  it('writes every CRC-32 in six characters', () => {
    expect(toBase62(0, 6)).toBe('000000');
    expect(toBase62(0xffffffff, 6)).toBe('4gfFC3');
  });
});

describe('crc32', () => {
  it('is what Node computes', () => {
    const ascii = fc.string({ unit: 'binary-ascii', maxLength: 100 });
    fc.assert(
      fc.property(ascii, (text) => {
        expect(crc32(Buffer.from(text))).toBe(nodeCrc32(text));
      }),
    );
  });
});
