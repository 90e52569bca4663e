import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { endpoint } from './deployed.ts';

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

/** Everything in a table. */
export async function readTable(TableName: string): Promise<Record<string, unknown>[]> {
  const client = new DynamoDBClient({ endpoint: endpoint.href, region: 'us-east-1', credentials });
  const items: Record<string, unknown>[] = [];
  for await (const { Items = [] } of paginateScan({ client }, { TableName, ConsistentRead: true }))
    items.push(...Items.map((item) => unmarshall(item)));
  client.destroy();
  return items;
}
