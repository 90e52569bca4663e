import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { fractalpack } from '../../lambdas/contract/profile.ts';
import { type Stack, startStack } from '../../local/stack.ts';
import { describeAcceptance } from '../acceptance/suite.ts';

const TEST_LIMIT = 100;
const profile = {
  ...fractalpack,
  tiers: { production: { perMinute: 2_000, perHour: 10_000 }, development: { perMinute: TEST_LIMIT, perHour: 1_000 } },
  memberLimits: { perMinute: 2_000, perHour: 10_000 },
};

const dataFolder = mkdtempSync(join(tmpdir(), 'latchkey-acceptance-'));
let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ port: 0, dataFolder, log: () => {}, profile });
});
afterAll(async () => {
  await stack.close();
  rmSync(dataFolder, { recursive: true, force: true });
});

describeAcceptance(async () => ({ url: stack.url, testLimit: TEST_LIMIT, concurrency: 300, printsDenials: true }));
