import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { Bench } from 'tinybench';
import { fractalpack } from '../lambdas/contract/profile.ts';
import { createConsumerSessions } from '../lambdas/core/consumer-sessions.ts';
import { createSettings } from '../lambdas/core/consumer-settings.ts';
import { createMemoryStores, type Stores } from '../test/stores/memory-store.ts';
import { newIssuer } from './setup.ts';
import { ratio, type Table, thousands } from './table.ts';

const MARKET = { organizationId: 'org_1', mode: 'live' } as const;
const CALLER = { device: 'bench', address: '192.0.2.1' };

async function newSessions(stores: Stores) {
  const clock = { now: Date.now };
  await stores.insertOrganization({ id: MARKET.organizationId, name: 'Acme', createdAt: 0 }, 'owner');
  return createConsumerSessions({
    profile: fractalpack,
    store: stores,
    codes: stores,
    consumers: stores,
    settingsOf: createSettings(stores, clock),
    loadSigner: (await newIssuer(stores)).loadSigner,
    clock,
    random: randomBytes,
  });
}

/** A product drop opens guests' sessions: how many in a second. */
export async function benchConsumers(): Promise<readonly Table[]> {
  const sessions = await newSessions(createMemoryStores());
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const text = randomBytes(400);
  const bench = new Bench({ time: 1_000, warmupTime: 200 });
  bench.add('floor', () => void sign('sha256', text, { key: privateKey, dsaEncoding: 'ieee-p1363' }));
  bench.add('guest', () => sessions.openGuest(MARKET, CALLER));
  await bench.run();
  const rates = bench.tasks.map(({ result }) => ('throughput' in result ? result.throughput.mean : 0));
  const [floor = 0, guest = 0] = rates;
  return [
    {
      title: "Guests' sessions per second, in process, with a store in memory",
      columns: ['', 'per second', 'of the floor'],
      rows: [
        ['one ES256 signature (floor)', thousands(floor), ratio(1)],
        ['open a session', thousands(guest), ratio(guest / floor)],
      ],
    },
  ];
}
