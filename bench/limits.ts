import { createPrincipalStore } from '../lambdas/adapters/dynamodb/principal-store.ts';
import { createTable } from '../lambdas/adapters/dynamodb/table.ts';
import type { Limits } from '../lambdas/contract/profile.ts';
import { LEASED_ABOVE } from '../lambdas/core/spender.ts';
import { createDynamoDbStores } from '../test/stores/dynamodb-stores.ts';
import type { BenchDatabase } from './database.ts';
import { isLetIn, newAuthorizer, newKey } from './setup.ts';
import { type Table, thousands } from './table.ts';

const TABLE = 'bench-limits';
/** Each has one request at a time, as Lambda has it. */
const CONTAINERS = 32;

/** The beginning of a minute and an hour, from which the clock runs on as fast as the machine's. */
const START = Date.UTC(2026, 3, 3, 12);

/** What is asked for at once, of as many containers: never is more let through than the limit. */
export async function benchLimits({ signed, addTable }: BenchDatabase): Promise<readonly Table[]> {
  await addTable(TABLE);
  const table = { tableName: TABLE, transport: signed, returnsFailedItem: false };

  /** How many of so many requests a limit lets through, within one minute. */
  async function letThrough(limits: Limits, requests: number): Promise<number> {
    const { apiKey } = await newKey(createDynamoDbStores(table), limits);
    const began = performance.now();
    const clock = { now: () => START + Math.floor(performance.now() - began) };
    let [left, passed] = [requests, 0];
    const container = async () => {
      const authorize = newAuthorizer(createPrincipalStore(createTable(table)), undefined, clock);
      while (left-- > 0) if (await isLetIn(authorize, apiKey)) passed++;
    };
    await Promise.all(Array.from({ length: CONTAINERS }, container));
    if (clock.now() >= START + 60_000) throw new Error('This machine is too slow: the minute was over');
    return passed;
  }

  const rows = [];
  for (const [kind, perMinute, perHour, requests] of [
    ['exact', 100, 10_000, 1_000],
    ['exact', 600, 500, 1_500],
    ['exact', 1_000, 10_000, 2_000],
    ['leased', LEASED_ABOVE + 6_000, 10_000_000, 50_000],
  ] as const) {
    const limit = Math.min(perMinute, perHour);
    const passed = await letThrough({ perMinute, perHour }, requests);
    if (passed > limit) throw new Error(`${passed} requests were let through on a limit of ${limit}`);
    const limits = `${thousands(perMinute)} a minute, ${thousands(perHour)} an hour`;
    rows.push([kind, limits, thousands(requests), thousands(passed), Math.max(0, passed - limit)]);
  }
  return [
    {
      title: `Requests over a limit: ${CONTAINERS} containers at once, against dynalite`,
      columns: ['key', 'limits', 'asked for', 'let through', 'over the limit'],
      rows,
    },
  ];
}
