import { randomUUID } from 'node:crypto';
import type {
  APIGatewayAuthorizerResult,
  APIGatewayProxyEvent,
  APIGatewayRequestAuthorizerEvent,
  Context,
} from 'aws-lambda';
import { type Group, type Method, pathsOf, type Route } from '../lambdas/contract/routes.ts';
import { type AuthorizerFunction, UNAUTHORIZED } from '../lambdas/handlers/authorizer.ts';
import type { ApiFunction } from '../lambdas/http/api-function.ts';
import type { GatewayResponse } from '../lambdas/http/gateway-responses.ts';
import { RouteTree } from './route-tree.ts';

/** Stands for a body over API Gateway's limit. */
export const TOO_LARGE = Symbol('too large');

export interface GatewayRequest {
  readonly method: string;
  /** Percent-encoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names as sent; a header that was sent twice is there twice. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string | null | typeof TOO_LARGE;
  readonly sourceIp: string;
}

export interface GatewayAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Headers that are sent once for each of their values. */
  readonly multiValueHeaders?: Readonly<Record<string, string[]>>;
  readonly body: string | Buffer;
}

export interface GatewayOptions {
  readonly routes: Readonly<Record<string, Route>>;
  readonly authorizer: AuthorizerFunction;
  readonly functions: Readonly<Record<Group, ApiFunction>>;
  readonly responses: readonly GatewayResponse[];
  /** Headers of the answer to a browser that asks before it calls. */
  readonly preflight: Readonly<Record<string, string>>;
}

const METHODS: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

const STAGE = 'local';
const STAGE_ARN = `arn:aws:execute-api:us-east-1:000000000000:local/${STAGE}`;

/** API Gateway bounds policy and context together. */
const AUTHORIZER_RESULT_LIMIT = 8_192;

type Facts = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** API Gateway's part of the stack on one machine: routes, the authorizer's policy and context, gateway responses. */
export function createGateway({ routes, authorizer, functions, responses, preflight }: GatewayOptions) {
  const tree = new RouteTree<Route>();
  for (const route of Object.values(routes)) {
    for (const path of pathsOf(route)) tree.add(route.method, path, route);
  }

  function respond(type: string, requestId: string, authorizerContext: Facts = {}): GatewayAnswer {
    const response = responses.find((candidate) => candidate.type === type);
    if (!response) throw new Error(`No gateway response is defined for ${type}`);
    const resolve = (variable: string): string => {
      if (variable === 'context.requestId') return requestId;
      return String(authorizerContext[variable.replace('context.authorizer.', '')] ?? '');
    };
    const headers = Object.entries(response.headers).map(([name, value]) => [
      name,
      value.startsWith("'") ? value.slice(1, -1) : resolve(value),
    ]);
    return {
      status: response.status,
      headers: Object.fromEntries(headers.filter(([, value]) => value !== '')),
      body: response.template.replaceAll(/\$(context(?:\.\w+)+)/g, (_, variable: string) => resolve(variable)),
    };
  }

  return async function handle(request: GatewayRequest): Promise<GatewayAnswer> {
    const requestId = randomUUID();
    if (isPreflight(request)) return { status: 204, headers: preflight, body: '' };
    const found = match(request);
    if (found === 'malformed') return respond('BAD_REQUEST_PARAMETERS', requestId);
    if (!found) return respond('MISSING_AUTHENTICATION_TOKEN', requestId);

    const { resource, parameters, target } = found;
    const { body } = request;
    if (body === TOO_LARGE) return respond('REQUEST_TOO_LARGE', requestId);
    const event = toEvent({ ...request, body }, requestId, resource, parameters);
    if (target.auth !== 'public') {
      const verdict = await authorize(event);
      if ('type' in verdict) return respond(verdict.type, requestId, verdict.context);
      event.requestContext.authorizer = verdict.authorizer;
    }
    try {
      const result = await functions[target.group](event, LAMBDA_CONTEXT);
      const headers = Object.entries(result.headers ?? {}).map(([name, value]) => [name, String(value)]);
      const many = Object.entries(result.multiValueHeaders ?? {}).map(([name, values]) => [name, values.map(String)]);
      return {
        status: result.statusCode,
        headers: Object.fromEntries(headers),
        multiValueHeaders: Object.fromEntries(many),
        body: result.body,
      };
    } catch {
      return respond('DEFAULT_5XX', requestId);
    }
  };

  function isPreflight({ method, path }: GatewayRequest): boolean {
    return method === 'OPTIONS' && METHODS.some((other) => typeof match({ method: other, path }) === 'object');
  }

  function match({ method, path }: Pick<GatewayRequest, 'method' | 'path'>) {
    try {
      return tree.match(method, path);
    } catch {
      return 'malformed';
    }
  }

  async function authorize(
    event: APIGatewayProxyEvent,
  ): Promise<{ type: string; context?: Facts } | { authorizer: Record<string, string> }> {
    const methodArn = `${STAGE_ARN}/${event.httpMethod}${event.path}`;
    let result: APIGatewayAuthorizerResult;
    try {
      result = await authorizer({
        ...event,
        type: 'REQUEST',
        methodArn,
      } as unknown as APIGatewayRequestAuthorizerEvent);
    } catch (error) {
      return { type: error instanceof Error && error.message === UNAUTHORIZED ? 'UNAUTHORIZED' : 'AUTHORIZER_FAILURE' };
    }
    if (JSON.stringify(result).length > AUTHORIZER_RESULT_LIMIT) return { type: 'AUTHORIZER_CONFIGURATION_ERROR' };
    const context = result.context ?? {};
    if (!isAllowed(result.policyDocument, methodArn)) return { type: 'ACCESS_DENIED', context };
    // Whatever the authorizer returned, a function is handed text.
    const text = Object.entries(context).map(([name, value]) => [name, String(value)]);
    return { authorizer: { principalId: result.principalId, ...Object.fromEntries(text) } };
  }
}

