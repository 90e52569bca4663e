import { LEASED_ABOVE } from '../../lambdas/core/spender.ts';
import type { Table } from '../table.ts';
import { thousands } from '../table.ts';
import { garbageOf } from './cost.ts';
import { LOADS } from './one-region-tables.ts';
import { conflictShare, type Design, type Regions, simulateRegions } from './regions.ts';

const NAMES: Readonly<Record<Design, string>> = {
  'one-item': "one item, each Region on its replica (the stack's code as it is)",
  home: 'one item, in its home Region alone',
  split: 'a counter in each Region with its part of the limit, the status apart',
};

const LIMIT = 600;
const TRIALS = 20;

/** Of so many revocations, how many held in the end, and how long the slowest of these took, in milliseconds. */
async function revocations(setting: Omit<Regions, 'seconds' | 'revokedAt' | 'seed'>, trials = TRIALS) {
  let [held, slowest] = [0, 0];
  for (let seed = 1; seed <= trials; seed++) {
    // A limit that is not reached: whoever is refused for that writes nothing.
    const figures = await simulateRegions({ ...setting, perMinute: LEASED_ABOVE, seconds: 20, revokedAt: 5_000, seed });
    if (!figures.revoked) continue;
    held++;
    slowest = Math.max(slowest, figures.lastGrantAfterRevocation);
  }
  return { held, slowest };
}

async function eventualRow(setting: Omit<Regions, 'perMinute' | 'seconds' | 'seed'>, trials = TRIALS) {
  const { mostOfLimit } = await simulateRegions({ ...setting, perMinute: LIMIT, seconds: 180, seed: 1 });
  const { held, slowest } = await revocations({ ...setting, perMinute: LIMIT }, trials);
  return [
    NAMES[setting.design],
    setting.regions,
    thousands(setting.lag),
    setting.requestsPerSecond,
    `${mostOfLimit.toFixed(2)}x`,
    `${held} of ${trials}`,
    held === 0 ? '' : thousands(slowest),
  ];
}

const columns = [
  'where a key is spent',
  'Regions',
  'replication, ms',
  'requests/s of the key',
  'granted in a minute, of its limit',
  'revocations that held',
  'slowest of these, ms',
];

/** Limit 600 a minute, so that 10 requests a second are just it. */
export async function eventualTable(): Promise<Table> {
  const rows = [];
  for (const regions of [2, 3]) {
    for (const lag of [200, 1_000]) {
      for (const requestsPerSecond of [1, 10, 60]) {
        rows.push(await eventualRow({ design: 'one-item', regions, lag, requestsPerSecond }));
      }
    }
  }
  for (const design of ['home', 'split'] as const) {
    rows.push(await eventualRow({ design, regions: 3, lag: 1_000, requestsPerSecond: 60 }));
  }
  return { title: 'A global table with eventual consistency', columns, rows };
}

export function strongTable(): Table {
  const rows = [1, 10, 100, 500].map((rate) => [
    rate,
    ...[15, 70, 150].map((roundTrip) => `${(conflictShare((rate * 2) / 3, roundTrip) * 100).toFixed(0)} %`),
  ]);
  return {
    title: "A global table with strong consistency: writes to an item that meet another Region's",
    columns: ['requests/s of the key, in three Regions alike', '15 ms between Regions', '70 ms', '150 ms'],
    rows,
  };
}

/** Items that only `ttl` deletes, and their bytes: an address' counters, and a guest's session. */
const ADDRESS = 150;
const SESSION = 700;

export function garbageTable(): Table {
  const rows = LOADS.map((load) => {
    const addresses = garbageOf(load / 100, ADDRESS);
    const sessions = garbageOf(load / 100, SESSION);
    return [
      thousands(load),
      thousands(addresses.gigabytes + sessions.gigabytes),
      `$${thousands(addresses.dollars + sessions.dollars)}`,
    ];
  });
  return {
    title: 'What stays where nothing is deleted by its time',
    columns: [
      'requests/s, one in a hundred from a new address and with a new session',
      'GB more a month',
      'a month more each month',
    ],
    rows,
  };
}
