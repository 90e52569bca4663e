import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { demoMember, signIn } from '../local/members.ts';
import { OUTBOX_PATH } from '../local/outbox.ts';
import { median, ratio, type Table, thousands } from './table.ts';

const CONNECTIONS = 16;
const SECONDS = 2;
const ROUNDS = 3;

interface Target {
  readonly name: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** `npm start`, in a process of its own, as whoever tries the stack starts it. */
async function start(dataFolder: string): Promise<{ server: ChildProcess; url: string }> {
  const script = join(import.meta.dirname, '../local/start.ts');
  const server = spawn(process.execPath, [script, '--data', dataFolder], {
    env: { ...process.env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  const url = await new Promise<string>((resolve, reject) => {
    server.once('exit', (code) => reject(new Error(`The stack ended with ${code}`)));
    server.stdout?.on('data', (text) => {
      printed += text;
      const [, ready] = /^ready (\S+)/m.exec(printed) ?? [];
      if (ready !== undefined) resolve(ready);
    });
  });
  return { server, url };
}

async function newKey(url: string, authorization: string, perMinute: number): Promise<string> {
  const response = await fetch(`${url}/api/v1/keys`, {
    method: 'POST',
    headers: { Authorization: authorization, 'Content-Type': 'application/json' },
    body: JSON.stringify({ label: 'bench', limits: { perMinute, perHour: 36_000_000 } }),
  });
  if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`);
  return ((await response.json()) as { apiKey: string }).apiKey;
}

/** Requests a second of the stack on one machine, by routes that have less and more before their answer. */
export async function benchServer(): Promise<readonly Table[]> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'latchkey-bench-'));
  const { server, url } = await start(dataFolder);
  try {
    const config = await (await fetch(`${url}/config.json`)).json();
    const authorization = `Bearer ${await signIn(config, demoMember)}`;
    const items = { path: '/api/v1/items' };
    const targets: readonly Target[] = [
      { name: 'past the gateway: the outbox', path: OUTBOX_PATH, headers: { Accept: 'application/json' } },
      { name: 'unprotected: /health', path: '/health' },
      {
        name: 'protected: the sample resource, with a key',
        ...items,
        headers: { 'X-Api-Key': await newKey(url, authorization, 30_000) },
      },
      {
        name: 'the same, with a key that leases',
        ...items,
        headers: { 'X-Api-Key': await newKey(url, authorization, 600_000) },
      },
    ];
    const rates = targets.map((): number[] => []);
    const waits = targets.map((): number[] => []);
    for (let round = 0; round <= ROUNDS; round++) {
      for (const [index, { name, path, headers = {} }] of targets.entries()) {
        const run = { url: url + path, connections: CONNECTIONS, duration: SECONDS, headers: { ...headers } };
        const { requests, latency, non2xx, errors } = await autocannon(run);
        if (non2xx + errors > 0) throw new Error(`${name}: ${non2xx} were not answered by 2xx, ${errors} not at all`);
        // The first round warms up.
        if (round === 0) continue;
        rates[index]?.push(requests.average);
        waits[index]?.push(latency.p99);
      }
    }
    const measured = targets.map(({ name }, index) => ({
      name,
      rate: median(rates[index] ?? []),
      p99: median(waits[index] ?? []),
    }));
    const unprotected = measured[1]?.rate ?? 1;
    return [
      {
        title: `Requests a second of \`npm start\`, ${CONNECTIONS} connections from another process`,
        columns: ['', 'per second', 'p99 ms', 'of the unprotected'],
        rows: measured.map(({ name, rate, p99 }) => [name, thousands(rate), p99, ratio(rate / unprotected)]),
      },
    ];
  } finally {
    server.kill('SIGTERM');
    await new Promise((resolve) => server.once('exit', resolve));
    rmSync(dataFolder, { recursive: true, force: true });
  }
}
