import { setTimeout as sleep } from 'node:timers/promises';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { attribute } from '../../contract/table.ts';
import { UnavailableError } from '../../core/errors.ts';
import type { ItemKey, Table } from './table.ts';
import type { Item } from './transport.ts';

/** Reads of one batch, which DynamoDB bounds. */
export const BATCH = 100;

/** Rounds of reading what a throttled batch left out, with pauses between them, in milliseconds. */
const ROUNDS = 5;
const BACKOFF = 25;

/**
 * Up to 100 items themselves, read consistently, in no order: an index knows only that they are there.
 * @throws UnavailableError
 */
export async function readAll(table: Table, itemKeys: readonly ItemKey[]): Promise<readonly Item[]> {
  const items: Item[] = [];
  let keys = itemKeys.map(({ partition, sort }) =>
    marshall({ [attribute.partition]: partition, [attribute.sort]: sort }),
  );
  for (let round = 0; keys.length > 0; round++) {
    if (round === ROUNDS) throw new UnavailableError('the store is throttled');
    if (round > 0) await sleep(Math.random() * BACKOFF * 2 ** round);
    const { Responses, UnprocessedKeys } = await table.transport('BatchGetItem', {
      RequestItems: { [table.tableName]: { Keys: keys, ConsistentRead: true } },
    });
    items.push(...(Responses?.[table.tableName] ?? []).map((item) => unmarshall(item)));
    keys = UnprocessedKeys?.[table.tableName]?.Keys ?? [];
  }
  return items;
}
