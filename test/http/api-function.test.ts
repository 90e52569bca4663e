import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { fractalpack } from '../../lambdas/contract/profile.ts';
import type { OperationOf } from '../../lambdas/contract/routes.ts';
import { samples } from '../../lambdas/contract/sample-routes.ts';
import { ApiError } from '../../lambdas/core/errors.ts';
import { type ApiFunction, createApiFunction, type OperationHandler } from '../../lambdas/http/api-function.ts';
import type { LogEntry } from '../../lambdas/http/log.ts';
import { respondJson } from '../../lambdas/http/respond.ts';

const AUTHORIZER = {
  principalId: 'key_1',
  principalType: 'key',
  mode: 'live',
  scopes: 'items:read',
  organizationId: 'org_1',
  rateLimit: '"minute";r=1;t=1',
  rateLimitPolicy: '"minute";q=2;w=60',
};

const event = (authorizer: Record<string, unknown> | null, fields: Partial<APIGatewayProxyEvent> = {}) =>
  ({
    httpMethod: 'GET',
    resource: '/api/v1/items',
    headers: {},
    body: null,
    requestContext: { requestId: 'request-1', authorizer },
    ...fields,
  }) as APIGatewayProxyEvent;

describe('a function of the API', () => {
  const logged: LogEntry[] = [];
  const served: unknown[] = [];
  const serve = async () => {
    served.push(1);
    return respondJson(200, {});
  };
  const others = Object.fromEntries(
    Object.values(samples).flatMap((sample) => Object.keys(sample).map((operation) => [operation, serve])),
  ) as unknown as Record<OperationOf<'items'>, OperationHandler>;
  const call = (fn: ApiFunction, of: APIGatewayProxyEvent) => fn(of, {} as Context);
  const options = { profile: fractalpack, log: (entry: LogEntry) => void logged.push(entry) };
  const items = createApiFunction<'items'>(others, options);

  it('serves who was authorized, and says what is left', async () => {
    const { statusCode, headers } = await call(items, event(AUTHORIZER));
    expect(statusCode).toBe(200);
    expect(headers).toMatchObject({ RateLimit: '"minute";r=1;t=1', 'RateLimit-Policy': '"minute";q=2;w=60' });
  });

  it.each([
    ['no authorizer', null],
    ['an empty context', {}],
    ['no principal', { ...AUTHORIZER, principalId: '' }],
    ['a principal of no type', { ...AUTHORIZER, principalType: 'admin' }],
    ['no mode', { ...AUTHORIZER, mode: undefined }],
  ])('serves nobody behind %s', async (_, authorizer) => {
    served.length = 0;
    expect((await call(items, event(authorizer))).statusCode).toBe(401);
    expect(served).toHaveLength(0);
  });

  it.each([[true], ['true']])('answers 429 before the handler runs when limited is %j', async (limited) => {
    served.length = 0;
    const answer = await call(items, event({ ...AUTHORIZER, limited, retryAfter: '30' }));
    expect(answer.statusCode).toBe(429);
    expect(answer.headers).toMatchObject({ 'Retry-After': '30', RateLimit: '"minute";r=1;t=1' });
    expect(JSON.parse(answer.body)).toMatchObject({ code: 'rate_limited', retry_after: 30 });
    expect(served).toHaveLength(0);
  });

  it('answers 404 on a route of another group', async () => {
    expect((await call(items, event(AUTHORIZER, { resource: '/api/v1/keys' }))).statusCode).toBe(404);
  });

  it('serves an operation where its profile puts it', async () => {
    const profile = { ...fractalpack, paths: { listItems: ['/v2/things', '/v3/things'] } } as const;
    const moved = createApiFunction<'items'>(others, { ...options, profile });
    const statusAt = async (resource: string) => (await call(moved, event(AUTHORIZER, { resource }))).statusCode;
    expect([await statusAt('/v2/things'), await statusAt('/v3/things'), await statusAt('/api/v1/items')]).toEqual([
      200, 200, 404,
    ]);
  });

  it('says what is left when it refuses, too', async () => {
    const refusing = createApiFunction<'items'>(
      {
        ...others,
        async listItems() {
          throw new ApiError('not_found', 'Nothing there.');
        },
      },
      options,
    );
    const { statusCode, headers } = await call(refusing, event(AUTHORIZER));
    expect(statusCode).toBe(404);
    expect(headers).toMatchObject({ RateLimit: '"minute";r=1;t=1', 'RateLimit-Policy': '"minute";q=2;w=60' });
  });

  it.each([
    ['unauthorized', true],
    ['insufficient_permissions', true],
    ['rate_limited', true],
    ['validation_failed', false],
    ['not_found', false],
  ] as const)('logs whose refusal it was, and no mistakes: %s', async (code, isLogged) => {
    logged.length = 0;
    const refuse = () => Promise.reject(new ApiError(code, 'No.'));
    await call(createApiFunction<'items'>({ ...others, listItems: refuse }, options), event(AUTHORIZER));
    const entry = { level: 'info', message: 'No.', code, requestId: 'request-1', principalId: 'key_1' };
    expect(logged).toEqual(isLogged ? [entry] : []);
  });

  it('tells the log what broke, and the caller nothing of it', async () => {
    const broken = createApiFunction<'items'>(
      {
        ...others,
        async listItems() {
          throw new TypeError('secret detail', { cause: new Error('deeper') });
        },
      },
      options,
    );
    const answer = await call(broken, event(AUTHORIZER));
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain('secret detail');
    expect(JSON.parse(answer.body)).toMatchObject({ code: 'internal_error', instance: 'request-1' });
    expect(logged.at(-1)).toMatchObject({ level: 'error', requestId: 'request-1', code: 'internal_error' });
  });
});
