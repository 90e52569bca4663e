import { describe, expect, it } from 'vitest';
import { daysBetween, seriesOf, totalsOf } from '../../dashboard/src/usage-series.ts';

const row = (day: string, meter_token: string, quantity: number) => ({ day, meter_token, quantity, events: 1 });

describe('usage as a chart', () => {
  it('has every day from the first to the last, over the end of a month and of summer time', () => {
    expect(daysBetween('2026-02-27', '2026-03-01')).toEqual(['2026-02-27', '2026-02-28', '2026-03-01']);
    expect(daysBetween('2026-03-28', '2026-03-30')).toHaveLength(3);
    expect(daysBetween('2026-11-24', '2026-11-24')).toEqual(['2026-11-24']);
  });

  it('is 0 on a day without usage', () => {
    const range = { from: '2026-11-01', to: '2026-11-03' };
    expect(seriesOf([row('2026-11-02', 'calls', 5)], 'meter', range, (name) => name)).toEqual([
      {
        title: 'calls',
        points: [
          { x: '2026-11-01', y: 0 },
          { x: '2026-11-02', y: 5 },
          { x: '2026-11-03', y: 0 },
        ],
      },
    ]);
  });

  it('tells the largest apart, adds the others up, and loses nothing', () => {
    const range = { from: '2026-11-01', to: '2026-11-01' };
    const rows = Array.from({ length: 12 }, (_, index) => row('2026-11-01', `meter-${index}`, index + 1));
    const series = seriesOf(rows, 'meter', range, (name) => name);
    expect(series.map(({ title }) => title)).toEqual([
      ...['meter-11', 'meter-10', 'meter-9', 'meter-8', 'meter-7', 'meter-6', 'meter-5'],
      'Others',
    ]);
    expect(series.flatMap(({ points }) => points).reduce((sum, { y }) => sum + y, 0)).toBe(78);
    const [all] = seriesOf(rows, 'none', range, (name) => name);
    expect(all?.points).toEqual([{ x: '2026-11-01', y: 78 }]);
  });

  it('adds quantities and events up over the days, the largest first', () => {
    const rows = [row('2026-11-01', 'a', 1), row('2026-11-01', 'b', 5), row('2026-11-02', 'a', 2)];
    expect(totalsOf(rows, 'meter')).toEqual([
      { name: 'b', quantity: 5, events: 1 },
      { name: 'a', quantity: 3, events: 2 },
    ]);
  });
});