/** An explicit deny wins, and what nothing allows is denied. */
export function isAllowed({ Statement }: APIGatewayAuthorizerResult['policyDocument'], methodArn: string): boolean {
  const effects = Statement.flatMap((statement) => {
    const patterns = 'Resource' in statement ? [statement.Resource].flat() : [];
    return patterns.some((pattern) => globMatches(String(pattern), methodArn)) ? statement.Effect : [];
  });
  return effects.includes('Allow') && !effects.includes('Deny');
}

/** IAM's patterns: `*` for any characters, slashes too, and `?` for one. */
const globMatches = (pattern: string, text: string): boolean =>
  new RegExp(`^${RegExp.escape(pattern).replaceAll('\\*', '.*').replaceAll('\\?', '.')}$`, 's').test(text);

const LAMBDA_CONTEXT = {} as Context;

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html */
function toEvent(
  { method, path, query, headers, body, sourceIp }: GatewayRequest & { readonly body: string | null },
  requestId: string,
  resource: string,
  pathParameters: Readonly<Record<string, string>>,
): APIGatewayProxyEvent {
  const grouped = Object.groupBy(headers, ([name]) => name);
  const multiValueHeaders = Object.fromEntries(
    Object.entries(grouped).map(([name, pairs = []]) => [name, pairs.map(([, value]) => value)]),
  );
  const multiValueQuery = Object.fromEntries([...new Set(query.keys())].map((name) => [name, query.getAll(name)]));
  return {
    resource,
    path,
    httpMethod: method,
    headers: Object.fromEntries(headers),
    multiValueHeaders,
    queryStringParameters: query.size > 0 ? Object.fromEntries(query) : null,
    multiValueQueryStringParameters: query.size > 0 ? multiValueQuery : null,
    pathParameters: { ...pathParameters },
    stageVariables: null,
    body,
    isBase64Encoded: false,
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      authorizer: {},
      httpMethod: method,
      identity: { sourceIp } as APIGatewayProxyEvent['requestContext']['identity'],
      path,
      protocol: 'HTTP/1.1',
      requestId,
      requestTimeEpoch: Date.now(),
      resourceId: resource,
      resourcePath: resource,
      stage: STAGE,
    },
  };
}
