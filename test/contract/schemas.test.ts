import { describe, expect, it } from 'vitest';
import { createKey } from '../../lambdas/contract/schemas.ts';

const originOf = (origin: string): string | undefined =>
  createKey.safeParse({ label: 'x', type: 'publishable', allowedOrigins: [origin] }).data?.allowedOrigins?.[0];

describe('an origin', () => {
  it.each([
    ['https://shop.example', 'https://shop.example'],
    ['HTTPS://Shop.Example', 'https://shop.example'],
    ['https://shop.example:443', 'https://shop.example'],
    ['https://shop.example:8443', 'https://shop.example:8443'],
    ['http://localhost:5173', 'http://localhost:5173'],
    ['http://127.0.0.1', 'http://127.0.0.1'],
    ['http://[::1]:3000', 'http://[::1]:3000'],
    ['https://b%C3%BCcher.example', 'https://xn--bcher-kva.example'],
    ['capacitor://localhost', 'capacitor://localhost'],
  ])('is kept as browsers write it: %s', (text, origin) => {
    expect(originOf(text)).toBe(origin);
  });

  it.each([
    '',
    'null',
    '*',
    'shop.example',
    'https://',
    'https://*.example',
    'https://shop.example/',
    'https://shop.example/path',
    'https://shop.example?query',
    'https://user@shop.example',
    'https://shop.example https://other.example',
    'https://shop.example:99999',
    'javascript:alert(1)',
    'data://,',
    `https://${'a'.repeat(200)}.example`,
  ])('is not %j', (text) => {
    expect(originOf(text)).toBeUndefined();
  });
});
