import { apiKey } from '@better-auth/api-key';
import { betterAuth } from 'better-auth';
import { type CleanedWhere, createAdapterFactory } from 'better-auth/adapters';
import type { Table } from '../lambdas/adapters/dynamodb/table.ts';
import { attribute } from '../lambdas/contract/table.ts';

type Row = Record<string, unknown>;

/** The rows of one key's table, by the hash of the key: as few operations as a store can do it in. */
export interface KeyRows {
  get(key: string): Promise<Row | undefined>;
  put(key: string, row: Row): Promise<void>;
  /** Adds and sets, where every guard holds, by one conditional write. Undefined where one does not. */
  change(key: string, guards: readonly CleanedWhere[], add: Record<string, number>, set: Row): Promise<Row | undefined>;
}

const identifiedBy = (where: readonly CleanedWhere[], field: string): string | undefined => {
  const found = where.find((clause) => clause.field === field && clause.operator === 'eq')?.value;
  return found === undefined || found === null ? undefined : String(found);
};

/**
 * Better Auth's adapter over such rows. It looks a key up by its hash and changes it by its id, so the adapter notes which
 * hash an id has: a store that had to look that up would read once more for each change.
 */
const adapterOver = (rows: KeyRows) =>
  createAdapterFactory({
    config: { adapterId: 'bench', supportsDates: false, supportsJSON: false, supportsBooleans: true },
    adapter: () => {
      const hashes = new Map<string, string>();
      const keyOf = (where: readonly CleanedWhere[]) =>
        identifiedBy(where, 'key') ?? hashes.get(identifiedBy(where, 'id') ?? '') ?? '';
      const guardsIn = (where: readonly CleanedWhere[]) => where.filter(({ field }) => field !== 'id');
      return {
        async create({ data }) {
          const row: Row = { ...data };
          hashes.set(String(row.id), String(row.key));
          await rows.put(String(row.key), row);
          return data;
        },
        findOne: async ({ where }) => ((await rows.get(keyOf(where))) ?? null) as never,
        update: async ({ where, update }) =>
          ((await rows.change(keyOf(where), guardsIn(where), {}, { ...(update as Row) })) ?? null) as never,
        incrementOne: async ({ where, increment, set = {} }) =>
          ((await rows.change(keyOf(where), guardsIn(where), increment, set)) ?? null) as never,
        findMany: async () => [],
        updateMany: async () => 0,
        count: async () => 0,
        delete: async () => {},
        deleteMany: async () => 0,
      };
    },
  });

/** A server's Better Auth with API keys, as they ship, and one key with a limit for each minute. */
export async function openBetterAuth(rows: KeyRows, perMinute: number) {
  const auth = betterAuth({
    baseURL: 'http://localhost',
    secret: 'a secret for the benchmark alone, long enough',
    database: adapterOver(rows),
    logger: { disabled: true },
    telemetry: { enabled: false },
    plugins: [apiKey({ rateLimit: { enabled: true, timeWindow: 60_000, maxRequests: perMinute } })],
  });
  const { key } = await auth.api.createApiKey({ body: { userId: 'bench' } });
  return {
    verify: async (): Promise<boolean> => (await auth.api.verifyApiKey({ body: { key } })).valid,
  };
}

const COMPARE: Readonly<Record<string, (a: unknown, b: unknown) => boolean>> = {
  eq: (a, b) => (a ?? null) === b,
  lt: (a, b) => (a as number) < (b as number),
  lte: (a, b) => (a as number) <= (b as number),
  gt: (a, b) => (a as number) > (b as number),
};

/** In memory, each in constant time; a change is not interrupted. */
export function createMemoryRows(): KeyRows {
  const rows = new Map<string, Row>();
  return {
    async get(key) {
      return rows.get(key);
    },
    async put(key, row) {
      rows.set(key, row);
    },
    async change(key, guards, add, set) {
      const row = rows.get(key);
      const holds = guards.every(
        ({ field, operator, value }) => COMPARE[operator ?? 'eq']?.(row?.[field], value) === true,
      );
      if (!row || !holds) return undefined;
      const added = Object.entries(add).map(([field, by]) => [field, Number(row[field] ?? 0) + by]);
      const changed = { ...row, ...Object.fromEntries(added), ...set };
      rows.set(key, changed);
      return changed;
    },
  };
}

const SYMBOL: Readonly<Record<string, string>> = { eq: '=', lt: '<', lte: '<=', gt: '>' };

/** In DynamoDB: an item for each key, at its hash. */
export function createDynamoDbRows(table: Table): KeyRows {
  const at = (key: string) => ({ partition: `KEY#${key}`, sort: 'PRINCIPAL' });
  return {
    get: (key) => table.get(at(key)),
    put: (key, row) => table.put(at(key), row),
    async change(key, guards, add, set) {
      const fields = [...new Set([...guards.map(({ field }) => field), ...Object.keys(add), ...Object.keys(set)])];
      const name = (field: string) => `#f${fields.indexOf(field)}`;
      const sets = Object.keys(set).map((field) => `${name(field)} = :set${name(field).slice(1)}`);
      const adds = Object.keys(add).map((field) => `${name(field)} :add${name(field).slice(1)}`);
      const conditions = guards.map(
        ({ field, operator = 'eq' }) => `${name(field)} ${SYMBOL[operator]} :is${name(field).slice(1)}`,
      );
      const { done, item } = await table.update(at(key), {
        update: [adds.length > 0 ? `ADD ${adds.join(', ')}` : '', `SET ${sets.join(', ')}`].join(' '),
        condition: ['attribute_exists(#key)', ...conditions].join(' AND '),
        names: { '#key': attribute.partition, ...Object.fromEntries(fields.map((field) => [name(field), field])) },
        values: Object.fromEntries([
          ...Object.entries(set).map(([field, value]) => [`:set${name(field).slice(1)}`, value]),
          ...Object.entries(add).map(([field, value]) => [`:add${name(field).slice(1)}`, value]),
          ...guards.map(({ field, value }) => [`:is${name(field).slice(1)}`, value]),
        ]),
      });
      return done ? item : undefined;
    },
  };
}
