import { readSettings } from '../bin/settings.ts';
import { createKeyStore } from '../lambdas/adapters/dynamodb/key-store.ts';
import { createPrincipalStore } from '../lambdas/adapters/dynamodb/principal-store.ts';
import { createTable } from '../lambdas/adapters/dynamodb/table.ts';
import type { Limits } from '../lambdas/contract/profile.ts';
import type { CapacityRange } from '../lib/table.ts';
import { indexPart, TARGET_UTILIZATION } from '../lib/table.ts';
import { createCounting } from './counting.ts';
import type { BenchDatabase } from './database.ts';
import { simulateLeases } from './lease-simulation.ts';
import { logCost, logTable, measureLogs } from './logs.ts';
import { priceOf, prices } from './prices.ts';
import { flyingClock, newAuthorizer, newKey, request } from './setup.ts';
import { dollars, type Table, thousands } from './table.ts';

const TABLE = 'bench-cost';
const REQUESTS = 3_000;
const LOADS = [10, 100, 1_000, 10_000];
const HIGH: Limits = { perMinute: 600_000, perHour: 36_000_000 };

/**
 * What cannot be measured here. A function has the part of a processor that its memory is of 1,769 MB
 * (https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html), here of one as fast as this machine's.
 */
const ASSUMED = { memory: 256, wholeProcessor: 1_769, databaseMs: 5, runtimeMs: 1 };

interface Measured {
  readonly cpuMs: number;
  readonly readUnits: number;
  readonly writeUnits: number;
}

/** What an authorization takes, one at a time as in a container. */
async function measure({ signed }: BenchDatabase, limits?: Limits): Promise<Measured> {
  const counting = createCounting(signed);
  const { apiKey } = await newKey(createKeyStore(createTable({ tableName: TABLE, transport: signed })), limits);
  const store = createPrincipalStore(createTable({ tableName: TABLE, transport: counting.transport }));
  // A key that leases does so for a second: its clock is the machine's.
  const authorize = newAuthorizer(store, undefined, limits ? { now: Date.now } : flyingClock());
  for (let n = 0; n < 500; n++) await request(authorize, apiKey);
  const before = process.cpuUsage();
  const { readUnits, writeUnits } = await counting.count(REQUESTS, () => request(authorize, apiKey));
  const { user, system } = process.cpuUsage(before);
  return { cpuMs: (user + system) / 1_000 / REQUESTS, readUnits, writeUnits };
}

/** Milliseconds that Lambda bills. */
const billedMs = ({ cpuMs, writeUnits }: Measured): number =>
  Math.ceil((cpuMs * ASSUMED.wholeProcessor) / ASSUMED.memory + writeUnits * ASSUMED.databaseMs + ASSUMED.runtimeMs);

/** For a million requests, without DynamoDB. */
function functionCost(measured: Measured): number {
  const gigabyteSeconds = 1e6 * (billedMs(measured) / 1_000) * (ASSUMED.memory / 1_024);
  return priceOf(prices.lambdaRequest, 1e6) + priceOf(prices.lambdaGigabyteSecond, gigabyteSeconds);
}

const onDemand = ({ readUnits, writeUnits }: Pick<Measured, 'readUnits' | 'writeUnits'>): number =>
  priceOf(prices.writeRequest, writeUnits * 1e6) + priceOf(prices.readRequest, readUnits * 1e6);

/** Write units that the table keeps for a steady load. */
const keptFor = (load: number, writeUnits: number, { min }: CapacityRange): number =>
  Math.max(min, Math.ceil((load * writeUnits) / (TARGET_UTILIZATION / 100)));

/** Of a steady load for a million requests: what is kept for an hour, over the requests of an hour. */
function provisioned(load: number, writeUnits: number, reads: CapacityRange, writes: CapacityRange): number {
  const kept = keptFor(load, writeUnits, writes);
  const hour =
    priceOf(prices.writeCapacityHour, kept + indexPart(writes.min)) +
    priceOf(prices.readCapacityHour, reads.min + indexPart(reads.min));
  return (hour / (load * 3_600)) * 1e6;
}

