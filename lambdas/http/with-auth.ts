import type middy from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { fractalpack, type Profile } from '../contract/profile.ts';
import { isRole } from '../contract/roles.ts';
import { ApiError } from '../core/errors.ts';
import type { Principal } from '../core/principal.ts';
import { CORS_HEADERS } from './cors.ts';
import { respondError } from './respond.ts';

type Context = Readonly<Record<string, unknown>>;

const contextOf = (event: APIGatewayProxyEvent): Context => event.requestContext?.authorizer ?? {};

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** Undefined when no authorizer stood before this function. */
function readPrincipal(context: Context): Principal | undefined {
  const { principalType: type, mode } = context;
  const id = text(context.principalId);
  const known = type === 'key' || type === 'widget' || type === 'member' || type === 'consumer' || type === 'anonymous';
  if (!id || !known || (mode !== 'live' && mode !== 'test')) return undefined;
  const organizationId = text(context.organizationId);
  const sessionId = text(context.sessionId);
  return {
    id,
    type,
    mode,
    scopes: text(context.scopes)?.split(' ') ?? [],
    ...(organizationId && { organizationId }),
    ...(isRole(context.role) && { role: context.role }),
    ...(sessionId && { sessionId }),
    ...(type === 'widget' && { customer: text(context.customer) ?? '' }),
  };
}

/** Who makes the request, behind `withAuth`. */
export function principalOf(event: APIGatewayProxyEvent): Principal {
  const principal = readPrincipal(contextOf(event));
  if (!principal) throw new Error('principalOf was called in a function without withAuth');
  return principal;
}

/** API Gateway hands the authorizer's booleans and numbers on as text. */
const isLimited = (context: Context): boolean => String(context.limited) === 'true';

function callerHeaders(context: Context): Record<string, string> {
  const [limit, policy] = [text(context.rateLimit), text(context.rateLimitPolicy)];
  return { ...CORS_HEADERS, ...(limit && { RateLimit: limit }), ...(policy && { 'RateLimit-Policy': policy }) };
}

function addHeaders({ event, response }: middy.Request<APIGatewayProxyEvent, APIGatewayProxyResult>): void {
  if (response) response.headers = { ...callerHeaders(contextOf(event)), ...response.headers };
}

/**
 * The middy middleware of a protected function. Refuses a request that no authorizer passed (401), answers one over
 * its limit (429) before the handler runs, and says in every answer's headers what is left, and that pages may read it.
 */
export function withAuth(
  profile: Profile = fractalpack,
): middy.MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult> {
  return {
    before({ event }) {
      const context = contextOf(event);
      const requestId = event.requestContext?.requestId ?? '';
      if (!readPrincipal(context)) {
        return respondError(profile, new ApiError('unauthorized', profile.sentences.unauthorized), requestId);
      }
      if (!isLimited(context)) return undefined;
      const error = new ApiError('rate_limited', 'Rate limit exceeded.', {
        retryAfter: Number(context.retryAfter) || 1,
      });
      const response = respondError(profile, error, requestId);
      return { ...response, headers: { ...response.headers, ...callerHeaders(context) } };
    },
    after: addHeaders,
    // middy goes from the last middleware to the first: whichever renders the error is used after this one.
    onError: addHeaders,
  };
}
