import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { Profile } from '../../lambdas/contract/profile.ts';
import { type Stack, startStack } from '../../local/stack.ts';

/** A stack of the test file's own, from before its first test to after its last. */
export function runStack(profile: Profile, concurrency: number) {
  const dataFolder = mkdtempSync(join(tmpdir(), 'latchkey-'));
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ port: 0, dataFolder, log: () => {}, profile });
  });
  afterAll(async () => {
    await stack.close();
    rmSync(dataFolder, { recursive: true, force: true });
  });
  const testLimit = profile.tiers.development.perMinute;
  return async () => ({ url: stack.url, testLimit, concurrency, printsDenials: true });
}
