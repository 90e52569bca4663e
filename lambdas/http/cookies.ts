import type { Profile } from '../contract/profile.ts';
import { pathOf } from '../contract/routes.ts';
import { LOGIN_LASTS } from '../core/hosted-login.ts';
import type { SessionTokens } from '../core/sessions.ts';
import { cookieValues, type MultiValueHeaders } from './credentials.ts';

/** Where the API is found by its callers, such as `https://api.example.com`. */
export interface CookieOptions {
  readonly profile: Pick<Profile, 'cookies' | 'memberSessions' | 'paths'>;
  readonly baseUrl: string;
}

/** Where the operations are that the refresh token goes to, the parent of refreshing, and of signing in and out. */
export const sessionPathOf = (profile: Pick<Profile, 'paths'>): string =>
  pathOf('refreshSession', profile).replace(/\/[^/]*$/, '');

/**
 * The two cookies of a session, as `Set-Cookie` values. HttpOnly: no script reads them. Lax: no other site's form sends
 * them. Secure wherever the API is reached by HTTPS, which is everywhere but on one's own machine.
 */
export function createSessionCookies({ profile, baseUrl }: CookieOptions) {
  const { cookies, memberSessions } = profile;
  const { protocol, pathname } = new URL(baseUrl);
  const root = pathname.replace(/\/$/, '');
  // The refresh token goes to nobody but the operations that need it.
  const refreshPath = root + sessionPathOf(profile) || '/';
  const secure = protocol === 'https:' ? '; Secure' : '';
  const write = (name: string, value: string, path: string, seconds: number) =>
    `${name}=${value}; Path=${path}; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`;
  // By its prefix, a browser takes it from this host alone: https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Set-Cookie
  const login = protocol === 'https:' ? `__Host-${cookies.login}` : cookies.login;
  const both = (access: string, accessSeconds: number, refresh: string, refreshSeconds: number) => [
    write(cookies.access, access, root || '/', accessSeconds),
    write(cookies.refresh, refresh, refreshPath, refreshSeconds),
  ];

  return {
    /** Of a sign-in at the hosted pages, which sends the browser back by a link: that is why not Strict. */
    setLogin: (browser: string) => write(login, browser, '/', LOGIN_LASTS),
    /** Undefined where there are several: who planted another is not for us to guess. */
    readLogin(headers: MultiValueHeaders): string | undefined {
      const [only, ...others] = cookieValues(headers, login);
      return others.length > 0 ? undefined : only;
    },
    set: ({ accessToken, refreshToken }: SessionTokens) =>
      both(accessToken, memberSessions.access, refreshToken, memberSessions.refresh),
    clear: () => both('', 0, '', 0),
  };
}
