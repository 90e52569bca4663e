import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createPrincipalStore } from '../../lambdas/adapters/dynamodb/principal-store.ts';
import { createSignedTransport } from '../../lambdas/adapters/dynamodb/signed-transport.ts';
import { createTable } from '../../lambdas/adapters/dynamodb/table.ts';
import { ConditionFailedError, type Transport } from '../../lambdas/adapters/dynamodb/transport.ts';
import { UnavailableError } from '../../lambdas/core/errors.ts';

const ID = { 'x-amzn-RequestId': 'R' };
type Reply = (response: ServerResponse) => void;
const json =
  (status: number, body: unknown): Reply =>
  (response) =>
    response.writeHead(status, ID).end(JSON.stringify(body));
const error = (status: number, type: string, more = {}) =>
  json(status, { __type: `com.amazonaws.dynamodb.v20120810#${type}`, ...more });
const silence: Reply = () => {};
const hangUp: Reply = (response) => response.destroy();
const garbage: Reply = (response) => response.writeHead(200).end('<html>');
const cutOff: Reply = (response) =>
  response.writeHead(200, { 'Content-Length': '1000' }).write('{"Attributes":', () => response.destroy());
const stall: Reply = (response) => void response.writeHead(200, { 'Content-Length': '1000' }).write('{"Attributes":');
const stranger: Reply = (response) => response.writeHead(200).end('{}');
const changed: Reply = (response) => response.writeHead(200, { ...ID, 'x-amz-crc32': '1' }).end('{}');
const item = json(200, { Item: { PK: { S: 'x' } } });

describe('the signed transport', () => {
  let server: Server;
  let replies: Reply[];
  let requests: { headers: Record<string, unknown>; body: string }[];
  let transport: Transport;
  let observed: string[];

  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => {
        requests.push({ headers: request.headers, body });
        (replies.shift() ?? item)(response);
      });
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    replies = [];
    requests = [];
    observed = [];
    transport = createSignedTransport({
      endpoint: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
      region: 'eu-central-1',
      credentials: () => ({ accessKeyId: 'AKID', secretAccessKey: 'secret', sessionToken: 'session' }),
      timeout: 100,
      observer: {
        throttled: () => void observed.push('throttled'),
        repeated: () => void observed.push('repeated'),
      },
    });
  });

  const get = () => transport('GetItem', { TableName: 't', Key: { PK: { S: 'x' } } });

  it('tells of throttles and of attempts that it repeats', async () => {
    replies = [error(400, 'ProvisionedThroughputExceededException'), error(500, 'InternalServerError')];
    await get();
    expect(observed).toEqual(['throttled', 'repeated', 'repeated']);
  });

  it('sends what DynamoDB expects', async () => {
    expect(await get()).toEqual({ Item: { PK: { S: 'x' } } });
    expect(requests[0]?.headers).toMatchObject({
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'DynamoDB_20120810.GetItem',
      'x-amz-security-token': 'session',
      authorization: expect.stringMatching(
        /^AWS4-HMAC-SHA256 Credential=AKID\/\d{8}\/eu-central-1\/dynamodb\/aws4_request, /,
      ),
    });
    expect(JSON.parse(requests[0]?.body ?? '')).toEqual({ TableName: 't', Key: { PK: { S: 'x' } } });
  });

  it('keeps its connection', async () => {
    let connections = 0;
    const count = () => {
      connections++;
    };
    server.on('connection', count);
    for (let n = 0; n < 5; n++) await get();
    server.off('connection', count);
    expect(connections).toBeLessThanOrEqual(1);
  });

  it.each<[string, Reply]>([
    ['a throttle', error(400, 'ProvisionedThroughputExceededException')],
    ['another throttle', error(400, 'ThrottlingException')],
    ['an internal error', error(500, 'InternalServerError')],
    ['a gateway that is not DynamoDB', garbage],
    ['a broken connection', hangUp],
    ['an answer cut off', cutOff],
    ['an answer that stalls', stall],
    ['an answer of somebody else', stranger],
    ['an answer with another checksum', changed],
    ['silence', silence],
  ])('asks again after %s, and gives up after three times', async (_, reply) => {
    replies = [reply, reply];
    expect(await get()).toEqual({ Item: { PK: { S: 'x' } } });
    expect(requests).toHaveLength(3);
    replies = [reply, reply, reply];
    await expect(get()).rejects.toThrow(UnavailableError);
    expect(requests).toHaveLength(6);
  });

  it.each(['ValidationException', 'AccessDeniedException', 'ResourceNotFoundException', 'ExpiredTokenException'])(
    'does not ask again after %s',
    async (type) => {
      replies = [error(400, type)];
      await expect(get()).rejects.toThrow(UnavailableError);
      expect(requests).toHaveLength(1);
    },
  );

  it('tells a condition that failed, with the item', async () => {
    replies = [error(400, 'ConditionalCheckFailedException', { Item: { PK: { S: 'x' } } })];
    const failure = await get().catch((thrown: unknown) => thrown);
    expect(failure).toBeInstanceOf(ConditionFailedError);
    expect(failure).toMatchObject({ item: { PK: { S: 'x' } } });
    expect(requests).toHaveLength(1);
  });

  it('gives up when nobody listens', async () => {
    const nobody = createSignedTransport({
      endpoint: new URL('http://127.0.0.1:1'),
      region: 'eu-central-1',
      credentials: () => ({ accessKeyId: 'AKID', secretAccessKey: 'secret' }),
    });
    await expect(nobody('GetItem', { TableName: 't', Key: {} })).rejects.toThrow(UnavailableError);
  });

  it('grants nothing on an answer that says nothing', async () => {
    const store = createPrincipalStore(createTable({ tableName: 't', transport }));
    const spend = {
      type: 'key',
      id: 'x',
      secretHash: 'y',
      now: 1,
      windows: { minute: 'm0', hour: 'h0' },
      stale: [],
    } as const;
    for (const body of [{}, { Attributes: {} }, { Attributes: { status: { S: 'active' } } }]) {
      replies = [json(200, body)];
      await expect(store.spend(spend)).rejects.toThrow(UnavailableError);
    }
  });
});
