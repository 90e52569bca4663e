import { describe, expect, it } from 'vitest';
import { formOf, type KeyForm, linesOf, toCreateBody, toUpdateBody } from '../../dashboard/src/key-form.ts';
import type { Key } from '../../dashboard/src/types.ts';
import { createKey, updateKey } from '../../lambdas/contract/schemas.ts';

const form: KeyForm = {
  label: 'shop',
  type: 'secret',
  format: 'opaque',
  mode: 'live',
  allScopes: true,
  scopes: [],
  tier: 'production',
  perMinute: '600',
  perHour: '10000',
  expiresInDays: '',
  cidrs: '',
  origins: '',
};

const key: Key = {
  keyId: 'key_0123456789',
  keyPrefix: 'fpk_live_012',
  label: 'shop',
  isActive: true,
  type: 'publishable',
  format: 'opaque',
  mode: 'live',
  scopes: ['items:read'],
  tier: 'custom',
  limits: { perMinute: 5, perHour: 50 },
  spent: { minute: 0, hour: 0 },
  allowedCidrs: ['192.0.2.0/24'],
  allowedOrigins: ['https://shop.example.com'],
  createdAt: '2026-11-24T00:00:00Z',
  createdBy: 'me',
};

describe('the form of a key', () => {
  it('asks for a key as the API takes it, whatever its type', () => {
    for (const fields of [
      {},
      { type: 'publishable', origins: 'https://shop.example.com\nhttps://www.example.com', format: 'jwt' },
      { type: 'restricted', scopes: ['items:read'], allScopes: true },
      {
        allScopes: false,
        scopes: ['items:read', 'usage.write'],
        expiresInDays: '90',
        cidrs: '192.0.2.0/24, 2001:db8::/32',
      },
      { tier: 'custom', perMinute: '1', perHour: '2', format: 'jwt' },
    ] satisfies readonly Partial<KeyForm>[]) {
      expect(createKey.safeParse(toCreateBody({ ...form, ...fields })).error?.issues).toBeUndefined();
    }
  });

  it('leaves it to the API to refuse what was typed', () => {
    const body = toCreateBody({ ...form, expiresInDays: 'soon', tier: 'custom', perMinute: '1.5' });
    expect(body).toMatchObject({ expiresInDays: 'soon', limits: { perMinute: '1.5', perHour: 10_000 } });
    expect(createKey.safeParse(body).success).toBe(false);
  });

  it('asks for nothing where nothing was changed', () => {
    expect(toUpdateBody(formOf(key), key)).toEqual({});
    expect(toUpdateBody(formOf({ ...key, scopes: ['*'], tier: 'production' }), { ...key, scopes: ['*'] })).toEqual({
      tier: 'production',
    });
  });

  it('asks for what was changed, and null for a list that was emptied', () => {
    const changed = { ...formOf(key), label: 'page', perHour: '60', cidrs: ' ', origins: 'https://a.example' };
    const body = toUpdateBody(changed, key);
    expect(body).toEqual({
      label: 'page',
      limits: { perMinute: 5, perHour: 60 },
      allowedCidrs: null,
      allowedOrigins: ['https://a.example'],
    });
    expect(updateKey.safeParse(body).success).toBe(true);
  });

  it('reads one to a line, or with commas between', () => {
    expect(linesOf(' a \n\nb, c,\n')).toEqual(['a', 'b', 'c']);
  });
});
