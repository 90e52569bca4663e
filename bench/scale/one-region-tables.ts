import { HIGHEST_LIMITS } from '../../lambdas/contract/profile.ts';
import { type Table, thousands } from '../table.ts';
import { processesFor } from './cost.ts';
import { limits } from './limits.ts';
import { partOfAll, type Region, type RegionFigures, requestsIn, simulateRegion } from './one-region.ts';
import { AUTHORIZER_SECONDS, environmentsFor, type Ramp, simulateRamp } from './ramp.ts';

export const LOADS = [100, 10_000, 1_000_000] as const;

/** Of a part: with as many digits as it needs to be told from none. */
const percent = (part: number): string =>
  part === 0 ? '0' : part > 0 && part < 0.0005 ? 'under 0.1 %' : `${(part * 100).toFixed(1)} %`;

interface Case {
  readonly name: string;
  readonly load: (typeof LOADS)[number];
  readonly decidedBy: string;
  readonly warm: number;
  readonly region: Region;
}

/** Clocks wrong by up to 2 s, as in the bench of leases. */
const common = { skew: 2_000, seed: 1 };
const BURSTS = { every: 10, times: 2 };

/** Warm throughput of a new table; of one that was told of the load; both in partitions. */
const partitionsOf = (writes: number): number => Math.ceil(writes / limits.partitionWrites.value);

const trafficAt = (requestsPerSecond: (typeof LOADS)[number]) => ({
  requestsPerSecond,
  customers: requestsPerSecond * (requestsPerSecond === 100 ? 10 : 1),
  large: 0.2,
  hammering: requestsPerSecond === 1_000_000 ? 0.001 : 0.01,
  ...(requestsPerSecond === 1_000_000 && { slices: 100 }),
});

/** Environments, where each takes what its time allows; Poisson's ups and downs and a third beside. */
const FEWEST = Math.ceil(10_000 * AUTHORIZER_SECONDS * 1.33);
const MOST = Math.ceil(environmentsFor(10_000, AUTHORIZER_SECONDS) * 1.33);

/** As many requests in a second as an environment's time allows. */
const UNBOUND = 1_000;

export const CASES: readonly Case[] = [
  {
    name: '100',
    load: 100,
    decidedBy: 'Lambda',
    warm: limits.newTableWrites.value,
    region: {
      ...common,
      traffic: trafficAt(100),
      seconds: 60,
      gateway: { rate: limits.gatewayRate.value, burst: limits.gatewayBurst.value },
      fleet: { environments: limits.concurrency.value / 2 },
      table: { partitions: partitionsOf(limits.newTableWrites.value), quota: limits.tableWrites.value },
    },
  },
  {
    name: '10,000, new table',
    load: 10_000,
    decidedBy: `Lambda, ${FEWEST} environments`,
    warm: limits.newTableWrites.value,
    region: {
      ...common,
      traffic: trafficAt(10_000),
      settling: 2,
      seconds: 5,
      fleet: { environments: FEWEST * 4, warm: FEWEST, perSecond: UNBOUND },
      table: { partitions: partitionsOf(limits.newTableWrites.value), quota: limits.tableWrites.value },
    },
  },
  ...[
    {
      decidedBy: `Lambda, ${FEWEST} environments`,
      fleet: { environments: FEWEST * 4, warm: FEWEST, perSecond: UNBOUND },
    },
    { decidedBy: `Lambda, ${thousands(MOST)} environments`, fleet: { environments: MOST * 2, warm: MOST } },
    { decidedBy: `${processesFor(10_000)} processes`, fleet: { processes: processesFor(10_000) } },
  ].map(({ decidedBy, fleet }) => ({
    name: `10,000, ${decidedBy}`,
    load: 10_000 as const,
    decidedBy,
    warm: 20_000,
    region: {
      ...common,
      traffic: trafficAt(10_000),
      bursts: BURSTS,
      settling: 5,
      seconds: 10,
      fleet,
      table: { partitions: 20, quota: limits.tableWrites.value },
    },
  })),
  ...[2_000_000].map((warm) => ({
    name: `1,000,000, ${warm}`,
    load: 1_000_000 as const,
    decidedBy: `${processesFor(1_000_000)} processes`,
    warm,
    region: {
      ...common,
      traffic: trafficAt(1_000_000),
      settling: 14,
      seconds: 16,
      fleet: { processes: processesFor(1_000_000) },
      table: { partitions: partitionsOf(warm), share: 0.01 },
    },
  })),
];

const of503 = ({ outcomes }: { outcomes: RegionFigures['by']['large']['outcomes'] }) =>
  outcomes.unavailable + outcomes.crowded;

const slicesOf = ({ region }: Case): number => region.traffic.slices ?? 1;

export const steadyRow = ({ load, decidedBy, warm, region }: Case, figures: RegionFigures) => {
  const { slices = 1 } = region.traffic;
  return [
    thousands(load),
    decidedBy,
    thousands(warm),
    partOfAll(figures, slices, ({ writes }) => writes).toFixed(2),
    percent(partOfAll(figures, slices, of503)),
    percent(of503(figures.by.large) / Math.max(1, requestsIn(figures.by.large.outcomes))),
    figures.overLimit,
    thousands(figures.table.hottestPeak),
    `${figures.latency.p50.toFixed(0)} / ${figures.latency.p99.toFixed(0)}`,
  ];
};

