import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { Bench } from 'tinybench';
import { createSdkTransport } from '../lambdas/adapters/dynamodb/sdk-transport.ts';
import { fractalpack } from '../lambdas/contract/profile.ts';
import { createConsumerSessions } from '../lambdas/core/consumer-sessions.ts';
import { createSettings } from '../lambdas/core/consumer-settings.ts';
import { type Database, ensureTable } from '../local/database.ts';
import { createDynamoDbStores } from '../test/stores/dynamodb-stores.ts';
import { createMemoryStores, type Stores } from '../test/stores/memory-store.ts';
import { createCounting } from './counting.ts';
import { newIssuer } from './setup.ts';
import { printTable, ratio, thousands } from './table.ts';

const TABLE = 'bench-consumers';
const MARKET = { organizationId: 'org_1', mode: 'live' } as const;
const CALLER = { device: 'bench', address: '192.0.2.1' };
const MANY = 1_000;

async function newSessions(stores: Stores) {
  const clock = { now: Date.now };
  await stores.insertOrganization({ id: MARKET.organizationId, name: 'Acme', createdAt: 0 }, 'owner');
  return createConsumerSessions({
    profile: fractalpack,
    store: stores,
    codes: stores,
    consumers: stores,
    settingsOf: createSettings(stores, clock),
    sign: (await newIssuer(stores)).sign,
    clock,
    random: randomBytes,
  });
}

/** A product drop opens guests' sessions: how many in a second, and what one asks of DynamoDB. */
export async function benchConsumers(database: Database): Promise<void> {
  const inMemory = await newSessions(createMemoryStores());
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const text = randomBytes(400);
  const bench = new Bench({ time: 1_000, warmupTime: 200 });
  bench.add('floor', () => void sign('sha256', text, { key: privateKey, dsaEncoding: 'ieee-p1363' }));
  bench.add('guest', () => inMemory.openGuest(MARKET, CALLER));
  await bench.run();
  const rates = bench.tasks.map(({ result }) => ('throughput' in result ? result.throughput.mean : 0));
  const [floor = 0, guest = 0] = rates;
  printTable(
    "Guests' sessions per second, in process, with a store in memory",
    ['', 'per second', 'of the floor'],
    [
      ['one ES256 signature (floor)', thousands(floor), ratio(1)],
      ['open a session', thousands(guest), ratio(guest / floor)],
    ],
  );

  await ensureTable(database.client, TABLE);
  const counting = createCounting(createSdkTransport(database.client));
  const stores = createDynamoDbStores({ tableName: TABLE, transport: counting.transport, returnsFailedItem: false });
  const sessions = await newSessions(stores);
  const guests = () => sessions.openGuest(MARKET, CALLER);
  printTable(
    'DynamoDB operations for a guest whose session is opened, beside the one of the authorizer',
    ['', 'operations', 'which', 'units'],
    [
      ['the first of a container', ...(await counting.count(1, guests))],
      [`each of ${thousands(MANY)} after it`, ...(await counting.count(MANY, guests))],
    ],
  );
}
