import { describe, expect, it } from 'vitest';
import { fractalpack } from '../../lambdas/contract/profile.ts';
import { ApiError, type ErrorCode, errors } from '../../lambdas/core/errors.ts';
import { gatewayResponses, notFoundTemplate } from '../../lambdas/http/gateway-responses.ts';
import { respondError } from '../../lambdas/http/respond.ts';

const templates = gatewayResponses(fractalpack);

describe('errors', () => {
  it.each(Object.entries(errors))('%s is rendered with its status and title', (code, { status, title }) => {
    const response = respondError(fractalpack, new ApiError(code as ErrorCode, 'What happened.'), 'request-1');
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

  it('of the gateway and of a handler cannot differ', () => {
    const known = templates.filter(({ type }) => type !== 'ACCESS_DENIED');
    for (const { status, headers, template } of known) {
      const body = JSON.parse(template);
      const retryAfter = body.retry_after;
      const error = new ApiError(body.code, body.detail, { ...(retryAfter !== undefined && { retryAfter }) });
      const response = respondError(fractalpack, error, '$context.requestId');
      expect(response.statusCode).toBe(status);
      expect(JSON.parse(response.body)).toEqual(body);
      const unquoted = Object.entries(headers).map(([name, value]) => [name, value.slice(1, -1)]);
      expect(response.headers).toEqual(Object.fromEntries(unquoted));
    }
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
