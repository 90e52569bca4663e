import { readFileSync } from 'node:fs';
import {
  CloudWatchLogsClient,
  paginateDescribeLogGroups,
  paginateFilterLogEvents,
} from '@aws-sdk/client-cloudwatch-logs';
import { findSecrets } from '../acceptance/secrets.ts';

/**
 * Looks in every log of the account, after all tests, for every secret that they have sent or were given (the file that
 * LATCHKEY_SECRETS names). Fails where one is found, and where there was nothing to look for or in.
 */
const { AWS_ENDPOINT_URL: endpoint = '', LATCHKEY_SECRETS = '' } = process.env;
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
const client = new CloudWatchLogsClient({ endpoint, region: 'us-east-1', credentials });

const secrets = new Set(
  readFileSync(LATCHKEY_SECRETS, 'utf8')
    .trim()
    .split('\n')
    .map((line): string => JSON.parse(line)),
);
const lines: string[] = [];
let groups = 0;
for await (const { logGroups = [] } of paginateDescribeLogGroups({ client }, {})) {
  for (const { logGroupName = '' } of logGroups) {
    groups++;
    for await (const { events = [] } of paginateFilterLogEvents({ client }, { logGroupName }))
      lines.push(...events.map(({ message = '' }) => message.trimEnd()));
  }
}
const found = findSecrets(lines, secrets);
console.log(`${secrets.size} secrets, ${lines.length} lines of ${groups} logs, ${found.length} with a secret`);
for (const line of found.slice(0, 20)) console.error(line);
if (found.length > 0 || secrets.size < 100 || lines.length < 100) process.exitCode = 1;
