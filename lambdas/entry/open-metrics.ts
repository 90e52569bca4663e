import { environment } from '../contract/environment.ts';
import { writeLine } from '../http/log.ts';
import { createMetrics, type Metrics, noMetrics } from '../http/metrics.ts';
import { readEnv } from './read-env.ts';

export function openMetrics(): Metrics {
  const namespace = process.env[environment.metricsNamespace];
  if (!namespace) return noMetrics;
  const functionName = readEnv('AWS_LAMBDA_FUNCTION_NAME');
  return createMetrics({ namespace, functionName, clock: { now: Date.now }, write: writeLine });
}
