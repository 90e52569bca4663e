import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { type CounterName, denials, deniedBy, metric, refusals } from '../../lambdas/contract/metrics.ts';
import { createMetrics, type Metrics, MOST_VALUES, WRITTEN_EVERY } from '../../lambdas/http/metrics.ts';

type Line = Record<string, number | number[]> & {
  _aws: {
    Timestamp: number;
    CloudWatchMetrics: { Namespace: string; Dimensions: string[][]; Metrics: { Name: string; Unit: string }[] }[];
  };
};

const counters: readonly CounterName[] = [
  ...Object.values(metric).filter((name) => name !== metric.latency),
  ...[...refusals, ...denials].map(deniedBy),
];

let now: number;
let lines: Line[];
let metrics: Metrics;
beforeEach(() => {
  now = 1_700_000_000_000;
  lines = [];
  const write = (line: string) => void lines.push(JSON.parse(line));
  metrics = createMetrics({ namespace: 'Latchkey', functionName: 'the-authorizer', clock: { now: () => now }, write });
});

function request(name: CounterName, milliseconds = 3): void {
  metrics.count(name);
  metrics.ended(milliseconds);
}

/** Of all that was written, how much of each metric. */
function sums(): Record<string, number> {
  const total: Record<string, number> = {};
  for (const line of lines) {
    for (const { Name } of line._aws.CloudWatchMetrics[0]?.Metrics ?? []) {
      const value = line[Name] ?? 0;
      total[Name] = (total[Name] ?? 0) + [value].flat().reduce((sum, each) => sum + each, 0);
    }
  }
  return total;
}

describe('the metrics of a container', () => {
  it('are written at once for the first request, in the form that CloudWatch reads', () => {
    request(metric.authorized, 12);
    expect(lines).toEqual([
      {
        _aws: {
          Timestamp: now,
          CloudWatchMetrics: [
            {
              Namespace: 'Latchkey',
              Dimensions: [['Function']],
              Metrics: [
                { Name: 'AuthorizerLatency', Unit: 'Milliseconds' },
                { Name: 'Authorized', Unit: 'Count' },
              ],
            },
          ],
        },
        Function: 'the-authorizer',
        AuthorizerLatency: [12],
        Authorized: 1,
      },
    ]);
  });

  it('are gathered until the next line is due', () => {
    request(metric.authorized);
    now += WRITTEN_EVERY - 1;
    request(metric.limited, 4);
    expect(lines).toHaveLength(1);
    now += 1;
    request(metric.limited, 5);
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatchObject({ Limited: 2, AuthorizerLatency: [4, 5] });
  });

  it('are written sooner where a line is full', () => {
    for (let count = 0; count < MOST_VALUES; count++) request(metric.authorized);
    expect(lines).toHaveLength(1);
    request(metric.authorized);
    expect(lines[1]).toMatchObject({ Authorized: MOST_VALUES });
  });

  it('say at once what happens seldom', () => {
    request(metric.authorized);
    metrics.note(metric.rotationChecks);
    expect(lines[1]).toMatchObject({ RotationChecks: 1 });
  });

  it('lose nothing and exceed no limit of the format, whatever comes in which order', () => {
    const step = fc.record({
      counted: fc.array(fc.constantFrom(...counters), { maxLength: 4 }),
      milliseconds: fc.nat(10_000),
      // Also a clock that is set back.
      passed: fc.oneof(fc.constant(0), fc.integer({ min: -7_000, max: 7_000 })),
      times: fc.constantFrom(1, 1, 1, 150),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        lines = [];
        const write = (line: string) => void lines.push(JSON.parse(line));
        const each = createMetrics({ namespace: 'N', functionName: 'f', clock: { now: () => now }, write });
        const counted: Record<string, number> = {};
        const add = (name: string, value: number) => {
          counted[name] = (counted[name] ?? 0) + value;
        };
        for (const { counted: names, milliseconds, passed, times } of steps) {
          now += passed;
          for (let time = 0; time < times; time++) {
            for (const name of names) each.count(name);
            for (const name of names) add(name, 1);
            each.ended(milliseconds);
            add(metric.latency, milliseconds);
          }
        }
        // What is pending comes with a request after the next line is due.
        now += 1_000_000;
        each.ended(1);
        add(metric.latency, 1);
        expect(sums()).toEqual(counted);
        for (const line of lines) {
          const directive = line._aws.CloudWatchMetrics[0];
          expect(directive?.Metrics.length).toBeLessThanOrEqual(100);
          for (const { Name } of directive?.Metrics ?? [])
            expect([line[Name]].flat().length).toBeLessThanOrEqual(MOST_VALUES);
          expect(JSON.stringify(line).length).toBeLessThan(256_000);
        }
      }),
    );
  });
});
