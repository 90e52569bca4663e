import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Dependency, FAULTS, type Fault } from './answers.ts';
import { attemptOf } from './attempts.ts';

/** One attempt at a dependency. */
export interface Call {
  readonly dependency: Dependency;
  /** `UpdateItem`, `SignUp`, …, or the path where the service names no operation. */
  readonly operation: string;
  /** Milliseconds. */
  readonly at: number;
  /** Which of how many its caller makes: one of one, where nothing says so. */
  readonly attempt: number;
  readonly attempts: number;
}

/** One that was answered by the dependency, or in its place. */
export interface AnsweredCall extends Call {
  verdict: Verdict;
  /** What the dependency said, where it was asked. */
  status?: number;
}

/**
 * What becomes of a call. `lost`: it takes effect, and the answer does not arrive. `death`: it takes effect, and whoever
 * made it is not there any more, nor for anything after it.
 */
export type Verdict = 'pass' | Fault | 'lost' | 'death' | { readonly delay: number };

/** Whether a call may change something. */
export const isWrite = ({ operation }: Pick<Call, 'operation'>): boolean =>
  !/^(?:Get|Query|BatchGet|AdminGet|List|\/)/.test(operation);

/** @param calls those of its generation until then */
export type Decide = (call: Call, calls: readonly Call[]) => Verdict;

const pass: Decide = () => 'pass';

/** The containers of one generation, as what they call sees them. */
export interface Generation {
  /** Asked at every call. */
  decide: Decide;
  readonly calls: readonly AnsweredCall[];
  /** Once a call was met by death. */
  readonly died: Promise<void>;
}

/** Stands between the containers of a stack and what they call. */
export class Faults {
  /** Where the next generation finds nobody who listens. */
  absent: Dependency | undefined;
  #generation = newGeneration(pass);
  readonly #servers: Server[] = [];
  readonly #agent = new Agent({ keepAlive: true });

  get generation(): Generation {
    return this.#generation;
  }

  /** From now on, what is reached is reached by containers of another generation. */
  begin(decide: Decide = pass): Generation {
    this.#generation = newGeneration(decide);
    return this.#generation;
  }

  /** An address at which this generation reaches a dependency. */
  async reach(dependency: Dependency, address: string): Promise<string> {
    if (dependency === this.absent) return 'http://127.0.0.1:1';
    const generation = this.#generation;
    const target = new URL(address);
    const server = createServer((incoming, response) => {
      incoming.on('error', () => {});
      void this.#answer(generation, dependency, target, incoming, response).catch(() => response.destroy());
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    this.#servers.push(server);
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async #answer(
    generation: Mutable,
    dependency: Dependency,
    target: URL,
    incoming: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    if (generation.dead) return;
    const { headers, url = '/' } = incoming;
    const operation =
      String(headers['x-amz-target'] ?? url)
        .split('.')
        .at(-1) ?? '';
    const call: AnsweredCall = {
      dependency,
      operation: operation === 'json' ? url : operation,
      at: performance.now(),
      ...attemptOf(headers),
      verdict: 'pass',
    };
    const verdict = generation.decide(call, generation.calls);
    call.verdict = verdict;
    generation.calls.push(call);
    if (verdict === 'death') generation.dead = true;
    if (typeof verdict === 'string' && verdict in FAULTS) return void FAULTS[verdict as Fault](response, dependency);
    if (typeof verdict === 'object') await sleep(verdict.delay);
    const answer = await this.#forward(target, incoming, Buffer.concat(chunks));
    call.status = answer.status;
    if (verdict === 'death') return generation.die();
    if (verdict === 'lost') return void response.destroy();
    if (!generation.dead) response.writeHead(answer.status, answer.headers).end(answer.body);
  }

  #forward({ hostname, port, pathname }: URL, { method, url = '/', headers }: IncomingMessage, body: Buffer) {
    return new Promise<{ status: number; headers: IncomingMessage['headers']; body: Buffer }>((resolve, reject) => {
      const path = pathname.replace(/\/$/, '') + url;
      const outgoing = request({ hostname, port, path, method, headers, agent: this.#agent }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () => {
          const { 'transfer-encoding': _, ...kept } = answer.headers;
          resolve({ status: answer.statusCode ?? 0, headers: kept, body: Buffer.concat(chunks) });
        });
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
    for (const server of this.#servers) {
      server.closeAllConnections();
      server.close();
    }
  }
}

interface Mutable extends Generation {
  readonly calls: AnsweredCall[];
  dead: boolean;
  readonly die: () => void;
}

function newGeneration(decide: Decide): Mutable {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { decide, calls: [], died: promise, dead: false, die: resolve };
}

/**
 * How often a caller waited, one time after the other, for calls that end by a time limit alone: what is called side by
 * side at first is repeated side by side.
 * @param limit of one attempt, in milliseconds
 */
export function roundsOf(calls: readonly Call[], limit: number): number {
  const first = Math.min(...calls.map(({ at }) => at));
  const sideBySide = calls.filter(({ at }) => at < first + limit).length;
  return Math.ceil(calls.length / sideBySide);
}
