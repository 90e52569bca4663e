import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findProfile } from '../../lib/profiles/index.ts';
import { prepareDemo } from '../../local/demo.ts';
import { startStack } from '../../local/stack.ts';
import { type Block, blocksOf, type Page, pages, ROOT, typedCommands } from './pages.ts';

/**
 * A ```sh block runs here, as it is printed, in the page's order and in one shell, against a stack of the profile that
 * the page last started (`$ npm start …` in a ```console block). Every curl must be answered with the status that a
 * comment behind it states (`# 401`), or else with 2xx. What cannot run here stands in a ```console block behind `$ `,
 * and in `elsewhere.txt` under the reason.
 */
interface Run {
  readonly profile: string;
  readonly script: string;
}

const START = /^npm start(?: -- --profile (\w+))?$/;

function runsOf(page: Page): readonly Run[] {
  const runs: Run[] = [];
  let profile = 'fractalpack';
  let blocks: string[] = [];
  const finish = () => {
    if (blocks.length > 0) runs.push({ profile, script: blocks.join('\n') });
    blocks = [];
  };
  for (const block of blocksOf(page)) {
    if (block.language === 'sh') blocks.push(block.text);
    const start = commandsIn(block)
      .map((command) => START.exec(command))
      .find(Boolean);
    if (!start) continue;
    finish();
    profile = start[1] ?? 'fractalpack';
  }
  finish();
  return runs;
}

const commandsIn = (block: Block): readonly string[] => (block.language === 'console' ? typedCommands(block) : []);

/** In the place of curl: it prints what curl does, and fails where the answer has not the status that is EXPECTED. */
const PRELUDE = `
curl() {
  local body status
  body=$(mktemp)
  status=$(command curl --silent --show-error --max-time 20 --output "$body" --write-out '%{http_code}' "$@")
  cat "$body"; rm -f "$body"
  [[ $status =~ ^$EXPECTED$ ]] || { echo "$status and not $EXPECTED: curl $*" >&2; return 1; }
}
`;

const STATED = / +# ([1-5]\d\d)$/;

/** A script in which what each command expects is said before it. A command ends with a line that nothing continues. */
function withExpectations(script: string): string {
  const commands: string[] = [];
  let open = '';
  for (const line of script.trimEnd().split('\n')) {
    open += `${line}\n`;
    const quotes = line.startsWith('#') ? 0 : open.replace(/ # .*/g, '').split("'").length - 1;
    if (/(?:\\|\||&&)$/.test(line) || quotes % 2 === 1) continue;
    commands.push(`EXPECTED=${STATED.exec(line)?.[1] ?? '2..'}\n${open}`);
    open = '';
  }
  return commands.join('') + open;
}

async function bash(script: string, env: Record<string, string>): Promise<{ code: number | null; errors: string }> {
  const shell = spawn('bash', ['-euo', 'pipefail'], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let errors = '';
  shell.stderr.on('data', (text) => {
    errors += text;
  });
  const ended = new Promise<number | null>((resolve) => shell.once('close', resolve));
  shell.stdin.end(script);
  return { code: await ended, errors };
}

async function runOnItsStack({ profile: name, script }: Run): Promise<void> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'latchkey-docs-'));
  const profile = await findProfile(name);
  const stack = await startStack({ port: 0, dataFolder, log: () => {}, profile });
  try {
    await prepareDemo(stack.url, profile, dataFolder);
    const here = script.replaceAll('http://localhost:3000', stack.url);
    const env = { PORT: new URL(stack.url).port, LATCHKEY_DATA: dataFolder };
    const { code, errors } = await bash(PRELUDE + withExpectations(here), env);
    expect({ code, errors: code === 0 ? '' : errors }).toEqual({ code: 0, errors: '' });
  } finally {
    await stack.close();
    rmSync(dataFolder, { recursive: true, force: true });
  }
}

/** What is not run here, by the command, with the reason: a `# ` line above it says. */
const elsewhere = new Map<string, string>();
let reason = '';
for (const line of readFileSync(join(import.meta.dirname, 'elsewhere.txt'), 'utf8')
  .split('\n')
  .filter(Boolean)) {
  if (line.startsWith('# ')) reason = line.slice(2);
  else elsewhere.set(line, reason);
}

const missing = ['bash', 'curl'].filter((tool) => spawnSync(tool, ['--version']).status !== 0);

describe.skipIf(missing.length > 0)('the commands of', () => {
  it.each(pages.filter((page) => runsOf(page).length > 0))('$path work as printed', async (page) => {
    for (const run of runsOf(page)) await runOnItsStack(run);
  });
});

describe('a page', () => {
  it.each(pages)('$path has nothing to be filled in where it can be run', (page) => {
    const blocks = blocksOf(page).filter(({ language }) => language === 'sh');
    expect(blocks.filter(({ text }) => /…|\.\.\.|<[a-z-]+>|YOUR_/.test(text))).toEqual([]);
  });

  it.each(pages)('$path types no command that neither runs here nor is known to need more', (page) => {
    const commands = blocksOf(page).flatMap(commandsIn);
    expect(commands.filter((command) => !START.test(command) && !elsewhere.has(command))).toEqual([]);
  });
});

it('knows of no command that no page types any more, and of none without a reason', () => {
  const typed = new Set(pages.flatMap(blocksOf).flatMap(commandsIn));
  expect([...elsewhere.keys()].filter((command) => !typed.has(command))).toEqual([]);
  expect([...elsewhere.values()]).not.toContain('');
});

describe('the check itself', () => {
  const stack = { EXPECTED: '2..' };
  const answer = (script: string) => bash(PRELUDE + withExpectations(script), stack);

  it('reads the status from behind a command of several lines', () => {
    const script = "# the owner's\ncurl a \\\n  -d '{\n}' # 401\nX=$(curl b) # 403\ncurl c\n";
    expect(withExpectations(script)).toBe(
      "EXPECTED=2..\n# the owner's\nEXPECTED=401\ncurl a \\\n  -d '{\n}' # 401\nEXPECTED=403\nX=$(curl b) # 403\nEXPECTED=2..\ncurl c\n",
    );
  });

  it.skipIf(missing.length > 0)('fails for another status, in a pipe and in a substitution too', async () => {
    const nobody = 'http://127.0.0.1:9/';
    for (const script of [`curl ${nobody}`, `curl ${nobody} | cat`, `X=$(curl ${nobody})`, `curl ${nobody} # 404`]) {
      expect((await answer(script)).code).not.toBe(0);
    }
  });
});
