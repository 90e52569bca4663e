import type { App } from './profile.ts';

/** `http://127.0.0.1` or `[::1]`, where an app on the person's own computer waits on whatever port is free. */
const LOOPBACK = /^http:\/\/(127\.0\.0\.1|\[::1\])(?::\d{1,5})?(?=\/|$)/;

export const isLoopback = (redirect: string): boolean => LOOPBACK.test(redirect);

const withoutPort = (redirect: string): string => redirect.replace(LOOPBACK, 'http://$1');

/**
 * The app that a key may be sent to at a redirect target: the very text that is registered, but for the port of one on
 * the person's own computer. https://www.rfc-editor.org/rfc/rfc8252#section-7.3
 */
export const findApp = (apps: readonly App[], redirect: string): App | undefined =>
  apps.find((app) => app.redirect === redirect) ??
  (isLoopback(redirect) ? apps.find((app) => withoutPort(app.redirect) === withoutPort(redirect)) : undefined);

/** A redirect target with what it is told in its query. */
export function withParameters(redirect: string, parameters: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(parameters).toString();
  return `${redirect}${redirect.includes('?') ? '&' : '?'}${query}`;
}
