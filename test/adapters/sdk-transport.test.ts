import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientLimits } from '../../lambdas/adapters/client-limits.ts';
import { createSdkTransport } from '../../lambdas/adapters/dynamodb/sdk-transport.ts';
import { ConditionFailedError } from '../../lambdas/adapters/dynamodb/transport.ts';
import { UnavailableError } from '../../lambdas/core/errors.ts';

describe("the SDK's transport", () => {
  let server: Server;
  let answer: { status: number; body: unknown } | undefined;
  let requests = 0;
  beforeAll(async () => {
    server = createServer((_, response) => {
      requests++;
      if (answer) response.writeHead(answer.status).end(JSON.stringify(answer.body));
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
      requestHandler: { ...clientLimits.requestHandler, requestTimeout: 50 },
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'AKID', secretAccessKey: 'secret' },
    });
    return createSdkTransport(client)('GetItem', { TableName: 't', Key: { PK: { S: 'x' } } });
  };

  it('gives up on a store that says nothing, before the function is killed', async () => {
    answer = undefined;
    requests = 0;
    await expect(get()).rejects.toThrow(UnavailableError);
    expect(requests).toBe(3);
    const { maxAttempts, requestHandler } = clientLimits;
    expect(maxAttempts * requestHandler.requestTimeout).toBeLessThan(10_000);
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