/** A load that goes on, with the writes that a request takes, by the case's name. */
export async function steadyTable(): Promise<{ readonly table: Table; readonly writes: ReadonlyMap<string, number> }> {
  const rows = [];
  const writes = new Map<string, number>();
  for (const each of CASES) {
    const figures = await simulateRegion(each.region);
    rows.push(steadyRow(each, figures));
    writes.set(
      each.name,
      partOfAll(figures, slicesOf(each), (part) => part.writes),
    );
  }
  const columns = [
    'requests/s',
    'decided by',
    'table, warm for writes/s',
    'writes a request',
    '503',
    "503 of the large customer's",
    'over a limit',
    'hottest partition, writes/s',
    'added ms, p50 / p99',
  ];
  return { table: { title: 'A load that goes on', columns, rows }, writes };
}

const one = (rate: number) => ({ requestsPerSecond: rate, customers: 0, large: 1, hammering: 0 });

/** One key, asked for at its limit, met by so many containers. */
async function leasesRow(rate: number, containers: number, { settling, seconds }: Record<string, number>) {
  const shared = { ...common, traffic: one(rate), fleet: { processes: containers }, table: { partitions: 1 } };
  const steady = await simulateRegion({
    ...shared,
    settling: settling ?? 0,
    seconds: (settling ?? 0) + (seconds ?? 0),
  });
  const start = await simulateRegion({ ...shared, seconds: 2 });
  const revoked = await simulateRegion({ ...shared, seconds: 5, revokedAt: 3_000 });
  const { outcomes, writes, charged, peak } = steady.by.large;
  return [
    thousands(rate),
    thousands(containers),
    (writes / requestsIn(outcomes)).toFixed(2),
    thousands(peak),
    percent(outcomes.unavailable / requestsIn(outcomes)),
    percent(start.by.large.outcomes.unavailable / requestsIn(start.by.large.outcomes)),
    percent(Math.min(1, outcomes.granted / charged)),
    steady.overLimit + start.overLimit + revoked.overLimit,
    thousands(revoked.lastGrantAfterRevocation),
  ];
}

export async function leasesTable(): Promise<Table> {
  const rows = [];
  for (const containers of [10, 50, 200, 500, 1_000, 2_000]) {
    rows.push(await leasesRow(2_000, containers, { settling: 8, seconds: 8 }));
  }
  for (const containers of [50, 200, 1_000, 2_000]) {
    rows.push(await leasesRow(HIGHEST_LIMITS.perMinute / 60, containers, { settling: 12, seconds: 3 }));
  }
  const columns = [
    'requests/s of the key',
    'containers',
    'writes a request',
    'writes/s on its item at most',
    '503',
    '503 in the first 2 s',
    'of what is charged, granted',
    'over a limit',
    'last grant after a revocation, ms',
  ];
  return { title: 'One key that leases', columns, rows };
}

const NEW = { warm: limits.newTableWrites.value, doublingMinutes: limits.doublingMinutes.value };
const SIX_HOURS = 21_600;

const RAMPS: readonly (readonly [string, Ramp])[] = [
  [
    'as a new account is',
    {
      requestsPerSecond: 100,
      seconds: SIX_HOURS,
      gateway: limits.gatewayRate.value,
      concurrency: limits.concurrency.value,
      table: { ...NEW, quota: limits.tableWrites.value },
      writesPerRequest: 1,
    },
  ],
  [
    'as a new account is',
    {
      requestsPerSecond: 10_000,
      seconds: SIX_HOURS,
      gateway: limits.gatewayRate.value,
      concurrency: limits.concurrency.value,
      table: { ...NEW, quota: limits.tableWrites.value },
      writesPerRequest: 1,
    },
  ],
  [
    'quotas: 3,000 functions, 20,000 requests/s at API Gateway',
    {
      requestsPerSecond: 10_000,
      seconds: SIX_HOURS,
      gateway: 20_000,
      concurrency: 3_000,
      table: { ...NEW, quota: limits.tableWrites.value },
      writesPerRequest: 1,
    },
  ],
  [
    'these, and the table warm for 20,000 writes/s',
    {
      requestsPerSecond: 10_000,
      seconds: SIX_HOURS,
      gateway: 20_000,
      concurrency: 3_000,
      table: { warm: 20_000, doublingMinutes: NEW.doublingMinutes, quota: limits.tableWrites.value },
      writesPerRequest: 1,
    },
  ],
  [
    'processes; a new table, its quota raised',
    {
      requestsPerSecond: 1_000_000,
      seconds: SIX_HOURS,
      table: { ...NEW, quota: 2_000_000 },
      writesPerRequest: 1,
    },
  ],
  [
    'processes; the table warm for 2,000,000 writes/s',
    {
      requestsPerSecond: 1_000_000,
      seconds: SIX_HOURS,
      table: { warm: 2_000_000, doublingMinutes: NEW.doublingMinutes, quota: 2_000_000 },
      writesPerRequest: 1,
    },
  ],
];

const clockTime = (seconds: number | undefined): string =>
  seconds === undefined
    ? 'never'
    : seconds < 60
      ? `${seconds} s`
      : seconds < 3_600
        ? `${Math.round(seconds / 60)} min`
        : `${(seconds / 3_600).toFixed(1)} h`;

export function rampTable(): Table {
  const rows = RAMPS.map(([name, ramp]) => {
    const { servedInMinute, servedInHour, turnedAway, wholeFrom } = simulateRamp(ramp);
    const { gateway, lambda, table } = turnedAway;
    return [
      thousands(ramp.requestsPerSecond),
      name,
      percent(servedInMinute),
      percent(servedInHour),
      `${percent(gateway)} / ${percent(lambda)} / ${percent(table)}`,
      clockTime(wholeFrom),
    ];
  });
  const columns = [
    'requests/s, from nothing',
    'with',
    'served in the first minute',
    'in the first hour',
    'turned away in that hour by API Gateway / Lambda / the table',
    'all are served from',
  ];
  return { title: 'A load that is there at once', columns, rows };
}
