import type { Limits } from '../contract/profile.ts';
import type { PrincipalRecord, PrincipalStore, Spend, SpendOutcome } from './ports.ts';
import { Recent } from './recent.ts';
import type { Windows } from './windows.ts';

/**
 * DynamoDB takes about 1,000 writes a second on one item. A principal whose limit is above half of that, 500 requests
 * a second, leases: one write takes several requests' worth, and the container spends them from memory.
 */
export const LEASED_ABOVE = 30_000;

/** A lease is at most this old, in milliseconds: so long may a revocation take to reach it. */
const LIFETIME = 1_000;

/** One lease is at most this part of a limit: of a minute's, 10 ms worth. */
const PART = 6_000;

interface Lease {
  left: number;
  readonly record: PrincipalRecord;
  /** Charged to these windows; in others it is worth nothing. */
  readonly windows: Windows;
  /** Milliseconds, by this container's clock. */
  readonly until: number;
}

/** What a container takes at once for one principal: more when a lease was used up, less when it went to waste. */
interface Pace {
  readonly size: number;
  readonly lease?: Lease;
}

/**
 * Charges requests to principals: each in a write of its own, and those with very high limits by leases. Never is more
 * granted than a limit says, since every lease is charged before any of it is spent; what is left of one when it ends
 * has been charged for nothing.
 */
export function createSpender(principals: PrincipalStore, remembered: number) {
  const paces = new Recent<string, Pace>(remembered);

  /**
   * @param known the principal as this container last saw it
   * @param now milliseconds
   */
  return async function spendOne(spend: Spend, known: PrincipalRecord | undefined, now: number): Promise<SpendOutcome> {
    if (spend.type !== 'key' || !known || known.limits.perMinute <= LEASED_ABOVE) return principals.spend(spend);

    const pace = paces.get(spend.id) ?? { size: 1 };
    paces.set(spend.id, pace);
    const { lease } = pace;
    if (lease && lease.left > 0 && isCurrent(lease, now) && lease.windows.minute === spend.windows.minute) {
      lease.left--;
      return { granted: true, record: lease.record };
    }
    const size = nextSize(pace, known.limits, now);
    const batch = { count: size, limits: known.limits };
    const outcome = await principals.spend(size > 1 ? { ...spend, batch } : spend);
    if (outcome.granted) {
      const { record } = outcome;
      const until = Math.min(now + LIFETIME, (record.expiresAt ?? Number.POSITIVE_INFINITY) * 1_000);
      paces.set(spend.id, { size, lease: { left: size - 1, record, windows: spend.windows, until } });
      return outcome;
    }
    paces.set(spend.id, { size: 1 });
    // Not room for so many, or other limits than were known: one by itself says what is the matter.
    return size > 1 ? principals.spend(spend) : outcome;
  };
}

/** A lease from the future is over: the clock was set back since, and would make it last longer. */
const isCurrent = ({ until }: Lease, now: number): boolean => until > now && until - now <= LIFETIME;

function nextSize({ size, lease }: Pace, { perMinute, perHour }: Limits, now: number): number {
  const most = Math.max(1, Math.floor(Math.min(perMinute, perHour) / PART));
  if (!lease) return 1;
  // Used up in time: it could have been more. Not used up: what was used is enough.
  const wanted = lease.left === 0 && isCurrent(lease, now) ? size * 2 : size - lease.left;
  return Math.max(1, Math.min(most, wanted));
}

/** The item that a principal is spent from: of who came by a session, the session's. */
export const spentFrom = ({
  type,
  id,
  sessionId,
}: Pick<PrincipalRecord, 'type' | 'id' | 'sessionId'>): Pick<Spend, 'type' | 'id'> =>
  sessionId !== undefined || type === 'consumer' ? { type: 'session', id: sessionId ?? id } : { type, id };
