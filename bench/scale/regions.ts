import { mintKey } from '../../lambdas/core/key-format.ts';
import type { PrincipalRecord, PrincipalStore } from '../../lambdas/core/ports.ts';
import { windowsAt } from '../../lambdas/core/windows.ts';
import { spendFrom } from '../../test/stores/memory-spend.ts';
import { exponential, seededBytes, seededRandom } from '../seeded-random.ts';
import { isLetIn, newSmallAuthorizer } from '../setup.ts';

/**
 * Where a key's requests are spent: each Region on its replica of the one item; all of them on that of one Region, its home;
 * or each on a counter of its own, which nobody else writes, with its part of the limit.
 */
export type Design = 'one-item' | 'home' | 'split';

export interface Regions {
  readonly design: Design;
  readonly regions: number;
  /** How long a write takes to the other Regions on average, in milliseconds: from half of it to half as much again. */
  readonly lag: number;
  /** Of one key, in all of the Regions that it is used in. */
  readonly requestsPerSecond: number;
  /** @default regions */
  readonly usedIn?: number;
  readonly perMinute: number;
  readonly seconds: number;
  /** When the key is revoked, in the first Region, in milliseconds from the start; never without. */
  readonly revokedAt?: number;
  readonly seed: number;
}

export interface RegionsFigures {
  readonly requests: number;
  readonly granted: number;
  /** Granted in the minute in which most was, over the limit; whole minutes alone. */
  readonly mostOfLimit: number;
  /** Milliseconds after the revocation at which the last request was granted; 0 when none was. */
  readonly lastGrantAfterRevocation: number;
  /** Whether the key is revoked in every Region once all is replicated. */
  readonly revoked: boolean;
}

/** A replica's item, and the write that it is of: the last by its time wins, whole. */
interface Version {
  readonly record: PrincipalRecord;
  readonly at: number;
  readonly by: number;
}

const MINUTE = 60_000;
const START = Date.UTC(2026, 3, 3, 12, 0, 0);

/** A global table with eventual consistency, as far as one item goes. */
function createReplicas({ design, regions, lag }: Regions, first: PrincipalRecord, random: () => number) {
  const replicas: Version[] = Array.from({ length: regions }, () => ({ record: first, at: 0, by: 0 }));
  let underWay: { readonly due: number; readonly to: number; readonly change: (to: Version) => Version }[] = [];
  let now = 0;

  const winner = (one: Version, other: Version): Version =>
    other.at > one.at || (other.at === one.at && other.by > one.by) ? other : one;

  function send(by: number, change: (to: Version) => Version): void {
    for (let to = 0; to < regions; to++) {
      if (to !== by) underWay.push({ due: now + lag * (0.5 + random()), to, change });
    }
  }

  function write(by: number, record: PrincipalRecord): void {
    const version = { record, at: now, by };
    replicas[by] = version;
    if (design === 'one-item') send(by, (to) => winner(to, version));
  }

  return {
    /** Lets arrive what has by then. */
    advance(milliseconds: number): void {
      now = milliseconds;
      const arrived = underWay.filter(({ due }) => due <= now).toSorted((a, b) => a.due - b.due);
      underWay = underWay.filter(({ due }) => due > now);
      for (const { to, change } of arrived) replicas[to] = change(replicas[to] as Version);
    },
    storeIn: (region: number): PrincipalStore => ({
      dropCounters: async () => {},
      async spend(spend) {
        const outcome = spendFrom((replicas[region] as Version).record, spend);
        if (outcome.granted) write(region, outcome.record);
        return outcome;
      },
    }),
    revokeIn(region: number): void {
      write(region, { ...(replicas[region] as Version).record, status: 'revoked' });
      // Of counters that are apart, the status is an item of its own, which only whoever manages keys writes.
      if (design === 'split') send(region, (to) => ({ ...to, record: { ...to.record, status: 'revoked' } }));
    },
    /** Where requests are spent. */
    revoked: (): boolean =>
      (design === 'home' ? replicas.slice(0, 1) : replicas).every(({ record }) => record.status === 'revoked'),
  };
}

/** One key, used in several Regions at once, each with an authorizer of its own. */
export async function simulateRegions(setting: Regions): Promise<RegionsFigures> {
  const { design, regions, requestsPerSecond, perMinute, seconds, seed } = setting;
  const { usedIn = regions, revokedAt = Number.POSITIVE_INFINITY } = setting;
  const random = seededRandom(seed);
  const { apiKey, id, secretHash } = mintKey('fpk', 'live', seededBytes(random));
  const part = design === 'split' ? Math.floor(perMinute / regions) : perMinute;
  const replicas = createReplicas(
    setting,
    {
      type: 'key',
      id,
      secretHash,
      status: 'active',
      mode: 'live',
      organizationId: 'org_1',
      keyType: 'secret',
      scopes: ['*'],
      limits: { perMinute: part, perHour: part * 60 },
      counters: {},
      version: 1,
    },
    random,
  );
  let now = START;
  const fleet = Array.from({ length: regions }, (_, region) =>
    newSmallAuthorizer(replicas.storeIn(design === 'home' ? 0 : region), { now: () => now }),
  );
  const byMinute = new Map<string, number>();
  let [requests, granted, lastGrantAfterRevocation, revoked] = [0, 0, 0, false];
  const mean = 1_000 / requestsPerSecond;
  for (let at = exponential(mean, random); at < seconds * 1_000; at += exponential(mean, random)) {
    if (at >= revokedAt && !revoked) {
      revoked = true;
      replicas.advance(revokedAt);
      replicas.revokeIn(0);
    }
    replicas.advance(at);
    now = START + Math.floor(at);
    requests++;
    // Used in fewer than all, it is used in the last.
    const authorize = fleet[regions - 1 - Math.floor(random() * usedIn)] as (typeof fleet)[number];
    if (!(await isLetIn(authorize, apiKey))) continue;
    granted++;
    const { minute } = windowsAt(Math.floor(now / 1_000));
    if (at < Math.floor(seconds / 60) * MINUTE) byMinute.set(minute, (byMinute.get(minute) ?? 0) + 1);
    if (revoked) lastGrantAfterRevocation = at - revokedAt;
  }
  replicas.advance(Number.POSITIVE_INFINITY);
  return {
    requests,
    granted,
    mostOfLimit: Math.max(0, ...byMinute.values()) / perMinute,
    lastGrantAfterRevocation,
    revoked: replicas.revoked(),
  };
}

/**
 * Of writes to one item of a table with strong consistency, the part that meets another Region's: each holds the item for a
 * round trip between Regions, and the others know nothing of each other (Poisson).
 * @param others writes a second of the other Regions
 */
export const conflictShare = (others: number, roundTripMilliseconds: number): number =>
  1 - Math.exp((-others * roundTripMilliseconds) / 1_000);
