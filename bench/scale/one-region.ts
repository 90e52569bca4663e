import { createHash } from 'node:crypto';
import { prefix } from '../../lambdas/contract/table.ts';
import type { Authorize, Decision } from '../../lambdas/core/authorize.ts';
import { UnavailableError } from '../../lambdas/core/errors.ts';
import { mintKey } from '../../lambdas/core/key-format.ts';
import type { KeyRecord, PrincipalStore, Spend, SpendOutcome } from '../../lambdas/core/ports.ts';
import { windowsAt } from '../../lambdas/core/windows.ts';
import { createMemoryStores, type Stores } from '../../test/stores/memory-store.ts';
import { exponential, seededBytes, seededRandom } from '../seeded-random.ts';
import { ask, newKey, newSmallAuthorizer } from '../setup.ts';
import { createEnvironments, createGateway, createProcesses, type Fleet } from './front-model.ts';
import { assumed } from './limits.ts';
import { createTableModel, type TableModelOptions } from './table-model.ts';
import { arrivalsOf, type Bursts, type Customer, customersOf, type TrafficShape } from './traffic.ts';

export interface Region {
  readonly traffic: TrafficShape;
  readonly bursts?: Bursts;
  readonly seconds: number;
  /** Seconds at the start that are left out of all figures but the counters over a limit. @default 0 */
  readonly settling?: number;
  /** Requests a second that the front lets in, and how many beyond at once; all without. */
  readonly gateway?: { readonly rate: number; readonly burst: number };
  /** What decides: environments of Lambda, so many at most and so many warm at the start, or processes. */
  readonly fleet:
    | { readonly environments: number; readonly warm?: number; readonly perSecond?: number }
    | { readonly processes: number };
  readonly table: TableModelOptions;
  /** By how much a container's clock is wrong at most, either way, in milliseconds. */
  readonly skew: number;
  /** When the large customer's key is revoked, in milliseconds from the start; never without. */
  readonly revokedAt?: number;
  readonly seed: number;
}

/** What became of requests; each is in one of these. */
export interface Outcomes {
  granted: number;
  /** Over a limit: 429. */
  limited: number;
  /** A revoked key: 401. */
  refused: number;
  /** The store could not be asked: 503. */
  unavailable: number;
  /** Turned away by API Gateway: 429 for everybody. */
  gated: number;
  /** There was no environment: 500 or 503 of API Gateway. */
  crowded: number;
}

/** What one kind of customer did. */
export interface Part {
  readonly outcomes: Outcomes;
  /** Write units, those of refused attempts aside. */
  readonly writes: number;
  /** Requests that were charged: more than were granted where leases were not used up. */
  readonly charged: number;
  /** Write units of one item in its busiest second. */
  readonly peak: number;
}

export interface RegionFigures {
  readonly requests: number;
  readonly by: Readonly<Record<Customer['name'], Part>>;
  /** Counters of a window that exceed a limit. */
  readonly overLimit: number;
  readonly containers: number;
  readonly coldStarts: number;
  /** What was added to a request that was decided, in milliseconds. */
  readonly latency: { readonly p50: number; readonly p99: number };
  readonly table: ReturnType<ReturnType<typeof createTableModel>['figures']>;
  /** Milliseconds after the revocation at which the last request was granted; 0 when none was. */
  readonly lastGrantAfterRevocation: number;
}

const START = Date.UTC(2026, 3, 3, 12, 0, 20);

/** Attempts of the authorizer's client, and the longest pause before the second, in milliseconds. */
const ATTEMPTS = 3;
const BACKOFF = 50;

/** Where an item lies in the space of hashes, from 0 to 1. */
const placeOf = (id: string): number =>
  createHash('sha256')
    .update(prefix.key + id)
    .digest()
    .readUInt32BE() /
  2 ** 32;

const noOutcomes = (): Outcomes => ({ granted: 0, limited: 0, refused: 0, unavailable: 0, gated: 0, crowded: 0 });

interface Subject {
  readonly customer: Customer;
  readonly apiKey: string;
  readonly key: KeyRecord;
  /** Requests granted, by the window that they were charged to. */
  readonly granted: Map<string, number>;
}

