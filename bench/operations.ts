import { randomBytes } from 'node:crypto';
import { createPrincipalStore } from '../lambdas/adapters/dynamodb/principal-store.ts';
import { createTable } from '../lambdas/adapters/dynamodb/table.ts';
import type { Limits } from '../lambdas/contract/profile.ts';
import { mintKey } from '../lambdas/core/key-format.ts';
import { LEASED_ABOVE } from '../lambdas/core/spender.ts';
import { createDynamoDbStores } from '../test/stores/dynamodb-stores.ts';
import { apiOperations } from './api-operations.ts';
import { type Counted, createCounting } from './counting.ts';
import type { BenchDatabase } from './database.ts';
import { isLetIn, newAuthorizer, newKey } from './setup.ts';
import { type Table, thousands } from './table.ts';

const TABLE = 'bench-operations';
const MANY = 1_000;
const LEASED: Limits = { perMinute: 4 * LEASED_ABOVE, perHour: 10_000_000 };

/** The beginning of an hour: no window ends while this counts. */
const noon = { now: () => Date.UTC(2026, 3, 3, 12) };

const units = (value: number): string => String(Number(value.toFixed(3)));

/** `PutItem 1, UpdateItem 2`. */
const spelledOut = ({ operations }: Counted): string =>
  [...operations].map(([name, times]) => `${name} ${units(times)}`).join(', ') || 'none';

const rowOf = (name: string, counted: Counted) => [
  name,
  spelledOut(counted),
  units(counted.readUnits),
  units(counted.writeUnits),
];

const COLUMNS = ['', 'operations', 'read units', 'write units'];

/** What every kind of operation asks of DynamoDB, counted where it leaves for it. */
export async function benchOperations(database: BenchDatabase): Promise<readonly Table[]> {
  const operations = await apiOperations();
  return [
    {
      title: 'DynamoDB operations of the authorizer, each request',
      columns: COLUMNS,
      rows: (await authorizing(database)).map(([name, counted]) => rowOf(name, counted)),
    },
    {
      title: 'DynamoDB operations of a whole request, over HTTP, the one of the authorizer included',
      columns: COLUMNS,
      rows: operations.map(([name, counted]) => rowOf(name, counted)),
    },
  ];
}

async function authorizing({ signed, addTable }: BenchDatabase): Promise<readonly (readonly [string, Counted])[]> {
  await addTable(TABLE);
  const { transport, count } = createCounting(signed);
  const table = { tableName: TABLE, transport, returnsFailedItem: false };
  const stores = createDynamoDbStores(table);
  const newContainer = () => newAuthorizer(createPrincipalStore(createTable(table)), undefined, noon);
  const rows: [string, Counted][] = [];

  const exact = await newKey(stores);
  const container = newContainer();
  rows.push(
    ['a key, the first request of a container', await count(1, () => isLetIn(container, exact.apiKey))],
    [`a key, each of ${thousands(MANY)} after it`, await count(MANY, () => isLetIn(container, exact.apiKey))],
  );
  const leased = await newKey(stores, LEASED);
  rows.push([
    `a key that leases (${thousands(LEASED.perMinute / 60)} a second), each of ${thousands(10 * MANY)}`,
    await count(10 * MANY, () => isLetIn(container, leased.apiKey)),
  ]);
  const short = await newKey(stores, { perMinute: 10, perHour: 1e6 });
  for (let n = 0; n < 10; n++) await isLetIn(container, short.apiKey);
  rows.push(
    ['over its limit, the first', await count(1, () => isLetIn(container, short.apiKey))],
    [
      `over its limit, each of ${thousands(MANY)} within a second`,
      await count(MANY, () => isLetIn(container, short.apiKey)),
    ],
  );
  await stores.revokeKey(exact.record, 1);
  rows.push(
    ['a revoked key, the first', await count(1, () => isLetIn(container, exact.apiKey))],
    [`a revoked key, each of ${thousands(MANY)} after it`, await count(MANY, () => isLetIn(container, exact.apiKey))],
  );
  const unknown = mintKey('fpk', 'live', randomBytes).apiKey;
  const forged = `${unknown.slice(0, -1)}${unknown.endsWith('0') ? '1' : '0'}`;
  rows.push(
    ['a key that nobody has, the first', await count(1, () => isLetIn(container, unknown))],
    [
      `a key that nobody has, each of ${thousands(MANY)} after it`,
      await count(MANY, () => isLetIn(container, unknown)),
    ],
    [`a key that is malformed, each of ${thousands(MANY)}`, await count(MANY, () => isLetIn(container, forged))],
  );
  return rows;
}
