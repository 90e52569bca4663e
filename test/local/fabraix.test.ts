import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { fabraix } from '../../lib/profiles/index.ts';
import { type Stack, startStack } from '../../local/stack.ts';
import { describeFabraix } from '../acceptance/fabraix.ts';

const dataFolder = mkdtempSync(join(tmpdir(), 'latchkey-fabraix-'));
let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ port: 0, dataFolder, log: () => {}, profile: fabraix });
});
afterAll(async () => {
  await stack.close();
  rmSync(dataFolder, { recursive: true, force: true });
});

describeFabraix(async () => ({ url: stack.url, testLimit: 60, concurrency: 70, printsDenials: true }));
