import type { Limits } from '../../lambdas/contract/profile.ts';
import { fractalpack, HIGHEST_LIMITS } from '../../lambdas/contract/profile.ts';
import { exponential } from '../seeded-random.ts';

/** One customer's key: how much is asked for with it on average, and how much it may. */
export interface Customer {
  readonly name: 'large' | 'hammering' | 'other';
  /** Requests a second. */
  readonly rate: number;
  readonly limits: Limits;
}

export interface TrafficShape {
  readonly requestsPerSecond: number;
  /** Customers but for the two that are named. */
  readonly customers: number;
  /** Of the requests, the part that one very large customer makes; a key's highest limit is the most. */
  readonly large: number;
  /** The part that somebody makes who has a development key, and goes on past its limit. */
  readonly hammering: number;
  /** Only every so many-th customer is simulated, beside the two: that part of the table, its hottest. @default 1 */
  readonly slices?: number;
}

/** The n-th customer asks for n to the power of minus this. */
const EXPONENT = 0.8;

/** What a key may do beyond its average. */
const HEADROOM = 1.5;

const HIGHEST_RATE = HIGHEST_LIMITS.perMinute / 60;

function limitsFor(rate: number): Limits {
  const { production } = fractalpack.tiers;
  const perMinute = Math.min(HIGHEST_LIMITS.perMinute, Math.ceil(rate * 60 * HEADROOM));
  return perMinute <= production.perMinute ? production : { perMinute, perHour: perMinute * 60 };
}

/** Many small customers, some larger ones (Zipf), a very large one, and one that hammers. */
export function customersOf(shape: TrafficShape): readonly Customer[] {
  const { requestsPerSecond, customers, slices = 1 } = shape;
  const large = Math.min(requestsPerSecond * shape.large, HIGHEST_RATE);
  const hammering = requestsPerSecond * shape.hammering;
  const weights = Array.from({ length: customers }, (_, index) => (index + 1) ** -EXPONENT);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const others = weights.flatMap((weight, index) => {
    if (index % slices !== slices >> 1) return [];
    // Whoever is larger than the largest key has several.
    const rate = Math.min(HIGHEST_RATE, ((requestsPerSecond - large - hammering) * weight) / total);
    return [{ name: 'other', rate, limits: limitsFor(rate) } as const];
  });
  const perMinute = Math.max(1, Math.floor(large * 60));
  return [
    ...(large > 0 ? [{ name: 'large', rate: large, limits: { perMinute, perHour: perMinute * 60 } } as const] : []),
    ...(hammering > 0 ? [{ name: 'hammering', rate: hammering, limits: fractalpack.tiers.development } as const] : []),
    ...others,
  ];
}

export interface Arrival {
  /** Milliseconds from the start. */
  readonly at: number;
  /** Index of the customer. */
  readonly customer: number;
}

/** Every `every` seconds, for one second, so many times as much as in the others; the average stays. */
export interface Bursts {
  readonly every: number;
  readonly times: number;
}

/** Requests that do not know of each other (Poisson), or come in bursts. */
export function* arrivalsOf(
  customers: readonly Customer[],
  seconds: number,
  random: () => number,
  bursts?: Bursts,
): Generator<Arrival> {
  const sums: number[] = [];
  let total = 0;
  for (const { rate } of customers) {
    total += rate;
    sums.push(total);
  }
  const pick = (): number => {
    const wanted = random() * total;
    let [from, to] = [0, sums.length - 1];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((sums[middle] ?? 0) > wanted) to = middle;
      else from = middle + 1;
    }
    return from;
  };
  const quiet = bursts ? bursts.every / (bursts.every - 1 + bursts.times) : 1;
  const rateAt = (second: number) =>
    total * quiet * (bursts && second % bursts.every === bursts.every - 1 ? bursts.times : 1);
  for (let second = 0; second < seconds; second++) {
    const mean = 1_000 / rateAt(second);
    for (let at = exponential(mean, random); at < 1_000; at += exponential(mean, random)) {
      yield { at: second * 1_000 + at, customer: pick() };
    }
  }
}
