import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { clientLimits } from '../adapters/client-limits.ts';
import { createSdkTransport } from '../adapters/dynamodb/sdk-transport.ts';
import { createTable, type Table } from '../adapters/dynamodb/table.ts';
import { environment } from '../contract/environment.ts';
import { readEnv } from './read-env.ts';

export const openTable = (): Table =>
  createTable({
    tableName: readEnv(environment.tableName),
    transport: createSdkTransport(new DynamoDBClient(clientLimits)),
  });
