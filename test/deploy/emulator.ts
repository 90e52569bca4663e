import { spawn, spawnSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const REQUIREMENTS = join(import.meta.dirname, 'requirements.txt');

function run(command: string, args: readonly string[]): void {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed`, { cause: error });
}

/** The Python tools of this test, in a virtual environment of their own that is made once for each requirements file. */
export function pythonTools(): { readonly bin: string } {
  const version = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex').slice(0, 8);
  const folder = resolve('.local', `python-${version}`);
  const bin = join(folder, 'bin');
  if (!existsSync(join(bin, 'ministack'))) {
    rmSync(folder, { recursive: true, force: true });
    run('python3', ['-m', 'venv', folder]);
    run(join(bin, 'pip'), ['install', '--quiet', '--requirement', REQUIREMENTS]);
  }
  return { bin };
}

export interface Emulator {
  readonly endpoint: string;
  stop(): Promise<void>;
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** So many ports are tried. */
const PORTS = 5;

/**
 * AWS on this machine: its CloudFormation, API Gateway, Lambda, DynamoDB and Cognito. On another port where somebody else
 * takes the one that was free before the emulator does.
 */
export async function startEmulator(command = join(pythonTools().bin, 'ministack')): Promise<Emulator> {
  for (let tried = 0; tried < PORTS; tried++) {
    const emulator = await startOn(await freePort(), command);
    if (emulator) return emulator;
  }
  throw new Error(`Each of ${PORTS} ports that were free was taken before the emulator could take it`);
}

/** @returns undefined where somebody else has the port */
async function startOn(port: number, command: string): Promise<Emulator | undefined> {
  // Told by its health, by which it is known from another that has the port.
  const edition = randomUUID();
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-emulator-'));
  const output = openSync(join(folder, 'log'), 'w');
  const process_ = spawn(command, [], {
    cwd: folder,
    env: {
      ...process.env,
      GATEWAY_PORT: String(port),
      // One port, on the loopback interface: by default it listens everywhere, and for MQTT too.
      BIND_HOST: '127.0.0.1',
      MINISTACK_HOST: '127.0.0.1',
      IOT_MTLS_ENABLED: '0',
      TMPDIR: folder,
      AUTH: 'true',
      MINISTACK_EDITION: edition,
    },
    stdio: ['ignore', output, output],
    detached: true,
  });
  const endpoint = `http://127.0.0.1:${port}`;
  const stop = async () => {
    if (process_.exitCode === null && process_.pid !== undefined) {
      const ended = new Promise((resolve) => process_.once('exit', resolve));
      process.kill(-process_.pid, 'SIGTERM');
      await Promise.race([ended, sleep(5_000)]);
      if (process_.exitCode === null && process_.signalCode === null) process.kill(-process_.pid, 'SIGKILL');
    }
    rmSync(folder, { recursive: true, force: true });
  };
  for (let tries = 0; tries < 120; tries++) {
    if (process_.exitCode !== null) {
      const log = readFileSync(join(folder, 'log'), 'utf8');
      await stop();
      if (/already in use/i.test(log)) return undefined;
      throw new Error(`The emulator stopped:\n${log}`);
    }
    const response = await fetch(`${endpoint}/_ministack/health`).catch(() => undefined);
    const health = (await response?.json().catch(() => undefined)) as { edition?: string } | undefined;
    if (health?.edition === edition) return { endpoint, stop };
    await sleep(500);
  }
  await stop();
  throw new Error('The emulator did not start within a minute');
}
