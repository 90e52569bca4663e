import { useEffect, useState } from 'react';

const local = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const localExact = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** So near that clocks may differ by it, in seconds. */
const NOW = 5;

function ago(seconds: number): string {
  if (Math.abs(seconds) < NOW) return 'just now';
  const [unit, length] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? ['second', 1];
  return relative.format(Math.round(seconds / length), unit);
}

const utc = (at: Date): string =>
  `${at
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, '')} UTC`;

interface TimeProps {
  /** RFC 3339 */
  readonly at: string | undefined;
  /** What stands in the place of no time. */
  readonly none?: string;
  readonly exact?: boolean;
}

/** A time where the reader is; in UTC, as the API writes it, when it is pointed at. */
export function Time({ at, none = '–', exact = false }: TimeProps) {
  const date = at === undefined ? undefined : new Date(at);
  if (!date || Number.isNaN(date.getTime())) return none;
  return (
    <time dateTime={date.toISOString()} title={utc(date)}>
      {(exact ? localExact : local).format(date)}
    </time>
  );
}

/** How long ago, or how soon. */
export function Ago({ at, none = 'never' }: TimeProps) {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), 30_000);
    return () => clearInterval(timer);
  }, []);
  const date = at === undefined ? undefined : new Date(at);
  if (!date || Number.isNaN(date.getTime())) return none;
  return (
    <time dateTime={date.toISOString()} title={`${local.format(date)} (${utc(date)})`}>
      {ago((date.getTime() - Date.now()) / 1_000)}
    </time>
  );
}

/** Seconds in words: `15 minutes`, `30 days`. */
export function duration(seconds: number): string {
  const [unit, length] = UNITS.find(([, size]) => seconds >= size && seconds % size === 0) ?? ['second', 1];
  const count = seconds / length;
  return `${count.toLocaleString()} ${unit}${count === 1 ? '' : 's'}`;
}