interface Item {
  readonly place: number;
  second: number;
  inSecond: number;
  peak: number;
  writes: number;
  charged: number;
}

const FORGOTTEN = { inSecond: 0, peak: 0, writes: 0, charged: 0 };

/** DynamoDB as the authorizer meets it: the memory store, behind partitions that may be full. */
function createMeteredStore(stores: Stores, table: ReturnType<typeof createTableModel>, random: () => number) {
  const items = new Map<string, Item>();
  let [now, spent] = [0, 0];

  const itemOf = (id: string): Item => {
    const item = items.get(id) ?? { place: placeOf(id), second: 0, ...FORGOTTEN };
    items.set(id, item);
    return item;
  };

  function attempt(item: Item): boolean {
    for (let tried = 0; tried < ATTEMPTS; tried++) {
      if (tried > 0) spent += random() * BACKOFF * 2 ** (tried - 1);
      spent += assumed.writeAtLeast + exponential(assumed.writeBeyond, random);
      if (table.write(item.place, now + spent) !== 'written') continue;
      const second = Math.floor((now + spent) / 1_000);
      if (item.second !== second) [item.second, item.inSecond] = [second, 0];
      item.peak = Math.max(item.peak, ++item.inSecond);
      item.writes++;
      return true;
    }
    return false;
  }

  const store: PrincipalStore = {
    async dropCounters(principal, counters) {
      if (attempt(itemOf(principal.id))) await stores.dropCounters(principal, counters);
    },
    async spend(spend: Spend): Promise<SpendOutcome> {
      const item = itemOf(spend.id);
      if (!attempt(item)) throw new UnavailableError('the partition is full');
      const outcome = await stores.spend(spend);
      if (outcome.granted) item.charged += (spend.type === 'key' && spend.batch?.count) || 1;
      return outcome;
    },
  };

  return {
    store,
    itemOf,
    /** Counts anew from here on. */
    forget(): void {
      for (const item of items.values()) Object.assign(item, FORGOTTEN);
      table.forget();
    },
    /** Begins a request: what it does takes its time from here on. */
    begin(milliseconds: number): void {
      [now, spent] = [milliseconds, 0];
    },
    spent: (): number => spent,
  };
}

const fleetOf = ({ fleet }: Region, random: () => number): Fleet =>
  'processes' in fleet
    ? createProcesses(fleet.processes, random)
    : createEnvironments(fleet.environments, random, fleet.warm, fleet.perSecond);

const outcomeOf = (decision: Decision): keyof Outcomes =>
  decision.outcome === 'unauthorized'
    ? 'refused'
    : decision.outcome === 'denied' || decision.context.limited === true
      ? 'limited'
      : 'granted';

/**
 * Requests of many customers, as they come, through a front, to containers that run the authorizer itself, each with a
 * clock of its own, on a store whose partitions are DynamoDB's. Of what is simulated, every request has one outcome.
 */
