import { createKeyStore } from '../lambdas/adapters/dynamodb/key-store.ts';
import { createPrincipalStore } from '../lambdas/adapters/dynamodb/principal-store.ts';
import { createSdkTransport } from '../lambdas/adapters/dynamodb/sdk-transport.ts';
import { createSignedTransport } from '../lambdas/adapters/dynamodb/signed-transport.ts';
import { createTable } from '../lambdas/adapters/dynamodb/table.ts';
import type { Transport } from '../lambdas/adapters/dynamodb/transport.ts';
import { type Database, ensureTable, LOCAL_REGION, localCredentials } from '../local/database.ts';
import { createCounting } from './counting.ts';
import { newAuthorizer, newKey, request } from './setup.ts';
import { printTable, ratio, thousands } from './table.ts';

const TABLE = 'bench-operations';
const WARM = 1_000;

/** What an authorized request asks of DynamoDB, counted where it leaves for it. */
export async function benchOperations(database: Database): Promise<void> {
  await ensureTable(database.client, TABLE);
  const sdk = createSdkTransport(database.client);
  const signed = createSignedTransport({
    endpoint: new URL(database.endpoint),
    region: LOCAL_REGION,
    credentials: () => localCredentials,
  });
  const { apiKey } = await newKey(createKeyStore(createTable({ tableName: TABLE, transport: sdk })));

  const counting = createCounting(signed);
  const authorizerOn = (transport: Transport) =>
    newAuthorizer(createPrincipalStore(createTable({ tableName: TABLE, transport })));

  const authorize = authorizerOn(counting.transport);
  const count = (requests: number) => counting.count(requests, () => request(authorize, apiKey));
  printTable(
    'DynamoDB operations for an authorized request',
    ['', 'operations', 'which', 'write units'],
    [
      ['the first request of a container', ...(await count(1))],
      [`each of ${thousands(WARM)} after it`, ...(await count(WARM))],
    ],
  );

  const rate = async (transport: Transport, inFlight: number) => {
    const subject = authorizerOn(transport);
    const started = performance.now();
    let left = 2_000;
    const worker = async () => {
      while (left-- > 0) await request(subject, apiKey);
    };
    await Promise.all(Array.from({ length: inFlight }, worker));
    return 2_000 / ((performance.now() - started) / 1_000);
  };
  const rows = [];
  for (const inFlight of [1, 32]) {
    await rate(sdk, inFlight);
    const [bySdk, bySigned] = [await rate(sdk, inFlight), await rate(signed, inFlight)];
    rows.push([inFlight, thousands(bySdk), thousands(bySigned), ratio(bySigned / bySdk)]);
  }
  printTable(
    'Authorizations per second against dynalite in the same process, so that its own work is in both',
    ['in flight', "the SDK's client", 'the signed client', 'signed over SDK'],
    rows,
  );
}
