import { createKeyStore } from '../lambdas/adapters/dynamodb/key-store.ts';
import { createPrincipalStore } from '../lambdas/adapters/dynamodb/principal-store.ts';
import { createTable } from '../lambdas/adapters/dynamodb/table.ts';
import type { Transport } from '../lambdas/adapters/dynamodb/transport.ts';
import type { BenchDatabase } from './database.ts';
import { flyingClock, newAuthorizer, newKey, request } from './setup.ts';
import { ratio, type Table, thousands } from './table.ts';

const TABLE = 'bench-clients';
const REQUESTS = 2_000;

/** The authorizer's own client of DynamoDB beside the SDK's, in a container that is warm. */
export async function benchClients({ sdk, signed, addTable }: BenchDatabase): Promise<readonly Table[]> {
  await addTable(TABLE);
  const { apiKey } = await newKey(createKeyStore(createTable({ tableName: TABLE, transport: sdk })));
  const rate = async (transport: Transport, inFlight: number) => {
    const store = createPrincipalStore(createTable({ tableName: TABLE, transport }));
    const authorize = newAuthorizer(store, undefined, flyingClock());
    let left = REQUESTS;
    const worker = async () => {
      while (left-- > 0) await request(authorize, apiKey);
    };
    const [started, before] = [performance.now(), process.cpuUsage()];
    await Promise.all(Array.from({ length: inFlight }, worker));
    const { user, system } = process.cpuUsage(before);
    return { perSecond: REQUESTS / ((performance.now() - started) / 1_000), cpu: (user + system) / REQUESTS };
  };
  const rows = [];
  for (const inFlight of [1, 32]) {
    await rate(sdk, inFlight);
    await rate(signed, inFlight);
    const [bySdk, bySigned] = [await rate(sdk, inFlight), await rate(signed, inFlight)];
    rows.push([
      inFlight,
      thousands(bySdk.perSecond),
      thousands(bySigned.perSecond),
      ratio(bySigned.perSecond / bySdk.perSecond),
      thousands(bySdk.cpu),
      thousands(bySigned.cpu),
      ratio(bySdk.cpu / bySigned.cpu),
    ]);
  }
  return [
    {
      title: "Authorizations against dynalite: the SDK's client and the authorizer's own",
      columns: [
        'in flight',
        'SDK per second',
        'own per second',
        'own over SDK',
        'SDK CPU us',
        'own CPU us',
        'SDK over own',
      ],
      rows,
    },
  ];
}
