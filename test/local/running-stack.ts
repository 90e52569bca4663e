import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { Profile } from '../../lambdas/contract/profile.ts';
import type { Message } from '../../local/outbox.ts';
import { type Stack, startStack } from '../../local/stack.ts';

/**
 * A stack of the test file's own, from before its first test to after its last.
 * @param site builds the dashboard, for a stack that has one
 */
export function runStack(profile: Profile, concurrency: number, site?: () => string) {
  const dataFolder = mkdtempSync(join(tmpdir(), 'latchkey-'));
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ port: 0, dataFolder, log: () => {}, profile, ...(site && { site: site() }) });
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
    readCode,
    readMail,
    readText: readMail,
    printsDenials: true,
  });
}
