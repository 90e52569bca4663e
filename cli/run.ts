import { resolve } from 'node:path';
import { parse } from './arguments.ts';
import type { Terminal } from './command.ts';
import { openDeployed } from './deployed.ts';
import { Failure, sentenceOf } from './failure.ts';
import { openLocal } from './local.ts';
import type { Choice, Target } from './target.ts';

export interface Surroundings {
  readonly terminal: Terminal;
  readonly env: NodeJS.ProcessEnv;
  readonly now: () => number;
  readonly open?: (choice: Choice) => Promise<Target>;
}

const openTarget = (choice: Choice): Promise<Target> => (choice.local ? openLocal(choice) : openDeployed(choice));

/** Runs one command. The exit status: 0, 1 when something is wrong or was not done, 2 when it was not understood. */
export async function run(
  argv: readonly string[],
  { terminal, env, now, open = openTarget }: Surroundings,
): Promise<0 | 1 | 2> {
  try {
    const parsed = parse(argv);
    if ('help' in parsed) {
      await terminal.print(parsed.help);
      return 0;
    }
    const { command, positionals, values } = parsed;
    const target = await open(choiceOf(values, env));
    try {
      const [json, yes] = [values.json === true, values.yes === true];
      return await command.run({ positionals, values, json, yes, target, terminal, now });
    } finally {
      target.close();
    }
  } catch (error) {
    terminal.tell(`${sentenceOf(error)}\n`);
    return error instanceof Failure ? error.status : 1;
  }
}

function choiceOf(values: Readonly<Record<string, unknown>>, env: NodeJS.ProcessEnv): Choice {
  const given = (name: string): string | undefined => {
    const value = values[name];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    stack: given('stack') ?? 'Latchkey',
    region: given('region'),
    apiUrl: given('api-url'),
    local: values.local === true,
    dataFolder: resolve(given('data') ?? env.LATCHKEY_DATA ?? '.local'),
  };
}
