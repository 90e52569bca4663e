import { type CounterName, METRICS_DIMENSION, metric } from '../contract/metrics.ts';
import type { Clock } from '../core/ports.ts';

/** Counts in memory, and writes now and then what CloudWatch makes metrics of. */
export interface Metrics {
  count(name: CounterName): void;
  /** Writes at once that something happened, for what happens seldom. */
  note(name: CounterName): void;
  /** Ends a request that took so many milliseconds, and writes what was counted where it is time. */
  ended(milliseconds: number): void;
}

export const noMetrics: Metrics = { count() {}, note() {}, ended() {} };

export interface MetricsOptions {
  readonly namespace: string;
  readonly functionName: string;
  readonly clock: Clock;
  readonly write: (line: string) => void;
}

/** Milliseconds from one line to the next: logs are paid by the byte. */
export const WRITTEN_EVERY = 5_000;

/** CloudWatch takes as many values of a metric in one line. */
export const MOST_VALUES = 100;

/**
 * In CloudWatch's embedded metric format: one line for what a container counted in five seconds, or for a hundred
 * requests. The first is written at once; what is counted after a line waits for a request after the next is due, and is
 * lost if the container ends before one comes.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function createMetrics({ namespace, functionName, clock, write }: MetricsOptions): Metrics {
  const counts = new Map<CounterName, number>();
  let latencies: number[] = [];
  let writtenAt: number | undefined;

  function isDue(now: number): boolean {
    // A clock that was set back makes no long silence.
    return writtenAt === undefined || Math.abs(now - writtenAt) >= WRITTEN_EVERY || latencies.length >= MOST_VALUES;
  }

  return {
    count(name) {
      counts.set(name, (counts.get(name) ?? 0) + 1);
    },
    note: (name) => write(embedded(namespace, functionName, clock.now(), { [name]: 1 })),
    ended(milliseconds) {
      latencies.push(milliseconds);
      const now = clock.now();
      if (!isDue(now)) return;
      const values = { [metric.latency]: latencies, ...Object.fromEntries(counts) };
      write(embedded(namespace, functionName, now, values));
      counts.clear();
      latencies = [];
      writtenAt = now;
    },
  };
}

/** One line that CloudWatch makes metrics of: each of `values` is a number, or a hundred at most. */
function embedded(
  namespace: string,
  functionName: string,
  now: number,
  values: Readonly<Record<string, number | readonly number[]>>,
): string {
  const definitions = Object.keys(values).map((Name) => ({
    Name,
    Unit: Name === metric.latency ? 'Milliseconds' : 'Count',
  }));
  const directive = { Namespace: namespace, Dimensions: [[METRICS_DIMENSION]], Metrics: definitions };
  return JSON.stringify({
    _aws: { Timestamp: now, CloudWatchMetrics: [directive] },
    [METRICS_DIMENSION]: functionName,
    ...values,
  });
}
