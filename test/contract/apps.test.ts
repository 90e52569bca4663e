import { describe, expect, it } from 'vitest';
import { findApp, withParameters } from '../../lambdas/contract/apps.ts';

const app = (redirect: string) => ({ name: redirect, redirect, scopes: ['items:read'] });
const apps = [
  app('myapp://callback'),
  app('http://127.0.0.1/callback'),
  app('http://[::1]:80/'),
  app('https://a.example/x?y=z'),
];

describe('an app', () => {
  it.each([
    ['myapp://callback', 'myapp://callback'],
    ['http://127.0.0.1/callback', 'http://127.0.0.1/callback'],
    ['http://127.0.0.1:49152/callback', 'http://127.0.0.1/callback'],
    ['http://[::1]:49152/', 'http://[::1]:80/'],
    ['https://a.example/x?y=z', 'https://a.example/x?y=z'],
  ])('is found by %s', (redirect, found) => {
    expect(findApp(apps, redirect)?.redirect).toBe(found);
  });

  it.each([
    '',
    'myapp://callback/',
    'myapp://callback?x=y',
    'myapp://callback2',
    'MYAPP://callback',
    'other://callback',
    'http://127.0.0.1:49152/callback/',
    'http://127.0.0.1:49152/other',
    'http://127.0.0.1:49152',
    'http://127.0.0.1:80@evil.example/callback',
    'http://127.0.0.1.evil.example/callback',
    'http://127.0.0.1:123456/callback',
    'https://127.0.0.1/callback',
    'http://localhost/callback',
    'https://a.example:8443/x?y=z',
    'javascript:alert(1)',
  ])('is not found by %s', (redirect) => {
    expect(findApp(apps, redirect)).toBeUndefined();
  });

  it('is told in the query, whatever is in it already', () => {
    expect(withParameters('myapp://callback', { key: 'a b&c', state: '#' })).toBe(
      'myapp://callback?key=a+b%26c&state=%23',
    );
    expect(withParameters('https://a.example/x?y=z', { key: 'k' })).toBe('https://a.example/x?y=z&key=k');
  });
});
