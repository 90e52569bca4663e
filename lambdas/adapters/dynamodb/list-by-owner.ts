import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { attribute, ORGANIZATION_INDEX } from '../../contract/table.ts';
import { BATCH, readAll } from './read-all.ts';
import type { ItemKey, Table } from './table.ts';
import type { Item } from './transport.ts';

interface Listed {
  /** Items by what follows `begins` in their place in the index. */
  readonly found: readonly (readonly [name: string, item: Item])[];
  /** Where the next page begins. */
  readonly next?: string;
}

/**
 * A page of what belongs to somebody: the index says what there is, and the table, read consistently, what it is. The
 * index may lag behind, so that whoever asks looks whether an item is still theirs.
 * @param owner partition of the index
 * @param begins how the places of one kind of thing begin
 * @param keyOf the item's key, by what follows that
 * @param after the `next` of the page before
 * @param limit 100 at most
 */
export async function listByOwner(
  table: Table,
  owner: string,
  begins: string,
  keyOf: (name: string) => ItemKey,
  after?: string,
  limit: number = BATCH,
): Promise<Listed> {
  const startAt = (place: string) => {
    const { partition, sort } = keyOf(place.slice(begins.length));
    return marshall({
      [attribute.indexPartition]: owner,
      [attribute.indexSort]: place,
      [attribute.partition]: partition,
      [attribute.sort]: sort,
    });
  };
  const { Items = [], LastEvaluatedKey } = await table.transport('Query', {
    TableName: table.tableName,
    IndexName: ORGANIZATION_INDEX,
    KeyConditionExpression: '#partition = :partition AND begins_with(#sort, :sort)',
    ExpressionAttributeNames: { '#partition': attribute.indexPartition, '#sort': attribute.indexSort },
    ExpressionAttributeValues: marshall({ ':partition': owner, ':sort': begins }),
    Limit: Math.min(limit, BATCH),
    ...(after !== undefined && { ExclusiveStartKey: startAt(after) }),
  });
  const places = Items.map((item) => String(unmarshall(item)[attribute.indexSort]));
  const names = places.map((place) => place.slice(begins.length));
  const items = await readAll(table, names.map(keyOf));
  const byPartition = new Map(items.map((item) => [item[attribute.partition], item]));
  const found = names.flatMap((name) => {
    const item = byPartition.get(keyOf(name).partition);
    return item ? [[name, item] as const] : [];
  });
  const last = places.at(-1);
  return { found, ...(LastEvaluatedKey && last !== undefined && { next: last }) };
}
