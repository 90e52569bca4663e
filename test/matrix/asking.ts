import { Agent, request } from 'node:http';
import type { Documented } from './documented.ts';

export interface Reply {
  readonly status: number;
  /** The error's code, or undefined; that too where it is not of the form that the profile documents. */
  readonly code: string | undefined;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: whatever was answered
  readonly body: any;
  readonly cookies: readonly string[];
}

export interface Asked {
  readonly method: string;
  /** Sent as it is: `fetch` would mend what is to be broken. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

const agent = new Agent({ keepAlive: true, maxSockets: 32 });

/** Thousands of requests, and any path. */
export const createAsker = (url: string, { codeOf }: Pick<Documented, 'codeOf'>) => {
  const { hostname, port, pathname } = new URL(url);
  const base = pathname.replace(/\/$/, '');
  return ({ method, path, headers = {}, body }: Asked): Promise<Reply> =>
    new Promise((resolve, reject) => {
      const sent = body === undefined ? undefined : JSON.stringify(body);
      const options = { agent, hostname, port, method, path: base + path, insecureHTTPParser: false };
      const contentType = sent === undefined ? {} : { 'Content-Type': 'application/json' };
      const asking = request({ ...options, headers: { ...contentType, ...headers } }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(parts).toString();
          const parsed = text.startsWith('{') ? JSON.parse(text) : undefined;
          const cookies = response.headers['set-cookie'] ?? [];
          const status = response.statusCode ?? 0;
          const type = response.headers['content-type'] ?? '';
          const code = status < 400 ? undefined : codeOf({ status, type, body: parsed });
          resolve({ status, code, text, body: parsed, cookies });
        });
      });
      asking.on('error', reject);
      asking.end(sent);
    });
};

export type Ask = ReturnType<typeof createAsker>;

/** A path's parameters, filled in, and its query. */
export function fill(
  path: string,
  values: Readonly<Record<string, string>>,
  query: Readonly<Record<string, string>> = {},
) {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ''));
  const search = new URLSearchParams(query).toString();
  return search === '' ? filled : `${filled}?${search}`;
}

/** What an answer says, but for what is of this one request. */
export const said = ({ status, text }: Reply): string => `${status} ${text.replaceAll(/"instance":"[^"]*"/g, '')}`;

/** Runs jobs, some at once, and gives their results in order. */
export async function inTurn<T, R>(jobs: readonly T[], run: (job: T) => Promise<R>, atOnce: number): Promise<R[]> {
  const results: R[] = [];
  const waiting = [...jobs.entries()];
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) results[next[0]] = await run(next[1]);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}
