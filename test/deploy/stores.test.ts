import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createSdkTransport } from '../../lambdas/adapters/dynamodb/sdk-transport.ts';
import { createSignedTransport } from '../../lambdas/adapters/dynamodb/signed-transport.ts';
import { createDynamoDbStores } from '../stores/dynamodb-stores.ts';
import { describeStoreContract } from '../stores/store-contract.ts';
import { endpoint, outputs } from './deployed.ts';

// Not the table of a stack whose tokens are tested: the suite publishes key sets of its own.
const tableName = outputs.Own?.TableName ?? '';
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
const region = 'us-east-1';

describeStoreContract('the deployed table, by the SDK', async () => {
  const client = new DynamoDBClient({ endpoint: endpoint.href, region, credentials });
  return {
    stores: createDynamoDbStores({ tableName, transport: createSdkTransport(client) }),
    close: async () => client.destroy(),
  };
});

describeStoreContract('the deployed table, by the signed client', async () => ({
  stores: createDynamoDbStores({
    tableName,
    transport: createSignedTransport({ endpoint, region, credentials: () => credentials }),
  }),
  close: async () => {},
}));
