import type { Profile } from '../contract/profile.ts';

/**
 * Pages of any origin may read the answers: what lets a caller in is a header that their own code sets, and never what a
 * browser adds by itself, so that another page gains nothing by asking. (A browser takes `*` for no request with cookies.)
 */
export const CORS_HEADERS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'RateLimit, RateLimit-Policy, Retry-After',
} as const;

/** For how long a browser may keep the answer to a preflight, in seconds. */
const KEPT = 7_200;

/** What a browser is told that asks before it calls: https://fetch.spec.whatwg.org/#http-cors-protocol */
export const preflightHeaders = ({ keyHeaders }: Profile): Readonly<Record<string, string>> => ({
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'GET, POST, PUT, PATCH, DELETE',
  'Access-Control-Allow-Headers': [
    'Authorization',
    'Content-Type',
    'Idempotency-Key',
    ...keyHeaders.secret,
    keyHeaders.publishable,
  ].join(', '),
  'Access-Control-Max-Age': String(KEPT),
});
