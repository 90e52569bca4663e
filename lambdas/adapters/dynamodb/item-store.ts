import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { attribute, prefix } from '../../contract/table.ts';
import type { ItemStore, Shelf } from '../../core/ports.ts';
import { itemPosition } from '../../core/position.ts';
import type { Table } from './table.ts';

/** Live and test items live in different partitions: no query can meet both. */
const partitionOf = ({ organizationId, mode, kind }: Shelf): string =>
  // Items from before there were other kinds.
  `${prefix.item}${organizationId}#${mode}${kind === 'items' ? '' : `#${kind}`}`;

export const createItemStore = (table: Table): ItemStore => ({
  async insertItem(shelf, item) {
    const { content, ...rest } = item;
    await table.insert({ partition: partitionOf(shelf), sort: itemPosition(item) }, { ...content, ...rest });
  },

  async listItems(shelf, { limit, after }) {
    const partition = partitionOf(shelf);
    const { Items = [], LastEvaluatedKey } = await table.transport('Query', {
      TableName: table.tableName,
      KeyConditionExpression: '#partition = :partition',
      ExpressionAttributeNames: { '#partition': attribute.partition },
      ExpressionAttributeValues: marshall({ ':partition': partition }),
      ConsistentRead: true,
      Limit: limit,
      ...(after !== undefined && {
        ExclusiveStartKey: marshall({ [attribute.partition]: partition, [attribute.sort]: after }),
      }),
    });
    const entries = Items.map((item) => {
      const { [attribute.partition]: _, [attribute.sort]: __, id, createdAt, ...content } = unmarshall(item);
      return { id, content, createdAt };
    });
    const last = entries.at(-1);
    return { entries, ...(LastEvaluatedKey && last && { next: itemPosition(last) }) };
  },
});
