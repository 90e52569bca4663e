import { parseArgs } from 'node:util';
import type { Command, Options, Values } from './command.ts';
import { commands } from './commands/index.ts';
import { misused } from './failure.ts';

const TARGET: Options = {
  stack: {
    type: 'string',
    value: 'NAME',
    help: 'the deployed stack, with the AWS credentials that there are [Latchkey]',
  },
  region: { type: 'string', value: 'REGION', help: 'its Region [as for the aws command]' },
  'api-url': { type: 'string', value: 'URL', help: "where its API answers [the stack's output ApiUrl]" },
  local: { type: 'boolean', help: 'the stack that npm start runs on this machine, in its place' },
  data: { type: 'string', value: 'DIR', help: 'the data folder of that one [LATCHKEY_DATA, or .local]' },
};

const COMMON: Options = {
  json: { type: 'boolean', help: 'print JSON' },
  help: { type: 'boolean', help: 'print this' },
};

const YES: Options = { yes: { type: 'boolean', help: 'go on without asking' } };

const optionsOf = (command: Command): Options => ({
  ...command.options,
  ...(command.asks && YES),
  ...TARGET,
  ...COMMON,
});

/** `key list` is `keys list`. */
const ALIASES: Readonly<Record<string, string>> = { key: 'keys', organization: 'organizations', org: 'organizations' };

export interface Parsed {
  readonly command: Command;
  readonly positionals: readonly string[];
  readonly values: Values;
}

/** A call of a command, or a text to print in its place. @throws Failure for what is no call */
export function parse(argv: readonly string[]): Parsed | { readonly help: string } {
  const all = Object.assign({}, ...commands.map(optionsOf)) as Options;
  const { values: loose, positionals: words } = parseArgs({
    args: [...argv],
    options: typesOf(all),
    strict: false,
    allowPositionals: true,
  });
  const [first = '', second = ''] = words;
  const group = ALIASES[first] ?? first;
  const command = commands.find(({ name }) => name === group || name === `${group} ${second}`);
  if (!command) {
    const known = commands.filter(({ name }) => name.startsWith(`${group} `));
    if (loose.help || words.length === 0) return { help: known.length > 0 ? helpOfAll(known) : helpOfAll(commands) };
    if (known.length > 0) throw misused(`${group} what? ${known.map(({ name }) => name).join(', ')}`);
    // What was typed may be a key.
    throw misused('There is no such command. npx latchkey --help lists them.');
  }
  if (loose.help) return { help: helpOf(command) };

  const { values, positionals } = strictly(argv, command);
  const given = positionals.slice(command.name.split(' ').length);
  const wanted = command.positionals ?? [];
  if (given.length !== wanted.length) {
    const what = wanted.length === 0 ? 'nothing more' : wanted.join(' ');
    throw misused(`${command.name} takes ${what}. ${seeHelp(command)}`);
  }
  if (values.local && (values.stack ?? values.region ?? values['api-url']) !== undefined) {
    throw misused('--local is one stack, --stack, --region and --api-url mean another.');
  }
  if (!values.local && values.data !== undefined) throw misused('--data takes --local too.');
  return { command, positionals: given, values };
}

function strictly(argv: readonly string[], command: Command) {
  try {
    return parseArgs({ args: [...argv], options: typesOf(optionsOf(command)), allowPositionals: true });
  } catch (error) {
    // Node's sentence goes on about positionals that begin with a dash.
    const [sentence] = (error as Error).message.split('. ');
    throw misused(`${sentence}. ${seeHelp(command)}`);
  }
}

const seeHelp = ({ name }: Command): string => `npx latchkey ${name} --help says more.`;

const typesOf = (options: Options) =>
  Object.fromEntries(Object.entries(options).map(([name, { type }]) => [name, { type }]));

const linesOf = (options: Options): string => {
  const lines = Object.entries(options).map(([name, { value, help }]) => [
    `--${name}${value ? ` ${value}` : ''}`,
    help,
  ]);
  return columns(lines as [string, string][]);
};

function columns(lines: readonly (readonly [string, string])[]): string {
  const width = Math.max(...lines.map(([left]) => left.length));
  return lines.map(([left, right]) => `  ${left.padEnd(width)}  ${right}\n`).join('');
}

const usageOf = ({ name, positionals = [] }: Command): string => [name, ...positionals].join(' ');

function helpOfAll(listed: readonly Command[]): string {
  return `Usage: npx latchkey COMMAND [options]

${columns(listed.map((command) => [usageOf(command), command.summary]))}
Which stack:
${linesOf(TARGET)}
For every command:
${linesOf(COMMON)}
Exit status: 0, or 1 when something is wrong or was not done, or 2 for a command that is not understood.
`;
}

const helpOf = (command: Command): string => `Usage: npx latchkey ${usageOf(command)} [options]

${command.summary}.${command.details === undefined ? '' : `\n\n${command.details}`}

${linesOf({ ...command.options, ...(command.asks && YES), ...COMMON })}
Which stack:
${linesOf(TARGET)}`;
