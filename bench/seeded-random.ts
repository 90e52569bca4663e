import type { RandomBytes } from '../lambdas/core/base62.ts';

/** Numbers from 0 to 1 that a seed repeats (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Bytes of such numbers: for keys that a simulation mints, and nobody else. */
export const seededBytes =
  (random: () => number): RandomBytes =>
  (count) =>
    Uint8Array.from({ length: count }, () => Math.floor(random() * 256));

/** The time to the next of events that do not know of each other, in the unit that their mean distance is in. */
export const exponential = (mean: number, random: () => number): number => -Math.log(1 - random()) * mean;
