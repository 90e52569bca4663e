import { createVerify, verify } from 'node:crypto';
import { Bench } from 'tinybench';
import { hashSecret } from '../lambdas/core/key-format.ts';
import { createMemoryStores } from '../test/stores/memory-store.ts';
import { flyingClock, newAuthorizer, newJwtKey, newKey, newToken, request } from './setup.ts';
import { ratio, type Table, thousands } from './table.ts';

/** Authorizations in process, with a store in memory: what the code itself costs, over the floor that it cannot beat. */
export async function benchAuthorize(): Promise<readonly Table[]> {
  const stores = createMemoryStores();
  const { apiKey } = await newKey(stores);
  const subject = 'bench';
  await stores.joinOrganization(
    subject,
    { organizationId: 'org_1', role: 'owner' },
    { perMinute: 1e9, perHour: 1e9 },
    0,
  );
  const { token, verifier, publicKey, unsigned, signature } = await newToken(subject);
  const keys = newAuthorizer(stores, undefined, flyingClock());
  const members = newAuthorizer(stores, verifier);
  const jwt = await newJwtKey(stores);
  const jwtKeys = newAuthorizer(stores, jwt.verifier, flyingClock());

  const bench = new Bench({ time: 1_000, warmupTime: 200 });
  bench.add('SHA-256 of a key (floor)', () => void hashSecret(apiKey));
  bench.add('authorize a key', () => request(keys, apiKey));
  bench.add(
    'crypto.verify RS256 (floor)',
    () => void createVerify('sha256').update(unsigned).verify(publicKey, signature),
  );
  bench.add('authorize a member by JWT', () => request(members, token, 'bearer'));
  bench.add(
    'crypto.verify ES256 (floor)',
    () =>
      void verify(
        'sha256',
        Buffer.from(jwt.unsigned),
        { key: jwt.publicKey, dsaEncoding: 'ieee-p1363' },
        jwt.signature,
      ),
  );
  bench.add('authorize a key that is a JWT', () => request(jwtKeys, jwt.apiKey, 'bearer'));
  await bench.run();

  const rates = bench.tasks.map(({ name, result }) => {
    if (result.state !== 'completed') throw new Error(`${name}: ${result.state}`);
    return { name, rate: result.throughput.mean, p50: result.latency.p50 * 1_000, p99: result.latency.p99 * 1_000 };
  });
  return [
    {
      title: 'Authorizations in process, memory store, one core',
      columns: ['', 'per second', 'p50 us', 'p99 us', 'time over its floor'],
      rows: rates.map(({ name, rate, p50, p99 }, index) => {
        const floor = rates[index - (index % 2)]?.p50 ?? p50;
        return [name, thousands(rate), p50.toFixed(1), p99.toFixed(1), ratio(p50 / floor)];
      }),
    },
  ];
}
