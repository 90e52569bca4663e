import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { Profile } from '../contract/profile.ts';
import { fractalpack } from '../contract/profile.ts';
import { ApiError } from '../core/errors.ts';
import type { Principal } from '../core/principal.ts';
import { respondError } from './respond.ts';

type Context = Readonly<Record<string, unknown>>;

const contextOf = (event: APIGatewayProxyEvent): Context => event.requestContext?.authorizer ?? {};

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/**
 * Who makes the request.
 * @throws unauthorized when no authorizer stood before this function
 */
export function principalOf(event: APIGatewayProxyEvent): Principal {
  const context = contextOf(event);
  const { principalType: type, mode } = context;
  const id = text(context.principalId);
  if (!id || (type !== 'key' && type !== 'member') || (mode !== 'live' && mode !== 'test')) {
    throw new ApiError('unauthorized', 'The request was not authorized.');
  }
  const organizationId = text(context.organizationId);
  return {
    id,
    type,
    mode,
    scopes: text(context.scopes)?.split(' ') ?? [],
    ...(organizationId && { organizationId }),
    ...(context.role === 'owner' && { role: 'owner' }),
  };
}

/** API Gateway hands the authorizer's booleans and numbers on as text. */
const isLimited = (context: Context): boolean => String(context.limited) === 'true';

function rateLimitHeaders(context: Context): Record<string, string> {
  const [limit, policy] = [text(context.rateLimit), text(context.rateLimitPolicy)];
  return { ...(limit && { RateLimit: limit }), ...(policy && { 'RateLimit-Policy': policy }) };
}

/**
 * The middy middleware of a protected function. Refuses a request that no authorizer passed (401), answers one over
 * its limit (429) before the handler runs, and says in every answer's headers what is left.
 */
export function withAuth(profile: Profile = fractalpack): MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult> {
  return {
    before({ event }) {
      const context = contextOf(event);
      const requestId = event.requestContext?.requestId ?? '';
      try {
        principalOf(event);
      } catch (error) {
        if (error instanceof ApiError) return respondError(profile, error, requestId);
        throw error;
      }
      if (!isLimited(context)) return undefined;
      const error = new ApiError('rate_limited', 'Rate limit exceeded.', {
        retryAfter: Number(context.retryAfter) || 1,
      });
      const response = respondError(profile, error, requestId);
      return { ...response, headers: { ...response.headers, ...rateLimitHeaders(context) } };
    },
    after(request) {
      if (!request.response) return;
      request.response.headers = { ...rateLimitHeaders(contextOf(request.event)), ...request.response.headers };
    },
  };
}
