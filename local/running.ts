import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { Profile } from '../lambdas/contract/profile.ts';

const running = z.object({
  url: z.string(),
  /** Where its DynamoDB answers. */
  database: z.string(),
  tableName: z.string(),
  profile: z.custom<Profile>((value) => typeof value === 'object' && value !== null),
  /** What the operator's command line proves itself by. */
  operatorToken: z.string(),
});

/** What a stack that runs on this machine tells the operator's command line. */
export type Running = z.output<typeof running>;

const fileIn = (dataFolder: string): string => join(dataFolder, 'running.json');

/** For their owner alone to read. */
export async function tellRunning(dataFolder: string, what: Running): Promise<void> {
  const file = fileIn(dataFolder);
  await rm(file, { force: true });
  await writeFile(file, JSON.stringify(what), { mode: 0o600 });
}

export const forgetRunning = (dataFolder: string): Promise<void> => rm(fileIn(dataFolder), { force: true });

/** Undefined where none has said so. */
export async function readRunning(dataFolder: string): Promise<Running | undefined> {
  try {
    return running.parse(JSON.parse(await readFile(fileIn(dataFolder), 'utf8')));
  } catch {
    return undefined;
  }
}
