import type { Limits } from '../lambdas/contract/profile.ts';
import type { PrincipalStore } from '../lambdas/core/ports.ts';
import { windowsAt } from '../lambdas/core/windows.ts';
import { createMemoryStores } from '../test/stores/memory-store.ts';
import { seededRandom } from './seeded-random.ts';
import { isLetIn, newAuthorizer, newKey } from './setup.ts';

export interface Simulation {
  readonly containers: number;
  readonly requestsPerSecond: number;
  readonly seconds: number;
  readonly limits: Limits;
  /** By how much a container's clock is wrong at most, either way, in milliseconds. */
  readonly skew: number;
  /** When the key is revoked, in milliseconds from the start; never without. */
  readonly revokedAt?: number;
  readonly seed: number;
}

export interface Simulated {
  readonly requests: number;
  readonly writes: number;
  readonly granted: number;
  /** Requests granted, by the window that they were charged to. */
  readonly byWindow: ReadonlyMap<string, number>;
  /** Milliseconds after the revocation at which the last request was granted; 0 when none was. */
  readonly lastGrantAfterRevocation: number;
}

const START = Date.UTC(2026, 3, 3, 12, 0, 30);

/** One busy key, met by many containers whose clocks are wrong, each request by one of them at random. */
export async function simulateLeases(simulation: Simulation): Promise<Simulated> {
  const {
    containers,
    requestsPerSecond,
    seconds,
    limits,
    skew,
    revokedAt = Number.POSITIVE_INFINITY,
    seed,
  } = simulation;
  const random = seededRandom(seed);
  const stores = createMemoryStores();
  const { apiKey, record: key } = await newKey(stores, limits);
  let writes = 0;
  const counting: PrincipalStore = {
    dropCounters: stores.dropCounters,
    spend(spend) {
      writes++;
      return stores.spend(spend);
    },
  };
  let now = START;
  const fleet = Array.from({ length: containers }, () => {
    const wrong = Math.round((random() * 2 - 1) * skew);
    const clock = { now: () => now + wrong };
    return { clock, authorize: newAuthorizer(counting, undefined, clock) };
  });

  const byWindow = new Map<string, number>();
  let [granted, lastGrantAfterRevocation, revoked] = [0, 0, false];
  const requests = requestsPerSecond * seconds;
  for (let n = 0; n < requests; n++) {
    const elapsed = Math.floor(((n + random()) / requestsPerSecond) * 1_000);
    now = START + elapsed;
    if (elapsed >= revokedAt && !revoked) {
      revoked = true;
      await stores.revokeKey(key, Math.floor(now / 1_000));
    }
    const { clock, authorize } = fleet[Math.floor(random() * containers)] as (typeof fleet)[number];
    if (!(await isLetIn(authorize, apiKey))) continue;
    granted++;
    for (const window of Object.values(windowsAt(Math.floor(clock.now() / 1_000)))) {
      byWindow.set(window, (byWindow.get(window) ?? 0) + 1);
    }
    if (revoked) lastGrantAfterRevocation = Math.max(lastGrantAfterRevocation, elapsed - revokedAt);
  }
  return { requests, writes, granted, byWindow, lastGrantAfterRevocation };
}
