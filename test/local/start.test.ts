import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { fractalpack } from '../../lib/profiles/index.ts';

const ROOT = join(import.meta.dirname, '../..');

/** As much of curl as the printed lines use: where it is not installed, the tests still need nothing but Node. */
const CURL = `#!/usr/bin/env node
const { parseArgs } = require('node:util');
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    request: { type: 'string', short: 'X' },
    header: { type: 'string', short: 'H', multiple: true },
    data: { type: 'string', short: 'd' },
    silent: { type: 'boolean', short: 's' },
  },
});
const headers = Object.fromEntries((values.header ?? []).map((line) => line.split(/: (.*)/s)));
fetch(positionals[0], { method: values.request, headers, body: values.data })
  .then((response) => response.text())
  .then((text) => process.stdout.write(text));
`;

function pathWithCurl(folder: string): string {
  const path = process.env.PATH ?? '';
  if (spawnSync('curl', ['--version']).status === 0) return path;
  writeFileSync(join(folder, 'curl'), CURL, { mode: 0o755 });
  return `${folder}:${path}`;
}

describe('npm start', () => {
  const children: ChildProcess[] = [];
  const folders: string[] = [];
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });

  const newFolder = () => {
    const folder = mkdtempSync(join(tmpdir(), 'latchkey-start-'));
    folders.push(folder);
    return folder;
  };

  /** Runs a script until it ends, or prints its last line. */
  function run(script: string, args: readonly string[], env: NodeJS.ProcessEnv, until?: RegExp) {
    const child = spawn(process.execPath, [join(ROOT, 'local', script), ...args], {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: 'pipe',
    });
    children.push(child);
    let [stdout, stderr] = ['', ''];
    return new Promise<{ child: ChildProcess; stdout: string; stderr: string; code: number | null }>((resolve) => {
      child.stdout.on('data', (text) => {
        stdout += text;
        if (until?.test(stdout)) resolve({ child, stdout, stderr, code: null });
      });
      child.stderr.on('data', (text) => {
        stderr += text;
      });
      child.on('exit', (code) => resolve({ child, stdout, stderr, code }));
    });
  }

  const start = (folder: string, port = '0') => run('start.ts', ['--data', folder], { PORT: port }, /X-Api-Key: .*\n/);
  const urlIn = (stdout: string) => /^ready (http:\/\/localhost:\d+)$/m.exec(stdout)?.[1] ?? '';
  const stop = async ({ child }: { child: ChildProcess }, signal: NodeJS.Signals) => {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  };

  it('prints its address and three curl lines that work as printed', async () => {
    const { stdout, stderr } = await start(newFolder());
    const url = urlIn(stdout);
    expect(stderr).toBe('');
    expect(url).not.toBe('');
    const lines = stdout.split('\n').filter((line) => line.startsWith('curl '));
    expect(lines).toHaveLength(3);
    const answers = [];
    const env = { ...process.env, PATH: pathWithCurl(newFolder()) };
    for (const line of lines) {
      const shell = spawn('sh', ['-c', `${line} -s`], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'ignore'] });
      let answer = '';
      for await (const chunk of shell.stdout) answer += chunk;
      answers.push(JSON.parse(answer));
    }
    expect(answers).toEqual([
      expect.objectContaining({ label: 'my first key', apiKey: expect.stringMatching(/^fpk_live_/) }),
      {
        keys: expect.toSatisfy((keys: { label: string }[]) => {
          const labels = keys.map(({ label }) => label).toSorted();
          return labels.join() === 'demo,my first key';
        }),
      },
      { items: [] },
    ]);
  });

  it.each([
    ['fanfare', '/api/v1/items', /^X-Secret-Key: sk_test_\w+$/, { items: [] }],
    ['fxland', '/pins', /^Authorization: Bearer eyJ[\w.-]+$/, { pins: [] }],
    ['fabraix', '/v1/agent-runs', /^X-Api-Key: fbx_test_\w+$/, { agentRuns: [] }],
    [
      'fluxrate',
      '/api/v1/usage',
      /^X-Api-Key: org_test_\w+$/,
      { from: expect.any(String), to: expect.any(String), usage: [] },
    ],
  ])('starts in the profile %s, with a line for its sample', async (profile, path, header, answer) => {
    const args = ['--data', newFolder(), '--profile', profile];
    const { stdout } = await run('start.ts', args, { PORT: '0' }, /With a key[\s\S]*curl .*\n/);
    const [, url = '', credential = ''] = /With a key[\s\S]*^curl (\S+) -H "(.*)"$/m.exec(stdout) ?? [];
    expect([url, credential]).toEqual([urlIn(stdout) + path, expect.stringMatching(header)]);
    const headers = Object.fromEntries([credential.split(': ', 2) as [string, string]]);
    expect(await (await fetch(url, { headers })).json()).toEqual(answer);
  });

  it('starts in a profile of your own, and says what is wrong with one that cannot be used', async () => {
    const folder = newFolder();
    const write = (name: string, fields: object) => {
      const file = join(folder, name);
      writeFileSync(file, `export default ${JSON.stringify({ ...fractalpack, ...fields })};`);
      return file;
    };
    const keyPrefixes = { secret: 'acme', publishable: 'acmepub', restricted: 'acmeres', admin: 'acmeadm' };
    const acme = write('acme.mjs', {
      name: 'acme',
      keyPrefixes,
      paths: { listItems: ['/v2/things'], createKey: ['/v2/keys'] },
    });
    const args = (profile: string) => ['--data', newFolder(), '--profile', profile];
    const { stdout } = await run('start.ts', args(acme), { PORT: '0' }, /X-Api-Key: .*\n/);
    expect(stdout).toContain(`curl -X POST ${urlIn(stdout)}/v2/keys -H`);
    expect(stdout).toMatch(/\/v2\/things -H "X-Api-Key: acme_test_\w{48}"\n/);

    const broken = write('broken.mjs', { name: 'broken', keyPrefixes: { ...keyPrefixes, publishable: 'acme' } });
    const { code, stderr } = await run('start.ts', args(broken), { PORT: '0' });
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^The profile broken cannot be used: .*\n$/)]);
  });

  it.each(['SIGTERM', 'SIGKILL'] as const)('keeps its state over a restart after %s', async (signal) => {
    const folder = newFolder();
    const first = await start(folder);
    const key = readFileSync(join(folder, 'demo-key'), 'utf8');
    expect(statSync(join(folder, 'demo-key')).mode & 0o077).toBe(0);
    const items = (url: string, init: RequestInit = {}) =>
      fetch(`${url}/api/v1/items`, { ...init, headers: { 'X-Api-Key': key, 'Content-Type': 'application/json' } });
    await items(urlIn(first.stdout), { method: 'POST', body: JSON.stringify({ name: 'kept' }) });
    await stop(first, signal);

    const second = await start(folder);
    expect(second.stdout).toContain(key);
    expect(await (await items(urlIn(second.stdout))).json()).toMatchObject({ items: [{ name: 'kept' }] });
  });

  it('stops at SIGTERM by itself', async () => {
    const { child, code, stderr } = await start(newFolder());
    expect([code, stderr]).toEqual([null, '']);
    child.kill('SIGTERM');
    expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(0);
  });

  it.each<[string, () => Promise<{ folder: string; port?: string; args?: string[] }>, RegExp]>([
    [
      'a port that is taken',
      async () => {
        const server = createServer().listen(0, '127.0.0.1');
        await new Promise((resolve) => server.once('listening', resolve));
        server.unref();
        return { folder: newFolder(), port: String((server.address() as AddressInfo).port) };
      },
      /^Port \d+ is taken; choose another: PORT=\d+ npm start\n$/,
    ],
    ['a port that is none', async () => ({ folder: newFolder(), port: 'http' }), /^PORT must be a whole number .*\n$/],
    [
      'a data folder that is a file',
      async () => {
        const file = join(newFolder(), 'file');
        writeFileSync(file, '');
        return { folder: file };
      },
      /^The data folder .* is not writable \(\w+\)\n$/,
    ],
    [
      'a data folder that cannot be made',
      async () => ({ folder: '/dev/null/latchkey' }),
      /^The data folder .* is not writable \(\w+\)\n$/,
    ],
    [
      'a data folder that another stack uses',
      async () => {
        const folder = newFolder();
        await start(folder);
        return { folder };
      },
      /^The data folder .* is in use; choose another: npm start -- --data DIR\n$/,
    ],
    [
      'an unknown profile',
      async () => ({ folder: newFolder(), args: ['--profile', 'x'] }),
      /^There is no profile x; there are fractalpack, fanfare, fxland, fabraix, fluxrate, or a file of your own\. Usage: .*\n$/,
    ],
    ['an unknown option', async () => ({ folder: newFolder(), args: ['--dta', 'x'] }), /^Unknown option '--dta'.*\n$/],
  ])('says in one line what is wrong with %s', async (_, prepare, line) => {
    const { folder, port = '0', args = [] } = await prepare();
    const { code, stdout, stderr } = await run('start.ts', ['--data', folder, ...args], { PORT: port });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(line);
  });

  describe('npm run token', () => {
    it('prints a token for the demo member, or for another who is made where there is none', async () => {
      const url = urlIn((await start(newFolder())).stdout);
      const token = async (...args: string[]) => run('token.ts', ['--url', url, ...args], {});
      const role = async (text: string) =>
        (await fetch(`${url}/api/v1/organization`, { headers: { Authorization: `Bearer ${text.trim()}` } })).status;

      expect(await role((await token()).stdout)).toBe(200);
      const login = ['--email', 'new@example.com', '--password', 'Correct-horse-battery-1'];
      expect(await role((await token(...login)).stdout)).toBe(403);
      expect(await role((await token(...login)).stdout)).toBe(403);

      const wrong = await token('--email', 'new@example.com', '--password', 'Wrong-horse-battery-1');
      expect([wrong.code, wrong.stdout, wrong.stderr]).toEqual([1, '', 'Wrong e-mail address or password\n']);
      const half = await token('--email', 'new@example.com');
      expect(half.stderr).toMatch(/^Usage: /);
      const nowhere = await run('token.ts', ['--url', 'http://localhost:1'], {});
      expect(nowhere.stderr).toMatch(/^No stack answers at http:\/\/localhost:1\./);
    });
  });
});
