import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createSdkTransport } from '../lambdas/adapters/dynamodb/sdk-transport.ts';
import { createSignedTransport } from '../lambdas/adapters/dynamodb/signed-transport.ts';
import type { Transport } from '../lambdas/adapters/dynamodb/transport.ts';
import { ensureTable, LOCAL_REGION, localCredentials } from '../local/database.ts';

/** dynalite in another process, and both ways to it. */
export interface BenchDatabase {
  readonly endpoint: string;
  readonly sdk: Transport;
  readonly signed: Transport;
  /** Makes the stack's table under a name, where there is none. */
  addTable(name: string): Promise<void>;
  close(): void;
}

export async function openDatabase(): Promise<BenchDatabase> {
  const child = fork(join(import.meta.dirname, 'database-process.ts'));
  const [endpoint] = (await once(child, 'message')) as [string];
  const client = new DynamoDBClient({ endpoint, region: LOCAL_REGION, credentials: localCredentials });
  return {
    endpoint,
    sdk: createSdkTransport(client),
    signed: createSignedTransport({
      endpoint: new URL(endpoint),
      region: LOCAL_REGION,
      credentials: () => localCredentials,
    }),
    addTable: (name) => ensureTable(client, name),
    close() {
      client.destroy();
      child.disconnect();
    },
  };
}
