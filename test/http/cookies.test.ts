import { describe, expect, it } from 'vitest';
import { fractalpack } from '../../lambdas/contract/profile.ts';
import { createSessionCookies } from '../../lambdas/http/cookies.ts';
import { cookieValues, createCredentialReader } from '../../lambdas/http/credentials.ts';

const tokens = { accessToken: 'access', refreshToken: 'refresh' };

describe('the cookies of a session', () => {
  it.each([
    ['https://api.example.com', '/', '/api/v1/auth', '; Secure'],
    ['https://id.execute-api.eu-central-1.amazonaws.com/prod', '/prod', '/prod/api/v1/auth', '; Secure'],
    ['https://example.com/api/', '/api', '/api/api/v1/auth', '; Secure'],
    ['http://localhost:3000', '/', '/api/v1/auth', ''],
  ])('are for %s and nothing beside it', (baseUrl, path, refreshPath, secure) => {
    const { set, clear } = createSessionCookies({ profile: fractalpack, baseUrl });
    expect(set(tokens)).toEqual([
      `access_token=access; Path=${path}; Max-Age=900; HttpOnly; SameSite=Lax${secure}`,
      `refresh_token=refresh; Path=${refreshPath}; Max-Age=604800; HttpOnly; SameSite=Lax${secure}`,
    ]);
    expect(clear()).toEqual([
      `access_token=; Path=${path}; Max-Age=0; HttpOnly; SameSite=Lax${secure}`,
      `refresh_token=; Path=${refreshPath}; Max-Age=0; HttpOnly; SameSite=Lax${secure}`,
    ]);
  });

  it('go where the profile puts refreshing, under its names', () => {
    const profile = {
      ...fractalpack,
      cookies: { access: 'a', refresh: 'r', login: 'l' },
      paths: { refreshSession: ['/session/refresh'] },
    } as const;
    const [access, refresh] = createSessionCookies({ profile, baseUrl: 'https://api.example.com' }).set(tokens);
    expect([access, refresh]).toEqual([
      expect.stringMatching(/^a=access; Path=\/; /),
      expect.stringMatching(/^r=refresh; Path=\/session; /),
    ]);
  });

  it.each([
    [{ Cookie: ['access_token=x'] }, ['x']],
    [{ cookie: ['a=b; access_token=x; c=d'] }, ['x']],
    [{ cookie: ['a=b;access_token=x'] }, ['x']],
    [{ Cookie: ['access_token=x', 'access_token=y'] }, ['x', 'y']],
    [{ Cookie: ['access_token=x=y'] }, ['x=y']],
    [{ Cookie: ['xaccess_token=x; access_tokenx=x; Access_token=x'] }, []],
    [{ Cookie: ['access_token'] }, []],
    [{}, []],
  ])('are read from %j', (headers, values) => {
    expect(cookieValues(headers, 'access_token')).toEqual(values);
  });

  it('are a credential where no header is one', () => {
    const read = createCredentialReader(fractalpack);
    expect(read({ Cookie: ['access_token=x'] })).toEqual({ source: 'cookie', text: 'x' });
    expect(read({ Cookie: ['refresh_token=x'] })).toBe('none');
    expect(read({ Cookie: ['access_token=x; access_token=x'] })).toBe('unreadable');
    const header = { source: 'key-header', text: 'k' };
    expect(read({ Cookie: ['access_token=x'], 'X-Api-Key': ['k'] })).toEqual(header);
    expect(read({ Cookie: ['access_token=x'], Authorization: ['Basic x'] })).toBe('unreadable');
  });
});
