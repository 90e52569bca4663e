import { describe, expect, it } from 'vitest';
import { type ErrorCode, errors } from '../../lambdas/contract/errors.ts';
import { fractalpack, type Profile } from '../../lambdas/contract/profile.ts';
import { ApiError } from '../../lambdas/core/errors.ts';
import { gatewayResponses, notFoundTemplate } from '../../lambdas/http/gateway-responses.ts';
import { respondError } from '../../lambdas/http/respond.ts';
import { fabraix } from '../../lib/profiles/index.ts';

const templates = gatewayResponses(fractalpack);
const reason: Profile = { ...fractalpack, dialect: { form: 'reason' } };

/** What API Gateway's failures are, in the API's own terms. */
const CODES: Partial<Record<string, ErrorCode>> = {
  UNAUTHORIZED: 'unauthorized',
  INVALID_SIGNATURE: 'unauthorized',
  EXPIRED_TOKEN: 'unauthorized',
  WAF_FILTERED: 'request_blocked',
  MISSING_AUTHENTICATION_TOKEN: 'not_found',
  RESOURCE_NOT_FOUND: 'not_found',
  REQUEST_TOO_LARGE: 'payload_too_large',
  UNSUPPORTED_MEDIA_TYPE: 'not_found',
  THROTTLED: 'rate_limited',
  BAD_REQUEST_BODY: 'malformed_body',
  BAD_REQUEST_PARAMETERS: 'malformed_body',
  AUTHORIZER_FAILURE: 'unavailable',
  AUTHORIZER_CONFIGURATION_ERROR: 'unavailable',
  INTEGRATION_FAILURE: 'unavailable',
  INTEGRATION_TIMEOUT: 'unavailable',
  DEFAULT_4XX: 'malformed_body',
  DEFAULT_5XX: 'internal_error',
};

describe('errors', () => {
  it.each(Object.entries(errors))('%s is rendered with its status and title', (code, { status, title }) => {
    const plain = { ...fractalpack, sentences: { unauthorized: 'What happened.' } };
    const response = respondError(plain, new ApiError(code as ErrorCode, 'What happened.'), 'request-1');
    expect(response.statusCode).toBe(status);
    expect(response.headers).toMatchObject({ 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store' });
    expect(JSON.parse(response.body)).toEqual({
      type: `https://developers.fractalpack.com/errors/${code}`,
      title,
      status,
      detail: 'What happened.',
      instance: 'request-1',
      code,
    });
  });

  it.each([fractalpack, fabraix, reason])('of the gateway and of a handler cannot differ (%#)', (profile) => {
    for (const { type, status, headers, template } of gatewayResponses(profile)) {
      if (type === 'ACCESS_DENIED') continue;
      const code = CODES[type];
      if (!code) throw new Error(`No code is expected for ${type}`);
      const body = JSON.parse(template);
      const facts = body.error ?? body;
      const retryAfter = facts.retry_after;
      const detail = facts.detail ?? facts.message ?? facts.details;
      const error = new ApiError(code, detail, { ...(retryAfter !== undefined && { retryAfter }) });
      const response = respondError(profile, error, '$context.requestId');
      expect(response.statusCode).toBe(status);
      expect(JSON.parse(response.body)).toEqual(body);
      const unquoted = Object.entries(headers).map(([name, value]) => [name, value.slice(1, -1)]);
      expect(response.headers).toEqual(Object.fromEntries(unquoted));
    }
  });

  it('are printed in the form that each documentation prints', () => {
    const unauthorized = new ApiError('unauthorized', 'Access token is missing or invalid');
    const printed = (profile: Profile, error: ApiError) => JSON.parse(respondError(profile, error, 'x').body);
    expect(printed(fabraix, unauthorized)).toEqual({
      error: { message: 'Invalid API key provided', type: 'authentication_error', code: 'invalid_api_key' },
    });
    const sentences = { unauthorized: 'Access token is missing or invalid' };
    expect(printed({ ...reason, sentences }, unauthorized)).toEqual({
      error: { reason: 'UNAUTHORIZED', details: 'Access token is missing or invalid' },
    });
  });

  it('print only context that the gateway knows, and stay JSON', () => {
    const variables = /\$[\w.]+/g;
    for (const { template } of [...templates, { template: notFoundTemplate(fractalpack) }]) {
      expect(JSON.parse(template).instance).toBe('$context.requestId');
      for (const [variable] of template.matchAll(variables)) {
        expect(['$context.requestId', '$context.authorizer.code', '$context.authorizer.detail']).toContain(variable);
      }
    }
  });

  it('answer each kind of failure once', () => {
    const types = templates.map(({ type }) => type);
    expect(new Set(types).size).toBe(types.length);
    const statusOf = (type: string) => templates.find((response) => response.type === type)?.status;
    expect(statusOf('UNAUTHORIZED')).toBe(401);
    expect(statusOf('ACCESS_DENIED')).toBe(403);
    expect(statusOf('MISSING_AUTHENTICATION_TOKEN')).toBe(404);
    expect(statusOf('AUTHORIZER_FAILURE')).toBe(503);
    expect(statusOf('AUTHORIZER_CONFIGURATION_ERROR')).toBe(503);
  });
});