export async function simulateRegion(region: Region): Promise<RegionFigures> {
  const random = seededRandom(region.seed);
  const stores = createMemoryStores();
  const table = createTableModel(region.table);
  const metered = createMeteredStore(stores, table, random);
  const subjects: Subject[] = [];
  for (const customer of customersOf(region.traffic)) {
    const minted = mintKey('fpk', 'live', seededBytes(random));
    const { apiKey, record: key } = await newKey(stores, customer.limits, minted);
    subjects.push({ customer, apiKey, key, granted: new Map() });
  }
  const share = 1 / (region.traffic.slices ?? 1);
  const gateway = region.gateway && createGateway(region.gateway.rate * share, region.gateway.burst * share);
  const fleet = fleetOf(region, random);
  const containers = new Map<number, { readonly authorize: Authorize; readonly wrong: number }>();
  let now = START;
  const containerOf = (index: number) => {
    const known = containers.get(index);
    if (known) return known;
    const wrong = Math.round((random() * 2 - 1) * region.skew);
    const made = { authorize: newSmallAuthorizer(metered.store, { now: () => now + wrong }), wrong };
    containers.set(index, made);
    return made;
  };

  const outcomes = { large: noOutcomes(), hammering: noOutcomes(), other: noOutcomes() };
  const latencies: number[] = [];
  let [requests, coldStarts, lastGrantAfterRevocation, revoked] = [0, 0, 0, false];
  const { revokedAt = Number.POSITIVE_INFINITY, settling = 0 } = region;
  let counting = settling === 0;
  const count = () => {
    counting = true;
    [requests, coldStarts, latencies.length] = [0, 0, 0];
    for (const part of Object.values(outcomes)) Object.assign(part, noOutcomes());
    metered.forget();
  };

  async function decide(subject: Subject, at: number): Promise<keyof Outcomes> {
    if (gateway && !gateway.take(at)) return 'gated';
    const seat = fleet.seat(at);
    if (!seat) return 'crowded';
    const { authorize, wrong } = containerOf(seat.container);
    metered.begin(at);
    const outcome = await ask(authorize, subject.apiKey).then(outcomeOf, (error: unknown) => {
      if (error instanceof UnavailableError) return 'unavailable' as const;
      throw error;
    });
    const took = assumed.own + metered.spent() + (seat.cold ? assumed.coldStart : 0);
    if (seat.cold) coldStarts++;
    fleet.leave(seat, at, took);
    latencies.push(took);
    if (outcome === 'granted') {
      for (const window of Object.values(windowsAt(Math.floor((now + wrong) / 1_000)))) {
        subject.granted.set(window, (subject.granted.get(window) ?? 0) + 1);
      }
    }
    return outcome;
  }

  for (const { at, customer } of arrivalsOf(
    subjects.map((subject) => subject.customer),
    region.seconds,
    random,
    region.bursts,
  )) {
    if (!counting && at >= settling * 1_000) count();
    requests++;
    now = START + Math.floor(at);
    const subject = subjects[customer] as Subject;
    if (at >= revokedAt && !revoked) {
      revoked = true;
      await stores.revokeKey((subjects[0] as Subject).key, Math.floor(now / 1_000));
    }
    const outcome = await decide(subject, at);
    outcomes[subject.customer.name][outcome]++;
    if (revoked && subject === subjects[0] && outcome === 'granted') lastGrantAfterRevocation = at - revokedAt;
  }

  latencies.sort((a, b) => a - b);
  const percentile = (part: number) => latencies[Math.floor(latencies.length * part)] ?? 0;
  const partOf = (name: Customer['name']): Part => {
    const items = subjects.filter(({ customer }) => customer.name === name).map(({ key }) => metered.itemOf(key.id));
    return {
      outcomes: outcomes[name],
      writes: items.reduce((sum, { writes }) => sum + writes, 0),
      charged: items.reduce((sum, { charged }) => sum + charged, 0),
      peak: Math.max(0, ...items.map(({ peak }) => peak)),
    };
  };
  return {
    requests,
    by: { large: partOf('large'), hammering: partOf('hammering'), other: partOf('other') },
    overLimit: subjects.reduce((sum, { granted, key }) => sum + countersOver(granted, key), 0),
    containers: fleet.started(),
    coldStarts,
    latency: { p50: percentile(0.5), p99: percentile(0.99) },
    table: table.figures(),
    lastGrantAfterRevocation,
  };
}

function countersOver(granted: ReadonlyMap<string, number>, { limits }: KeyRecord): number {
  const over = [...granted].filter(
    ([window, count]) => count > (window.startsWith('m') ? limits.perMinute : limits.perHour),
  );
  return over.length;
}

export const requestsIn = (outcomes: Outcomes): number =>
  Object.values(outcomes).reduce((sum: number, count: number) => sum + count, 0);

/** Of all requests of the load, not of the slice alone, the part that something is true of. */
export function partOfAll({ by }: RegionFigures, slices: number, of: (part: Part) => number): number {
  const sum = (count: (part: Part) => number) => count(by.large) + count(by.hammering) + slices * count(by.other);
  return (
    sum(of) /
    Math.max(
      1,
      sum(({ outcomes }) => requestsIn(outcomes)),
    )
  );
}
