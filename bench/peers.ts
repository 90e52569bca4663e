import { setTimeout as sleep } from 'node:timers/promises';
import { createPrincipalStore } from '../lambdas/adapters/dynamodb/principal-store.ts';
import { createTable } from '../lambdas/adapters/dynamodb/table.ts';
import type { Transport } from '../lambdas/adapters/dynamodb/transport.ts';
import type { Limits } from '../lambdas/contract/profile.ts';
import type { Clock } from '../lambdas/core/ports.ts';
import { createDynamoDbStores } from '../test/stores/dynamodb-stores.ts';
import { createMemoryStores } from '../test/stores/memory-store.ts';
import { createDynamoDbRows, createMemoryRows, openBetterAuth } from './better-auth.ts';
import { type Counted, createCounting } from './counting.ts';
import type { BenchDatabase } from './database.ts';
import { flyingClock, isLetIn, newAuthorizer, newKey } from './setup.ts';
import { median, quantile, ratio, type Table, thousands } from './table.ts';

const TABLE = 'bench-peers';
const ROUNDS = 5;
/** For one round of one of them, in milliseconds. */
const ROUND = 600;
const BURST = { requests: 300, limit: 100 };

/** How long a storage that is elsewhere takes for each operation here, in milliseconds. */
const AWAY = 5;

/** Whether one request with a key is let in. */
type Verify = () => Promise<boolean>;

interface Round {
  readonly rate: number;
  readonly p50: number;
  readonly p99: number;
}

async function runRound(verify: Verify, inFlight: number): Promise<Round> {
  const times: number[] = [];
  const started = performance.now();
  const worker = async () => {
    while (performance.now() - started < ROUND) {
      const before = performance.now();
      if (!(await verify())) throw new Error('A key was refused');
      times.push(performance.now() - before);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  const seconds = (performance.now() - started) / 1_000;
  return { rate: times.length / seconds, p50: quantile(times, 0.5) * 1_000, p99: quantile(times, 0.99) * 1_000 };
}

/** Each in turn, round after round, so that what the machine does besides meets both; the first is for warming up. */
async function compare(peers: Readonly<Record<string, Verify>>, inFlight: number): Promise<Map<string, Round>> {
  const rounds = new Map<string, Round[]>(Object.keys(peers).map((name) => [name, []]));
  for (let n = 0; n <= ROUNDS; n++) {
    for (const [name, verify] of Object.entries(peers)) {
      const round = await runRound(verify, inFlight);
      if (n > 0) rounds.get(name)?.push(round);
    }
  }
  const of = (all: readonly Round[], field: keyof Round) => median(all.map((round) => round[field]));
  return new Map(
    [...rounds].map(([name, all]) => [name, { rate: of(all, 'rate'), p50: of(all, 'p50'), p99: of(all, 'p99') }]),
  );
}

const tableOn = (transport: Transport) => createTable({ tableName: TABLE, transport, returnsFailedItem: false });

async function newVerify(transport: Transport, limits?: Limits, clock?: Clock): Promise<Verify> {
  const stores = createDynamoDbStores({ tableName: TABLE, transport, returnsFailedItem: false });
  const { apiKey } = await newKey(stores, limits);
  const authorize = newAuthorizer(createPrincipalStore(tableOn(transport)), undefined, clock ?? flyingClock());
  return () => isLetIn(authorize, apiKey);
}

type Peers = Readonly<Record<'Better Auth' | 'Latchkey', Verify>>;

const away =
  <A extends unknown[], R>(operation: (...args: A) => Promise<R>) =>
  async (...args: A): Promise<R> => {
    await sleep(AWAY);
    return operation(...args);
  };

/** Both with a store in memory, which may be that far away. */
async function inMemory(distance: <F extends (...args: never[]) => Promise<unknown>>(f: F) => F): Promise<Peers> {
  const stores = createMemoryStores();
  const { apiKey } = await newKey(stores);
  const authorize = newAuthorizer({ ...stores, spend: distance(stores.spend) }, undefined, flyingClock());
  const rows = createMemoryRows();
  const { verify } = await openBetterAuth({ ...rows, get: distance(rows.get), change: distance(rows.change) }, 1e9);
  return { 'Better Auth': verify, Latchkey: () => isLetIn(authorize, apiKey) };
}

const inDynamoDb = async (transport: Transport): Promise<Peers> => ({
  'Better Auth': (await openBetterAuth(createDynamoDbRows(tableOn(transport)), 1e9)).verify,
  Latchkey: await newVerify(transport),
});

/** `verifyApiKey` of Better Auth's plugin and the authorizer, on the same storage, with a limit for each key in both. */
export async function benchPeers({ signed, addTable }: BenchDatabase): Promise<readonly Table[]> {
  await addTable(TABLE);
  const counting = createCounting(signed);
  const each = new Map<string, Counted>();
  for (const [name, verify] of Object.entries(await inDynamoDb(counting.transport))) {
    await verify();
    each.set(name, await counting.count(100, verify));
  }
  const memory = await inMemory((operation) => operation);
  const elsewhere = await inMemory((operation) => away(operation) as typeof operation);
  const database = await inDynamoDb(signed);
  const rows = [];
  for (const [storage, peers, inFlight] of [
    ['memory', memory, 1],
    [`memory that takes ${AWAY} ms each`, elsewhere, 1],
    ['dynalite', database, 1],
    ['dynalite', database, 16],
  ] as const) {
    const measured = await compare(peers, inFlight);
    const theirs = measured.get('Better Auth')?.rate ?? 0;
    for (const [name, { rate, p50, p99 }] of measured) {
      const { reads = 0, writes = 0 } = each.get(name) ?? {};
      const figures = [thousands(rate), thousands(p50), thousands(p99), reads, writes, ratio(rate / theirs)];
      rows.push([`${name}, ${storage}`, inFlight, ...figures]);
    }
  }
  return [
    {
      title: 'Verifying a key with a limit, beside Better Auth',
      columns: ['', 'in flight', 'per second', 'p50 us', 'p99 us', 'reads each', 'writes each', 'over Better Auth'],
      rows,
    },
    await burst(counting),
  ];
}

/** All at once, on a limit that a part of them exhausts. */
async function burst({ transport, count }: ReturnType<typeof createCounting>): Promise<Table> {
  const { requests, limit } = BURST;
  const theirs = await openBetterAuth(createDynamoDbRows(tableOn(transport)), limit);
  const noon = { now: () => Date.UTC(2026, 3, 3, 12) };
  const ours = await newVerify(transport, { perMinute: limit, perHour: 1e9 }, noon);
  const rows = [];
  for (const [name, verify] of [
    ['Better Auth', theirs.verify],
    ['Latchkey', ours],
  ] as const) {
    let passed = 0;
    const { reads, writes, readUnits, writeUnits } = await count(1, async () => {
      const verdicts = await Promise.all(Array.from({ length: requests }, verify));
      passed = verdicts.filter(Boolean).length;
    });
    rows.push([name, passed, reads, writes, readUnits, writeUnits]);
  }
  return {
    title: `${requests} verifications at once on a limit of ${limit}, dynalite`,
    columns: ['', 'let through', 'reads', 'writes', 'read units', 'write units'],
    rows,
  };
}
