import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Profile } from '../../lambdas/contract/profile.ts';
import { createLog } from '../../lambdas/http/log.ts';
import { createMetrics } from '../../lambdas/http/metrics.ts';
import type { Message } from '../../local/outbox.ts';
import { type Stack, startStack } from '../../local/stack.ts';
import { findSecrets, secretsSeen } from '../acceptance/secrets.ts';

/** Every line that the stacks of this test file have written. */
const lines: string[] = [];
const write = (line: string) => void lines.push(line);
const clock = { now: Date.now };
const output = {
  log: createLog(write, clock),
  metrics: createMetrics({ namespace: 'Latchkey', functionName: 'local', clock, write }),
};

/** Stands last in a test file: of all that its tests have sent and were given, nothing is in a log. */
export function describeSecrecy(): void {
  describe('the logs and metrics of all these tests', () => {
    it('hold no secret that was issued or sent', () => {
      expect(lines.length).toBeGreaterThan(0);
      expect(secretsSeen().size).toBeGreaterThan(0);
      expect(findSecrets(lines, secretsSeen())).toEqual([]);
    });
  });
}

/**
 * A stack of the test file's own, from before its first test to after its last.
 * @param site builds the dashboard, for a stack that has one
 */
export function runStack(profile: Profile, concurrency: number, site?: () => string) {
  const dataFolder = mkdtempSync(join(tmpdir(), 'latchkey-'));
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ port: 0, dataFolder, ...output, profile, ...(site && { site: site() }) });
  });
  afterAll(async () => {
    await stack.close();
    rmSync(dataFolder, { recursive: true, force: true });
  });
  const testLimit = profile.tiers.development.perMinute;
  /** The newest in the outbox. */
  async function readMail(email: string): Promise<string | undefined> {
    const response = await fetch(`${stack.url}/outbox`, { headers: { Accept: 'application/json' } });
    const { messages } = (await response.json()) as { messages: Message[] };
    return messages.findLast(({ to }) => to === email)?.text;
  }
  const readCode = async (email: string) => /\d{4,8}/.exec((await readMail(email)) ?? '')?.[0] ?? '';
  return async () => ({
    url: stack.url,
    dataFolder,
    testLimit,
    concurrency,
    racing: 1_000,
    readCode,
    readMail,
    readText: readMail,
    printsDenials: true,
  });
}
