import { describe, expect, it } from 'vitest';
import { assertUsable } from '../../lib/profiles/assert-usable.ts';
import { fabraix, fanfare, fluxrate, fractalpack, fxland, type Profile } from '../../lib/profiles/index.ts';

describe('a profile', () => {
  it.each([fractalpack, fanfare, fxland, fabraix, fluxrate])('$name can be used', (profile) => {
    expect(() => assertUsable(profile)).not.toThrow();
  });

  it('may put operations elsewhere', () => {
    const paths = { revokeKey: ['/keys/{keyId}', '/v2/keys/{keyId}'], listItems: ['/things'] } as const;
    expect(() => assertUsable({ ...fractalpack, paths })).not.toThrow();
  });

  it.each<[string, Partial<Profile>, RegExp]>([
    ['a sentence with quotes', { sentences: { unauthorized: 'Not "allowed"' } }, /no quotes/],
    ['a type with a variable', { dialect: { form: 'problem', typeBase: '$context.path/' } }, /no quotes/],
    ['a prefix in capitals', { keyPrefixes: { ...fanfare.keyPrefixes, admin: 'AK' } }, /not a prefix/],
    ['a prefix with its separator', { keyPrefixes: { ...fanfare.keyPrefixes, admin: 'a_k' } }, /not a prefix/],
    ['a shared publishable prefix', { keyPrefixes: { ...fanfare.keyPrefixes, publishable: 'sk' } }, /share/],
    ['a header twice', { keyHeaders: { secret: ['X-Key'], publishable: 'x-key' } }, /taken/],
    ['the header of tokens', { keyHeaders: { secret: ['Authorization'], publishable: 'X-Key' } }, /taken/],
    ['no header', { keyHeaders: { secret: ['X Key'], publishable: 'X-Public' } }, /not a header/],
    ['one cookie for two', { cookies: { access: 'session', refresh: 'session', login: 'login' } }, /one name/],
    ['a cookie that is none', { cookies: { access: 'a b', refresh: 'c', login: 'd' } }, /not a cookie/],
    ['a log-out that no cookie reaches', { paths: { logOut: ['/logout'] } }, /no cookie of a session/],
    ['a callback that no cookie reaches', { paths: { finishLogIn: ['/callback'] } }, /no cookie of a session/],
    ...['javascript:alert(1)', 'http://example.com/key', 'callback', 'https://x.example/#key', 'data:,x'].map(
      (redirect): [string, Partial<Profile>, RegExp] => [
        `an app at ${redirect}`,
        { apps: [{ name: 'x', redirect, scopes: ['items:read'] }] },
        /not where an app/,
      ],
    ),
    ['an app without scopes', { apps: [{ name: 'x', redirect: 'x://y', scopes: [] }] }, /scopes that are none/],
    ['an operation that there is not', { paths: { listThings: ['/things'] } as Profile['paths'] & {} }, /no operation/],
    ['a path that is none', { paths: { listKeys: ['keys'] } }, /not a path/],
    ['a path without its parameter', { paths: { getKey: ['/keys/one'] } }, /parameters/],
    ['another name for a parameter', { paths: { removeUserPool: ['/api/v1/keys/{userPoolId}'] } }, /one parameter/],
    ['a parameter at the root', { paths: { getKey: ['/{keyId}'] } }, /one parameter/],
    ['one path for two operations', { paths: { listItems: ['/api/v1/keys'] } }, /two operations/],
  ])('is refused with %s', (_, changes, reason) => {
    expect(() => assertUsable({ ...fractalpack, ...changes })).toThrow(reason);
  });
});
