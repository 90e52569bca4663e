import { ApiError } from './errors.ts';
import { networkOf } from './networks.ts';
import type { Clock } from './ports.ts';
import { Recent } from './recent.ts';
import type { Caller } from './session-refresh.ts';

/** Networks that one container remembers. */
const REMEMBERED = 10_000;

/**
 * Counts what one network does in a minute, in this container's memory alone: near enough to keep one script from using up
 * what everybody shares, and for nothing.
 */
export function createNearLimit(perMinute: number, clock: Clock) {
  const counts = new Recent<string, { readonly minute: number; count: number }>(REMEMBERED);

  /** @throws rate_limited */
  return function charge({ address = 'unknown' }: Caller): void {
    const network = networkOf(address) ?? address;
    const seconds = Math.floor(clock.now() / 1_000);
    const minute = Math.floor(seconds / 60);
    const known = counts.get(network);
    const entry = known?.minute === minute ? known : { minute, count: 0 };
    counts.set(network, entry);
    if (++entry.count <= perMinute) return;
    throw new ApiError('rate_limited', 'Too many attempts.', { retryAfter: 60 - (seconds % 60) });
  };
}
