import { createSdkTransport } from '../../lambdas/adapters/dynamodb/sdk-transport.ts';
import { createSignedTransport } from '../../lambdas/adapters/dynamodb/signed-transport.ts';
import { type Database, ensureTable, LOCAL_REGION, localCredentials, startDatabase } from '../../local/database.ts';
import { createDynamoDbStores } from './dynamodb-stores.ts';
import { describeStoreContract } from './store-contract.ts';

const transports = {
  'dynalite, by the SDK': ({ client }: Database) => createSdkTransport(client),
  'dynalite, by the signed client': ({ endpoint }: Database) =>
    createSignedTransport({ endpoint: new URL(endpoint), region: LOCAL_REGION, credentials: () => localCredentials }),
};

for (const [name, transportOf] of Object.entries(transports)) {
  describeStoreContract(name, async () => {
    const database = await startDatabase();
    await ensureTable(database.client, 'contract');
    const transport = transportOf(database);
    return {
      stores: createDynamoDbStores({ tableName: 'contract', transport, returnsFailedItem: false }),
      close: database.close,
    };
  });
}
