import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Fault, type Front, startFront } from './front.ts';

const ROOT = join(import.meta.dirname, '../..');

interface Program {
  readonly language: string;
  /** Below `examples`. */
  readonly folder: string;
  readonly command: string;
  /** None for what is compiled first. */
  readonly args?: readonly string[];
  /** Asks whether the language is there. */
  readonly version: string;
  readonly install: string;
}

const programs: readonly Program[] = [
  {
    language: 'JavaScript',
    folder: 'javascript',
    command: process.execPath,
    args: ['example.mjs'],
    version: '--version',
    install: 'Node 20.3 or later',
  },
  {
    language: 'Python',
    folder: 'python',
    command: 'python3',
    args: ['example.py'],
    version: '--version',
    install: 'Python 3.9 or later as python3 (on Debian, apt-get install python3)',
  },
  {
    language: 'Go',
    folder: 'go',
    command: 'go',
    version: 'version',
    install: 'Go 1.19 or later (on Debian, apt-get install golang-go)',
  },
];

/** In milliseconds: Go compiles its library first, and another process may want the machine. */
const COMPILING = 10 * 60_000;

const children: ChildProcess[] = [];

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly until?: RegExp;
  readonly interruptAt?: RegExp | undefined;
}

/** Runs a command until it ends, or until it has printed what `until` looks for. */
function run(
  command: string,
  args: readonly string[],
  { cwd = ROOT, env = {}, until, interruptAt }: RunOptions = {},
): Promise<Ran> {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // As a shell does: an interrupt is for the command and what it starts.
    detached: interruptAt !== undefined,
  });
  children.push(child);
  let [stdout, stderr, interrupted] = ['', '', false];
  return new Promise((resolve, reject) => {
    child.stdout.on('data', (text) => {
      stdout += text;
      if (until?.test(stdout)) resolve({ code: null, stdout, stderr });
      if (interruptAt?.test(stdout) && !interrupted && child.pid !== undefined) {
        interrupted = true;
        process.kill(-child.pid, 'SIGINT');
      }
    });
    child.stderr.on('data', (text) => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

describe.concurrent.each(programs)('the example in $language', (program) => {
  const fronts: Front[] = [];
  const cwd = join(ROOT, 'examples', program.folder);
  let [command, args = []] = [program.command, program.args];
  beforeAll(async () => {
    const { error } = spawnSync(program.command, [program.version]);
    if (error) throw new Error(`${program.command} cannot be run: install ${program.install}`);
    if (program.args) return;
    // What is timed below is the client, and no compiler.
    [command, args] = [join(builds, program.folder), []];
    const { code, stderr } = await run(program.command, ['build', '-o', command, '.'], { cwd });
    if (code !== 0) throw new Error(`The example in ${program.language} does not compile: ${stderr}`);
  }, COMPILING);
  afterAll(() => {
    for (const front of fronts) front.close();
  });

  const execute = (env: NodeJS.ProcessEnv, interruptAt?: RegExp) => run(command, args, { cwd, env, interruptAt });

  /** Runs the program against the stack, behind a front that answers some requests itself. */
  async function executeBehind(faultOf: (route: string) => Fault | undefined, interruptAt?: RegExp) {
    const front = await startFront(stackUrl, faultOf);
    fronts.push(front);
    const ran = await execute({ LATCHKEY_URL: front.url, LATCHKEY_TOKEN: token }, interruptAt);
    const lines = ran.stdout.trimEnd().split('\n');
    return { ...ran, lines, made: front.made };
  }

  const activeOf = async (keyIds: readonly string[]) => {
    const keys = keyIds.map(async (keyId) => {
      const headers = { Authorization: `Bearer ${token}` };
      const response = await fetch(`${stackUrl}/api/v1/keys/${keyId}`, { headers });
      return [keyId, ((await response.json()) as { isActive: boolean }).isActive] as const;
    });
    return Object.fromEntries(await Promise.all(keys));
  };
  const allRevoked = (keyIds: readonly string[]) => Object.fromEntries(keyIds.map((keyId) => [keyId, false]));

  it('does what it says, waits where that helps, and leaves no key', async () => {
    let faults = 0;
    const busyOnce = (route: string) =>
      route === 'GET /api/v1/items' && faults++ === 0
        ? { status: 503, headers: { 'Retry-After': '1' }, body: '{"status":503,"code":"unavailable","detail":"Busy."}' }
        : undefined;
    const { code, stdout, stderr, lines, made } = await executeBehind(busyOnce);
    expect([code, stderr]).toEqual([0, '']);
    const [key, reader, successor, slow] = made;
    expect(lines).toEqual([
      expect.stringMatching(`^created    ${key} \\(fpk_test_\\w{3}\\.\\.\\.\\), secret, test$`),
      expect.stringMatching(/^waiting {4}[1-3]\.\d s, because of 503 unavailable$/),
      'called     POST and GET /api/v1/items',
      'refused    401 unauthorized: Invalid or revoked API key.',
      'refused    403 insufficient_permissions: The scope items:write is required.',
      'refused    422 validation_failed: name, colour',
      `rotated    ${key} to ${successor}: both work`,
      `revoked    ${key}: 401 at its next request, and ${successor} works`,
      expect.stringMatching(/^waiting {4}\d+\.\d s, because of 429 rate_limited$/),
      expect.stringMatching(`^succeeded  request (?:[6-9]|1[01]) with ${slow}, after the wait$`),
      ...[key, reader, successor, slow].map((keyId) => `revoked    ${keyId}`),
    ]);
    expect(stdout).not.toMatch(/_(?:test|live)_\w{10}/);
    expect(stdout).not.toContain(token);
    expect(await activeOf(made)).toEqual(allRevoked(made));
  });

  it('ends with what went wrong, and still leaves no key', async () => {
    const broken = (route: string) =>
      /^POST .*\/rotate$/.test(route) ? { status: 502, body: '<h1>Bad Gateway</h1>' } : undefined;
    const { code, stderr, lines, made } = await executeBehind(broken);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^502 unknown: /);
    expect(made).toHaveLength(2);
    expect(lines.slice(-2)).toEqual(made.map((keyId) => `revoked    ${keyId}`));
    expect(await activeOf(made)).toEqual(allRevoked(made));
  });

  it('leaves no key when it is interrupted while it waits', async () => {
    const busy = (route: string) =>
      route === 'GET /api/v1/items' ? { status: 503, headers: { 'Retry-After': '50' }, body: '{}' } : undefined;
    const started = performance.now();
    const { code, stderr, made } = await executeBehind(busy, /^waiting /m);
    expect(code).not.toBe(0);
    expect(stderr).not.toBe('');
    expect(performance.now() - started).toBeLessThan(45_000);
    expect(made).toHaveLength(1);
    expect(await activeOf(made)).toEqual(allRevoked(made));
  });

  it('gives up where the wait would be too long', async () => {
    const closed = (route: string) =>
      route === 'GET /api/v1/items' ? { status: 429, headers: { 'Retry-After': '3000' }, body: '{}' } : undefined;
    const { code, stdout, stderr } = await executeBehind(closed);
    expect(code).toBe(1);
    expect(stdout).not.toContain('waiting');
    expect(stderr).toMatch(/^429 unknown: /);
  });

  it('goes on revoking where one key cannot be, and says so', async () => {
    let faults = 0;
    const broken = (route: string) => {
      const breaks = /^POST .*\/rotate$/.test(route) || (route.startsWith('DELETE ') && faults++ === 0);
      return breaks ? { status: 500, body: '{}' } : undefined;
    };
    const { code, stderr, made } = await executeBehind(broken);
    expect(code).toBe(1);
    expect(stderr).toContain(`${made[0]} is not revoked: 500 unknown: `);
    expect(await activeOf(made)).toEqual({ ...allRevoked(made), [String(made[0])]: true });
  });

  it('says what it needs where there is no token', async () => {
    const { code, stdout, stderr } = await execute({ LATCHKEY_TOKEN: '' });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^Set LATCHKEY_TOKEN to a member's token: /);
  });
});

let stackUrl: string;
let token: string;
const dataFolder = mkdtempSync(join(tmpdir(), 'latchkey-examples-'));
/** Of what is compiled first. */
const builds = mkdtempSync(join(tmpdir(), 'latchkey-example-builds-'));

beforeAll(async () => {
  const args = [join(ROOT, 'local/start.ts'), '--data', dataFolder];
  const ready = /^ready (http:\/\/localhost:\d+)$/m;
  const { stdout, stderr } = await run(process.execPath, args, { env: { PORT: '0' }, until: ready });
  const url = ready.exec(stdout)?.[1];
  if (url === undefined) throw new Error(`The stack did not start: ${stderr}`);
  stackUrl = url;
  token = (await run('npm', ['run', '-s', 'token', '--', '--url', url])).stdout.trim();
});

afterAll(async () => {
  const running = children.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null);
  const ended = running.map((child) => once(child, 'exit'));
  for (const child of running) child.kill();
  await Promise.all(ended);
  for (const folder of [dataFolder, builds]) rmSync(folder, { recursive: true, force: true });
});
