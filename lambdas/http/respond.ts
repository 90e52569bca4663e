import type { APIGatewayProxyResult } from 'aws-lambda';
import type { Profile } from '../contract/profile.ts';
import { type ApiError, factsOf, PROBLEM_MEDIA_TYPE, renderError } from '../core/errors.ts';

/** No answer of this API is for a cache: it holds a secret, or what only its caller may see. */
const NO_STORE = { 'Cache-Control': 'no-store' };

export const respondJson = (statusCode: number, body: unknown): APIGatewayProxyResult => ({
  statusCode,
  headers: { 'Content-Type': 'application/json', ...NO_STORE },
  body: JSON.stringify(body),
});

export const respondEmpty = (): APIGatewayProxyResult => ({ statusCode: 204, headers: NO_STORE, body: '' });

export const respondError = (profile: Profile, error: ApiError, requestId: string): APIGatewayProxyResult => ({
  statusCode: error.status,
  headers: {
    'Content-Type': PROBLEM_MEDIA_TYPE,
    ...NO_STORE,
    ...(error.retryAfter !== undefined && { 'Retry-After': String(error.retryAfter) }),
    ...(error.status === 401 && { 'WWW-Authenticate': 'Bearer' }),
  },
  body: renderError(profile, factsOf(error, requestId)),
});
