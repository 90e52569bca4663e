import { randomBytes, randomUUID } from 'node:crypto';
import { createSdkTransport } from '../lambdas/adapters/dynamodb/sdk-transport.ts';
import { createTable } from '../lambdas/adapters/dynamodb/table.ts';
import { createUsageStore } from '../lambdas/adapters/dynamodb/usage-store.ts';
import { listUsage } from '../lambdas/contract/usage-schemas.ts';
import { createUsage } from '../lambdas/core/usage.ts';
import { type Database, ensureTable } from '../local/database.ts';
import { createCounting } from './counting.ts';
import { printTable, thousands } from './table.ts';

const TABLE = 'bench-usage';
const BOOK = { organizationId: 'org_1', mode: 'live' } as const;
const EVENT = { meter: 'api_calls', customer: 'cust_123', keyId: 'key_0123456789', quantity: 1 };
const MANY = 1_000;

/** What an event of usage asks of DynamoDB, beside the request's own write, and what reading them does. */
export async function benchUsage(database: Database): Promise<void> {
  await ensureTable(database.client, TABLE);
  const counting = createCounting(createSdkTransport(database.client));
  const store = createUsageStore(
    createTable({ tableName: TABLE, transport: counting.transport, returnsFailedItem: false }),
  );
  const usage = createUsage({ store, clock: { now: Date.now }, random: randomBytes });
  printTable(
    'DynamoDB operations for an event of usage, beside the one of the authorizer',
    ['', 'operations', 'which', 'units'],
    [
      [`each of ${thousands(MANY)}`, ...(await counting.count(MANY, () => usage.track(BOOK, EVENT, undefined)))],
      [
        `each of ${thousands(MANY)} with an Idempotency-Key`,
        ...(await counting.count(MANY, () => usage.track(BOOK, EVENT, randomUUID()))),
      ],
      [
        `adding up these ${thousands(2 * MANY)}, of one line`,
        ...(await counting.count(1, () => usage.list(BOOK, listUsage.parse({})))),
      ],
    ],
  );
}
