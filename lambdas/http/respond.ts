import type { APIGatewayProxyResult } from 'aws-lambda';
import { mediaTypeOf } from '../contract/dialect.ts';
import type { Profile } from '../contract/profile.ts';
import type { ApiError } from '../core/errors.ts';
import { factsOf, renderError } from '../core/render-error.ts';
import { CORS_HEADERS } from './cors.ts';

/** Answers are not for a cache: they hold a secret, or what only their caller may see. */
const NO_STORE = { ...CORS_HEADERS, 'Cache-Control': 'no-store' };

export const respondJson = (statusCode: number, body: unknown): APIGatewayProxyResult => ({
  statusCode,
  headers: { 'Content-Type': 'application/json', ...NO_STORE },
  body: JSON.stringify(body),
});

/** What anybody may see, and keep for so many seconds. */
export const respondPublic = (body: unknown, seconds: number): APIGatewayProxyResult => ({
  ...respondJson(200, body),
  headers: { 'Content-Type': 'application/json', ...CORS_HEADERS, 'Cache-Control': `public, max-age=${seconds}` },
});

export const respondEmpty = (): APIGatewayProxyResult => ({ statusCode: 204, headers: NO_STORE, body: '' });

/** To another page, which is asked for with GET. */
export const respondRedirect = (url: string): APIGatewayProxyResult => ({
  statusCode: 303,
  headers: { ...NO_STORE, Location: url, 'Referrer-Policy': 'no-referrer' },
  body: '',
});

export const respondError = (profile: Profile, error: ApiError, requestId: string): APIGatewayProxyResult => ({
  statusCode: error.status,
  headers: {
    'Content-Type': mediaTypeOf(profile),
    ...NO_STORE,
    ...(error.retryAfter !== undefined && { 'Retry-After': String(error.retryAfter) }),
    ...(error.status === 401 && { 'WWW-Authenticate': 'Bearer' }),
  },
  body: renderError(profile, factsOf(error, requestId)),
});
