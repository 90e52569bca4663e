import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCounter, spending, staleCounters, windowsAt } from '../../lambdas/core/windows.ts';

const MINUTE_START = 1_775_217_600; // 2026-04-03T12:00:00Z, the start of an hour too
const LIMITS = { perMinute: 10, perHour: 100 };
const times = fc.integer({ min: 0, max: 4_102_444_800 });

describe('windows', () => {
  it('change with the minute and the hour, not a second sooner', () => {
    const first = windowsAt(MINUTE_START);
    expect(first).toEqual({ minute: 'm29586960', hour: 'h493116' });
    expect(windowsAt(MINUTE_START + 59)).toEqual(first);
    expect(windowsAt(MINUTE_START + 60)).toEqual({ ...first, minute: 'm29586961' });
    expect(windowsAt(MINUTE_START + 3_599).hour).toBe(first.hour);
    expect(windowsAt(MINUTE_START + 3_600).hour).toBe('h493117');
    expect(windowsAt(MINUTE_START - 1)).toEqual({ minute: 'm29586959', hour: 'h493115' });
  });

  it('are counters, and an item has no other attribute that is', () => {
    fc.assert(fc.property(times, (now) => Object.values(windowsAt(now)).every(isCounter)));
    for (const name of ['mode', 'PK', 'm', 'h', 'hour', 'm1x', 'role']) expect(isCounter(name)).toBe(false);
  });

  it('never drop a counter that a clock up to five minutes behind still writes', () => {
    fc.assert(
      fc.property(times, fc.integer({ min: 0, max: 300 }), (now, behind) => {
        const { minute, hour } = windowsAt(Math.max(0, now - behind));
        expect(staleCounters({ [minute]: 1, [hour]: 1 }, now)).toEqual([]);
      }),
    );
  });

  it('drop what is older', () => {
    const old = windowsAt(MINUTE_START - 7_200);
    const now = windowsAt(MINUTE_START);
    const counters = { [old.minute]: 1, [old.hour]: 1, [now.minute]: 1, [now.hour]: 1 };
    expect(staleCounters(counters, MINUTE_START)).toEqual([old.minute, old.hour]);
    const { minute } = now;
    expect(staleCounters({ [minute]: 1 }, MINUTE_START + 359)).toEqual([]);
    expect(staleCounters({ [minute]: 1 }, MINUTE_START + 360)).toEqual([minute]);
  });
});

describe('spending', () => {
  const at = (now: number, minute: number, hour: number, spent: boolean) => {
    const names = windowsAt(now);
    return spending({ [names.minute]: minute, [names.hour]: hour }, LIMITS, now, spent);
  };

  it('is limited by a refusal at the limit, not by the last request let in', () => {
    expect(at(MINUTE_START, 10, 10, true)).toMatchObject({ limited: false, retryAfter: 0 });
    expect(at(MINUTE_START, 10, 10, false)).toMatchObject({ limited: true, retryAfter: 60 });
    expect(at(MINUTE_START, 9, 10, false)).toMatchObject({ limited: false });
  });

  it('waits for the last exhausted window', () => {
    expect(at(MINUTE_START + 59, 10, 10, false).retryAfter).toBe(1);
    expect(at(MINUTE_START + 59, 3, 100, false).retryAfter).toBe(3_541);
    expect(at(MINUTE_START + 3_599, 10, 100, false).retryAfter).toBe(1);
  });

  it('says what is left in the form of the draft', () => {
    const { rateLimit, rateLimitPolicy } = at(MINUTE_START + 20, 4, 30, true);
    expect(rateLimit).toBe('"minute";r=6;t=40, "hour";r=70;t=3580');
    expect(rateLimitPolicy).toBe('"minute";q=10;w=60, "hour";q=100;w=3600');
  });

  it('never says that less than nothing is left', () => {
    expect(at(MINUTE_START, 12, 300, false).rateLimit).toBe('"minute";r=0;t=60, "hour";r=0;t=3600');
  });
});
