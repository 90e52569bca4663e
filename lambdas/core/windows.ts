import type { Limits } from '../contract/profile.ts';

const MINUTE = 60;
const HOUR = 3_600;

/** By how much the clocks of two containers may differ, in seconds, before what one drops is missed by the other. */
export const CLOCKS_APART = 5 * MINUTE;

/** The windows that a moment falls in. Counters are named by their window, so that a new one needs no reset. */
export interface Windows {
  /** Attribute name of the minute's counter, such as `m29384756`. */
  readonly minute: string;
  /** Attribute name of the hour's counter, such as `h489745`. */
  readonly hour: string;
}

/** Requests spent, by counter name. */
export type Counters = Readonly<Record<string, number>>;

/** @param now epoch seconds, whole */
export const windowsAt = (now: number): Windows => ({
  minute: `m${Math.floor(now / MINUTE)}`,
  hour: `h${Math.floor(now / HOUR)}`,
});

const COUNTER = /^[mh]\d+$/;
export const isCounter = (name: string): boolean => COUNTER.test(name);

/**
 * The counters that no clock can still be writing: another container's may be behind, and dropping the counter that it
 * writes would hand out that window's requests twice. Of hours the one before stays, whatever the minute.
 */
export function staleCounters(counters: Counters, now: number): readonly string[] {
  const oldest = { m: Math.floor((now - CLOCKS_APART) / MINUTE), h: Math.floor(now / HOUR) - 1 };
  return Object.keys(counters).filter((name) => Number(name.slice(1)) < oldest[name[0] as 'm' | 'h']);
}

/** Counters that are over, from which on an item is swept in a write of its own. */
const SWEPT_FROM = 20;

/** Counters that one write drops: what names them has to fit into 4 KB with the rest of the expression. */
export const DROPPED_AT_ONCE = 100;

/** The counters that a write of its own should drop, as many as it can; none as long as they are few. */
export function sweepable(counters: Counters, now: number): readonly string[] {
  const stale = staleCounters(counters, now);
  return stale.length < SWEPT_FROM ? [] : stale.slice(0, DROPPED_AT_ONCE);
}

/** Requests spent in the minute and the hour that a moment falls in. */
export function spentOf(counters: Counters, now: number): { readonly minute: number; readonly hour: number } {
  const { minute, hour } = windowsAt(now);
  return { minute: counters[minute] ?? 0, hour: counters[hour] ?? 0 };
}

const secondsLeft = (now: number, length: number): number => length - (now % length);

/** Where a principal stands against its limits. */
export interface Spending {
  readonly limited: boolean;
  /** Seconds until every exhausted window is over; 0 when none is. */
  readonly retryAfter: number;
  /** The `RateLimit` field of draft-ietf-httpapi-ratelimit-headers. */
  readonly rateLimit: string;
  /** Its `RateLimit-Policy` field. */
  readonly rateLimitPolicy: string;
}

/**
 * What the counters say.
 * @param spent whether this request's own spend is in them: then a counter at its limit was the last request let in
 */
export function spending(counters: Counters, limits: Limits, now: number, spent: boolean): Spending {
  const names = windowsAt(now);
  const windows = [
    { name: 'minute', quota: limits.perMinute, length: MINUTE, used: counters[names.minute] ?? 0 },
    { name: 'hour', quota: limits.perHour, length: HOUR, used: counters[names.hour] ?? 0 },
  ];
  const exhausted = spent ? [] : windows.filter(({ used, quota }) => used >= quota);
  return {
    limited: exhausted.length > 0,
    retryAfter: Math.max(0, ...exhausted.map(({ length }) => secondsLeft(now, length))),
    rateLimit: windows
      .map(({ name, quota, length, used }) => `"${name}";r=${Math.max(0, quota - used)};t=${secondsLeft(now, length)}`)
      .join(', '),
    rateLimitPolicy: windows.map(({ name, quota, length }) => `"${name}";q=${quota};w=${length}`).join(', '),
  };
}
