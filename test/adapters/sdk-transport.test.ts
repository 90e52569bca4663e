import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { crc32 } from 'node:zlib';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientLimits } from '../../lambdas/adapters/client-limits.ts';
import { createSdkTransport } from '../../lambdas/adapters/dynamodb/sdk-transport.ts';
import { ConditionFailedError } from '../../lambdas/adapters/dynamodb/transport.ts';
import { UnavailableError } from '../../lambdas/core/errors.ts';

describe("the SDK's transport", () => {
  let server: Server;
  const ID = { 'x-amzn-RequestId': 'R' };
  let answer: { status: number; body: unknown; headers?: Record<string, string> } | 'half' | undefined;
  let requests = 0;
  beforeAll(async () => {
    server = createServer((_, response) => {
      requests++;
      if (answer === 'half') response.writeHead(200, { 'Content-Length': '100' }).write('{');
      else if (answer) response.writeHead(answer.status, answer.headers ?? ID).end(JSON.stringify(answer.body));
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const get = () => {
    const client = new DynamoDBClient({
      ...clientLimits,
      requestHandler: { ...clientLimits.requestHandler, requestTimeout: 50, socketTimeout: 50 },
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'AKID', secretAccessKey: 'secret' },
    });
    return createSdkTransport(client)('GetItem', { TableName: 't', Key: { PK: { S: 'x' } } });
  };

  it.each([undefined, 'half'] as const)(
    'gives up on a store that says %s, before the function is killed',
    async (said) => {
      answer = said;
      requests = 0;
      await expect(get()).rejects.toThrow(UnavailableError);
      expect(requests).toBe(3);
      const { maxAttempts, requestHandler } = clientLimits;
      expect(maxAttempts * requestHandler.requestTimeout).toBeLessThan(10_000);
      expect(requestHandler.socketTimeout).toBe(requestHandler.requestTimeout);
    },
  );

  it.each([
    ['nothing that DynamoDB sends', {}],
    ['another checksum', { ...ID, 'x-amz-crc32': '1' }],
  ])('takes no answer with %s', async (_, headers) => {
    answer = { status: 200, body: {}, headers };
    requests = 0;
    await expect(get()).rejects.toThrow(UnavailableError);
    expect(requests).toBe(3);
    answer = { status: 200, body: {}, headers: { ...ID, 'x-amz-crc32': String(crc32('{}')) } };
    expect(await get()).toMatchObject({ $metadata: { requestId: 'R' } });
  });

  it('tells a failed condition, with the item, from every other error', async () => {
    const type = 'com.amazonaws.dynamodb.v20120810';
    answer = { status: 400, body: { __type: `${type}#ConditionalCheckFailedException`, Item: { PK: { S: 'x' } } } };
    const failure = await get().catch((thrown: unknown) => thrown);
    expect(failure).toBeInstanceOf(ConditionFailedError);
    expect(failure).toMatchObject({ item: { PK: { S: 'x' } } });
    answer = { status: 400, body: { __type: `${type}#ValidationException` } };
    await expect(get()).rejects.toThrow(UnavailableError);
  });
});
