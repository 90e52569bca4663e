import type { UsageRow } from './types.ts';

/** What usage can be added up by besides the day. */
export const GROUPS = ['meter', 'customer', 'key'] as const;
export type Group = (typeof GROUPS)[number];

const FIELDS = { meter: 'meter_token', customer: 'customer_external_id', key: 'keyId' } as const;

const groupOf = (row: UsageRow, group: Group): string => row[FIELDS[group]] ?? '';

export interface Total {
  readonly name: string;
  readonly quantity: number;
  readonly events: number;
}

/** Added up over the days, the largest first. */
export function totalsOf(rows: readonly UsageRow[], group: Group): readonly Total[] {
  const totals = new Map<string, Total>();
  for (const row of rows) {
    const name = groupOf(row, group);
    const { quantity = 0, events = 0 } = totals.get(name) ?? {};
    totals.set(name, { name, quantity: quantity + row.quantity, events: events + row.events });
  }
  return [...totals.values()].sort((a, b) => b.quantity - a.quantity);
}

export interface Series {
  readonly title: string;
  readonly points: readonly { readonly x: string; readonly y: number }[];
}

const DAY = 86_400_000;

/** Every day from the first to the last, both included, as `2026-11-24`. */
export function daysBetween(from: string, to: string): readonly string[] {
  const [first, last] = [Date.parse(from), Date.parse(to)];
  const count = Math.max(0, Math.round((last - first) / DAY)) + 1;
  return Array.from({ length: count }, (_, index) => new Date(first + index * DAY).toISOString().slice(0, 10));
}

/** So many are told apart; the others are one. */
const MOST = 7;
const OTHERS = 'Others';

/** By day, one series for each of the largest groups and one for all others; a day without usage is 0. */
export function seriesOf(
  rows: readonly UsageRow[],
  group: Group | 'none',
  { from, to }: { readonly from: string; readonly to: string },
  nameOf: (group: string) => string,
): readonly Series[] {
  const days = daysBetween(from, to);
  const largest =
    group === 'none'
      ? []
      : totalsOf(rows, group)
          .slice(0, MOST)
          .map(({ name }) => name);
  const title = (row: UsageRow): string => {
    if (group === 'none') return 'Quantity';
    const name = groupOf(row, group);
    return largest.includes(name) ? nameOf(name) : OTHERS;
  };
  const byTitle = new Map<string, Map<string, number>>();
  for (const name of largest) byTitle.set(nameOf(name), new Map());
  for (const row of rows) {
    const key = title(row);
    const values = byTitle.get(key) ?? new Map<string, number>();
    values.set(row.day ?? '', (values.get(row.day ?? '') ?? 0) + row.quantity);
    byTitle.set(key, values);
  }
  return [...byTitle].map(([name, values]) => ({
    title: name,
    points: days.map((day) => ({ x: day, y: values.get(day) ?? 0 })),
  }));
}

const dayAndMonth = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', timeZone: 'UTC' });

/** `24 Nov` */
export const shortDay = (day: string): string => dayAndMonth.format(new Date(day));
