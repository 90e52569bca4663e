import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import type { ApiFunction } from '../../lambdas/http/api-function.ts';

interface Sent {
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Has a function answer a GET, by whoever the authorizer lets in without a credential. */
export async function get(handle: ApiFunction, resource: string, { query = {}, headers = {} }: Sent = {}) {
  const many = (values: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, [value]]));
  const event = {
    httpMethod: 'GET',
    resource,
    headers: {},
    multiValueHeaders: many(headers),
    multiValueQueryStringParameters: many(query),
    body: null,
    requestContext: {
      requestId: 'r',
      authorizer: { principalId: '192.0.2.1', principalType: 'anonymous', mode: 'live' },
    },
  } as unknown as APIGatewayProxyEvent;
  const { statusCode: status, headers: sent = {}, body } = await handle(event, {} as Context);
  return { status, headers: sent, location: sent.Location as string | undefined, body };
}
