import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createSdkTransport } from '../lambdas/adapters/dynamodb/sdk-transport.ts';
import { createTable } from '../lambdas/adapters/dynamodb/table.ts';
import type { IssuerAnswer } from '../lambdas/contract/issuer.ts';
import { LOCAL_REGION, localCredentials } from '../local/database.ts';
import { ISSUER_PATH } from '../local/issuer.ts';
import { readRunning } from '../local/running.ts';
import { Failure } from './failure.ts';
import { type Choice, openStores, type Target } from './target.ts';

/** The stack that runs on this machine, by what it has left in its data folder. */
export async function openLocal({ dataFolder }: Pick<Choice, 'dataFolder'>): Promise<Target> {
  const running = await readRunning(dataFolder);
  const answers = running && (await fetch(running.url).catch(() => undefined));
  if (!running || !answers) {
    throw new Failure(`No stack runs with its data in ${dataFolder}. Start it: npm start. Name its folder: --data DIR`);
  }
  const { url, database: endpoint, tableName, profile, operatorToken } = running;
  const client = new DynamoDBClient({ endpoint, region: LOCAL_REGION, credentials: localCredentials });
  const table = createTable({ tableName, transport: createSdkTransport(client), returnsFailedItem: false });
  return {
    name: `the local stack at ${url}, with its data in ${dataFolder}`,
    operator: 'local',
    apiUrl: url,
    profile,
    store: openStores(table),
    checks: async () => [{ what: 'table', value: 'dynalite, without recovery', ok: true }],
    async keepSigningKeys(operator) {
      const response = await fetch(url + ISSUER_PATH, {
        method: 'POST',
        headers: { Authorization: `Bearer ${operatorToken}` },
        body: JSON.stringify({ operator }),
      });
      if (!response.ok) throw new Failure(`The local stack answers ${response.status}`);
      return ((await response.json()) as IssuerAnswer).outcome;
    },
    // The stack is one process, and forgot them with the replacement.
    forgetSigningKeys: async () => {},
    close: () => client.destroy(),
  };
}
