import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { fractalpack } from '../lambdas/contract/profile.ts';
import type { Decision } from '../lambdas/core/authorize.ts';
import { deny } from '../lambdas/core/policy.ts';
import { createAuthorizerHandler } from '../lambdas/handlers/authorizer.ts';
import { createLog } from '../lambdas/http/log.ts';
import { createMetrics, WRITTEN_EVERY } from '../lambdas/http/metrics.ts';
import { priceOf, prices } from './prices.ts';
import { dollars, type Table, thousands } from './table.ts';

/** CloudWatch counts so many bytes for a line, beside its own: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html */
const EACH_LINE = 26;

const REQUESTS = 10_000;
const REQUEST_ID = '79b4f56e-95b1-4643-9700-2807f4e68189';
const START = Date.UTC(2026, 10, 25, 12);

/** What Lambda itself logs for an invocation that went well in the JSON format, at the level INFO: not in this stack. */
const LAMBDAS_OWN = [
  `{"time":"2026-11-25T12:00:00.000Z","type":"platform.start","record":{"requestId":"${REQUEST_ID}","version":"$LATEST"}}`,
  `{"time":"2026-11-25T12:00:00.000Z","type":"platform.report","record":{"requestId":"${REQUEST_ID}","metrics":{"durationMs":8.123,"billedDurationMs":9,"memorySizeMB":256,"maxMemoryUsedMB":80},"status":"success"}}`,
];

const bytesOf = (lines: readonly string[]): number =>
  lines.reduce((sum, line) => sum + Buffer.byteLength(line) + EACH_LINE, 0);

const ALLOWED: Decision = {
  outcome: 'allowed',
  limited: false,
  principalId: 'key_dou0s9oVeV',
  policy: deny('arn'),
  context: {},
};
const REFUSED: Decision = { outcome: 'unauthorized', reason: 'revoked', principalId: 'key_dou0s9oVeV' };

/** Bytes that the authorizer itself logs for a request, of many in one container. @param apart milliseconds */
async function logged(decision: Decision, apart: number): Promise<number> {
  const lines: string[] = [];
  const write = (line: string) => void lines.push(line);
  let now = START;
  const clock = { now: () => now };
  const handler = createAuthorizerHandler(async () => decision, {
    profile: fractalpack,
    clock,
    log: createLog(write, clock),
    metrics: createMetrics({
      ...{ namespace: 'Latchkey', functionName: 'Latchkey-LatchkeyAuthorizerFunctionC0BBEE26-AbCdEfGhIjKl' },
      clock,
      write,
    }),
  });
  const event = { requestContext: { requestId: REQUEST_ID }, multiValueHeaders: {} };
  for (let n = 0; n < REQUESTS; n++) {
    now += apart;
    await handler(event as unknown as APIGatewayRequestAuthorizerEvent).catch(() => {});
  }
  return bytesOf(lines) / REQUESTS;
}

export interface Logged {
  /** Bytes for an authorized request, by how busy its container is. */
  readonly busy: number;
  readonly idle: number;
  readonly refused: number;
  readonly lambdasOwn: number;
}

export const measureLogs = async (): Promise<Logged> => ({
  busy: await logged(ALLOWED, 10),
  idle: await logged(ALLOWED, WRITTEN_EVERY),
  refused: await logged(REFUSED, 10),
  lambdasOwn: bytesOf(LAMBDAS_OWN),
});

/** What so many bytes for each request cost for a million. */
export const logCost = (bytes: number): number => priceOf(prices.lambdaLogGigabyte, (bytes * 1e6) / 1e9);

export function logTable({ busy, idle, refused, lambdasOwn }: Logged): Table {
  const row = (name: string, bytes: number) => [name, thousands(bytes), dollars(logCost(bytes))];
  return {
    title: 'What the authorizer logs, for a million requests',
    columns: ['', 'bytes each', 'cost'],
    rows: [
      row('let in, by a container that is asked more than 20 times a second', busy),
      row('let in, by one that is asked once in 5 seconds', idle),
      row('refused, by one that is asked often', refused),
      row("(Lambda's own two lines, which the stack does not have written)", lambdasOwn),
    ],
  };
}
