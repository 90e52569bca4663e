import { mediaTypeOf } from '../contract/dialect.ts';
import { type ErrorCode, errors } from '../contract/errors.ts';
import type { Profile } from '../contract/profile.ts';
import { NO_SUCH_OPERATION } from '../core/errors.ts';
import { type ErrorFacts, renderError } from '../core/render-error.ts';
import { CORS_HEADERS } from './cors.ts';

/** An answer that API Gateway gives by itself. */
export interface GatewayResponse {
  /** API Gateway's name for what happened. */
  readonly type: string;
  readonly status: number;
  /** Header values as API Gateway maps them: `'text'` in single quotes, or a `context` variable. */
  readonly headers: Readonly<Record<string, string>>;
  /** Plain substitution of `$context` variables. */
  readonly template: string;
}

const REQUEST_ID = '$context.requestId';
/** A value that the authorizer put in its context. */
const AUTHORIZER_CODE = '$context.authorizer.code';
const AUTHORIZER_DETAIL = '$context.authorizer.detail';

const CORS = Object.fromEntries(Object.entries(CORS_HEADERS).map(([name, value]) => [name, `'${value}'`]));

/**
 * The gateway's answers in the API's own form.
 * Types: https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
export function gatewayResponses(profile: Profile): readonly GatewayResponse[] {
  const respond = (type: string, facts: Omit<ErrorFacts, 'instance'>, headers: Record<string, string> = {}) => ({
    type,
    status: facts.status,
    headers: { 'Content-Type': `'${mediaTypeOf(profile)}'`, 'Cache-Control': "'no-store'", ...CORS, ...headers },
    template: renderError(profile, { ...facts, instance: REQUEST_ID }),
  });
  const known = (
    type: string,
    code: ErrorCode,
    detail: string,
    headers?: Record<string, string>,
    retryAfter?: number,
  ) => respond(type, { ...errors[code], code, detail, retryAfter }, headers);
  const unavailable = (type: string) =>
    known(type, 'unavailable', 'The service is temporarily unavailable.', { 'Retry-After': "'1'" }, 1);

  const unauthorized = (type: string) =>
    known(type, 'unauthorized', profile.sentences.unauthorized, { 'WWW-Authenticate': "'Bearer'" });

  return [
    unauthorized('UNAUTHORIZED'),
    // What looks like a signed AWS request. No route takes one.
    unauthorized('INVALID_SIGNATURE'),
    unauthorized('EXPIRED_TOKEN'),
    known('WAF_FILTERED', 'request_blocked', 'The request was blocked.'),
    respond(
      'ACCESS_DENIED',
      { status: 403, title: 'Forbidden', code: AUTHORIZER_CODE, detail: AUTHORIZER_DETAIL },
      {
        'Retry-After': 'context.authorizer.retryAfter',
        RateLimit: 'context.authorizer.rateLimit',
        'RateLimit-Policy': 'context.authorizer.rateLimitPolicy',
      },
    ),
    known('MISSING_AUTHENTICATION_TOKEN', 'not_found', NO_SUCH_OPERATION),
    known('RESOURCE_NOT_FOUND', 'not_found', NO_SUCH_OPERATION),
    known('REQUEST_TOO_LARGE', 'payload_too_large', 'The request is too large.'),
    // Only the method that stands for every unknown path can raise it.
    known('UNSUPPORTED_MEDIA_TYPE', 'not_found', NO_SUCH_OPERATION),
    known('THROTTLED', 'rate_limited', 'Rate limit exceeded.', { 'Retry-After': "'1'" }, 1),
    known('BAD_REQUEST_BODY', 'malformed_body', 'The request is malformed.'),
    known('BAD_REQUEST_PARAMETERS', 'malformed_body', 'The request is malformed.'),
    unavailable('AUTHORIZER_FAILURE'),
    unavailable('AUTHORIZER_CONFIGURATION_ERROR'),
    unavailable('INTEGRATION_FAILURE'),
    unavailable('INTEGRATION_TIMEOUT'),
    known('DEFAULT_4XX', 'malformed_body', 'The request is malformed.'),
    known('DEFAULT_5XX', 'internal_error', 'Something went wrong on our side.'),
  ];
}

/**
 * The answer to an unknown path, where something else than a gateway response has to give it.
 * @param instance the request's id, as whoever prints it names it
 */
export const notFoundTemplate = (profile: Profile, instance = REQUEST_ID): string =>
  renderError(profile, { ...errors.not_found, code: 'not_found', detail: NO_SUCH_OPERATION, instance });
