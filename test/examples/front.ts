import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An answer in the place of the stack's. */
export interface Fault {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Front {
  readonly url: string;
  /** The ids of the keys that were made through it. */
  readonly made: readonly string[];
  close(): void;
}

async function readBody(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return text;
}

/** Stands before a stack, hands requests on, and answers some itself. */
export async function startFront(stackUrl: string, faultOf: (route: string) => Fault | undefined): Promise<Front> {
  const made: string[] = [];

  async function answer(request: IncomingMessage): Promise<Fault> {
    const { method = 'GET', url = '/' } = request;
    const body = await readBody(request);
    const fault = faultOf(`${method} ${url}`);
    if (fault) return fault;
    const headers = Object.entries(request.headersDistinct)
      .filter(([name]) => ['authorization', 'x-api-key', 'content-type'].includes(name))
      .map(([name, values = []]): [string, string] => [name, values.join()]);
    const response = await fetch(stackUrl + url, { method, headers, ...(body && { body }) });
    const text = await response.text();
    if (method === 'POST' && url.startsWith('/api/v1/keys') && response.ok) made.push(JSON.parse(text).keyId);
    const kept = ['content-type', 'retry-after'].flatMap((name) => {
      const value = response.headers.get(name);
      return value === null ? [] : [[name, value]];
    });
    return { status: response.status, headers: Object.fromEntries(kept), body: text };
  }

  const server = createServer((request, response) => {
    answer(request).then(
      ({ status, headers, body }) => response.writeHead(status, headers).end(body),
      () => response.destroy(),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://localhost:${(server.address() as AddressInfo).port}`, made, close };
}