/** Writes of a key that leases for each request of a load, in as many containers as it keeps busy. */
async function leasedWrites(load: number, milliseconds: number): Promise<number> {
  const { writes, requests } = await simulateLeases({
    containers: Math.max(1, Math.ceil((load * milliseconds) / 1_000)),
    requestsPerSecond: load,
    seconds: Math.max(10, Math.ceil(1_000 / load)),
    limits: HIGH,
    skew: 500,
    seed: load,
  });
  return writes / requests;
}

/** What a million authorized requests cost by list prices and what was measured in this run. */
export async function benchCost(database: BenchDatabase): Promise<readonly Table[]> {
  await database.addTable(TABLE);
  const [exact, leased] = [await measure(database), await measure(database, HIGH)];
  const [ofExact, ofLeased] = [functionCost(exact), functionCost(leased)];
  const logs = await measureLogs();
  const ofLogs = logCost(logs.busy);
  const each = (name: string, measured: Measured) => [
    name,
    thousands(measured.cpuMs * 1_000),
    measured.writeUnits.toFixed(3),
    billedMs(measured),
  ];
  return [
    {
      title: 'What a million authorized requests cost, whatever the load',
      columns: ['', ''],
      rows: [
        ['API Gateway, REST', dollars(priceOf(prices.restRequest, 1e6))],
        ['(an HTTP API, for comparison)', dollars(priceOf(prices.httpRequest, 1e6))],
        ['the authorizer function, an exact key', dollars(ofExact)],
        ['the authorizer function, a key that leases', dollars(ofLeased)],
        ['the log', dollars(ofLogs)],
        ['DynamoDB on demand, an exact key', dollars(onDemand(exact))],
        ['authorizing in all, an exact key, on demand', dollars(ofExact + ofLogs + onDemand(exact))],
      ],
    },
    {
      title: 'What an authorized request takes',
      columns: ['', 'CPU us here', 'write units', 'ms billed at 256 MB'],
      rows: [each('an exact key', exact), each('a key that leases, one container', leased)],
    },
    await byLoad(exact, leased, ofLogs),
    logTable(logs),
  ];
}

async function byLoad(exact: Measured, leased: Measured, ofLogs: number): Promise<Table> {
  const { capacity } = await readSettings((name) => (name === 'capacity' ? 'provisioned' : undefined));
  if (!capacity) throw new Error('The settings have no capacity');
  const { reads, writes } = capacity;
  const rows = [];
  for (const load of LOADS) {
    const share = await leasedWrites(load, billedMs(exact));
    const forExact = [onDemand(exact), provisioned(load, exact.writeUnits, reads, writes)] as const;
    const forLeased = [onDemand({ ...leased, writeUnits: share }), provisioned(load, share, reads, writes)] as const;
    const authorizing = (measured: Measured, database: number) => functionCost(measured) + ofLogs + database;
    rows.push([
      thousands(load),
      share.toFixed(3),
      thousands(keptFor(load, exact.writeUnits, writes)),
      thousands(keptFor(load, share, writes)),
      ...[...forExact, ...forLeased].map(dollars),
      dollars(authorizing(exact, forExact[0])),
      dollars(authorizing(exact, Math.min(...forExact))),
      dollars(authorizing(leased, Math.min(...forLeased))),
    ]);
  }
  return {
    title: 'What a million authorized requests cost, by load: exact keys, and one key that leases',
    columns: [
      'requests/s',
      'writes each, leased',
      'write units kept, exact',
      'leased',
      'DynamoDB: exact, on demand',
      'exact, provisioned',
      'leased, on demand',
      'leased, provisioned',
      'authorizing in all: exact, on demand',
      'exact, the cheaper',
      'leased, the cheaper',
    ],
    rows,
  };
}
