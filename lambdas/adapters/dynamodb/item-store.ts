import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Mode } from '../../contract/profile.ts';
import { attribute, prefix } from '../../contract/table.ts';
import type { ItemStore } from '../../core/ports.ts';
import { itemPosition } from '../../core/position.ts';
import type { Table } from './table.ts';

/** Live and test items live in different partitions: no query can meet both. */
const partitionOf = (organizationId: string, mode: Mode): string => `${prefix.item}${organizationId}#${mode}`;

export const createItemStore = (table: Table): ItemStore => ({
  async insertItem(organizationId, mode, item) {
    const { content, ...rest } = item;
    await table.insert(
      { partition: partitionOf(organizationId, mode), sort: itemPosition(item) },
      { ...content, ...rest },
    );
  },

  async listItems(organizationId, mode, { limit, after }) {
    const partition = partitionOf(organizationId, mode);
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
