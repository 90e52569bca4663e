import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ResourceNotFoundException,
} from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { Level } from 'level';
import { attribute, ORGANIZATION_INDEX } from '../lambdas/contract/table.ts';

/** Anything goes: dynalite checks no signature. */
export const localCredentials = { accessKeyId: 'local', secretAccessKey: 'local' };
export const LOCAL_REGION = 'us-east-1';

export interface Database {
  readonly endpoint: string;
  readonly client: DynamoDBClient;
  close(): Promise<void>;
}

/**
 * DynamoDB on this machine.
 * @param path folder that keeps the tables; in memory without
 * @throws Error with the cause code LEVEL_LOCKED when another process uses the folder
 */
export async function startDatabase(path?: string): Promise<Database> {
  if (path !== undefined) await tryOpening(path);
  const server = dynalite({
    createTableMs: 0,
    deleteTableMs: 0,
    updateTableMs: 0,
    ...(path !== undefined && { path }),
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = new DynamoDBClient({ endpoint, region: LOCAL_REGION, credentials: localCredentials });
  return {
    endpoint,
    client,
    async close() {
      client.destroy();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** dynalite would throw where nobody can catch it. */
async function tryOpening(path: string): Promise<void> {
  const level = new Level(path);
  await level.open();
  await level.close();
}

/** The stack's table, as `lib/table.ts` defines it; left as it is where it exists. */
export async function ensureTable(client: DynamoDBClient, tableName: string): Promise<void> {
  await createWhereMissing(client, tableName);
  const description = new DescribeTableCommand({ TableName: tableName });
  // A table that is being made is not found by those who write to it.
  while ((await client.send(description)).Table?.TableStatus !== 'ACTIVE') await sleep(10);
}

async function createWhereMissing(client: DynamoDBClient, tableName: string): Promise<void> {
  try {
    await client.send(new DescribeTableCommand({ TableName: tableName }));
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
    const { partition, sort, indexPartition, indexSort } = attribute;
    await client.send(
      new CreateTableCommand({
        TableName: tableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [partition, sort, indexPartition, indexSort].map((AttributeName) => ({
          AttributeName,
          AttributeType: 'S',
        })),
        KeySchema: [
          { AttributeName: partition, KeyType: 'HASH' },
          { AttributeName: sort, KeyType: 'RANGE' },
        ],
        GlobalSecondaryIndexes: [
          {
            IndexName: ORGANIZATION_INDEX,
            KeySchema: [
              { AttributeName: indexPartition, KeyType: 'HASH' },
              { AttributeName: indexSort, KeyType: 'RANGE' },
            ],
            Projection: { ProjectionType: 'KEYS_ONLY' },
          },
        ],
      }),
    );
  }
}
