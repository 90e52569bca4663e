import { allRoutes, type Operation } from '../../lambdas/contract/routes.ts';
import { readProblem, unreachable } from './problem.ts';
import type { Answers } from './types.ts';

/** The one way to the API: by the operations' names, with the cookies that the browser keeps. */

export interface CallOptions {
  /** What stands in the path's braces. */
  readonly path?: Readonly<Record<string, string>>;
  /** What is undefined or empty is not sent. */
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
}

let ownPaths: Readonly<Record<string, string>> = {};

/** Takes the paths that this deployment has in place of the route table's. */
export const takePaths = (paths: Readonly<Record<string, string>>): void => {
  ownPaths = paths;
};

export const pathOf = (operation: Operation): string => ownPaths[operation] ?? allRoutes[operation].path;

/**
 * Calls an operation. An access token that is over is replaced once; who is not signed in any more leaves for the sign-in
 * page, and the promise never ends.
 * @throws Problem for every answer other than success
 */
export async function call<O extends keyof Answers>(operation: O, options: CallOptions = {}): Promise<Answers[O]> {
  const since = Date.now();
  let response = await send(operation, options);
  if (response.status === 401) {
    if (!(await renewSession(since, options.signal))) return signIn();
    response = await send(operation, options);
    if (response.status === 401) return signIn();
  }
  if (!response.ok) throw await readProblem(response);
  return (response.status === 204 ? undefined : await response.json()) as Answers[O];
}

/** Where a person signs in, and is sent back from to where they are. */
export function signIn(): Promise<never> {
  const next = location.pathname + location.search;
  location.assign(`${pathOf('startLogIn')}?${new URLSearchParams({ next })}`);
  return new Promise(() => {});
}

async function send(operation: Operation, { path = {}, query = {}, body, signal }: CallOptions): Promise<Response> {
  const filled = pathOf(operation).replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(path[name] ?? ''));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') search.set(name, String(value));
  }
  const init: RequestInit = {
    method: allRoutes[operation].method,
    headers: { Accept: 'application/json', ...(body !== undefined && { 'Content-Type': 'application/json' }) },
    cache: 'no-store',
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  };
  try {
    return await fetch(search.size > 0 ? `${filled}?${search}` : filled, init);
  } catch (error) {
    if (signal?.aborted) throw error;
    throw unreachable();
  }
}

const RENEWED = 'latchkey.renewed-at';
let renewedHere = 0;

function renewedAt(): number {
  try {
    return Math.max(renewedHere, Number(localStorage.getItem(RENEWED)) || 0);
  } catch {
    return renewedHere;
  }
}

/**
 * Exchanges the cookies for new ones, one tab at a time: a refresh token is good for one use, and its second use ends the
 * session. Whoever waited for another tab's exchange has its cookies.
 * @param since when the request was sent that was refused, in milliseconds
 * @returns whether there is a session
 * @throws Problem where that could not be found out
 */
const renewSession = (since: number, signal: AbortSignal | undefined): Promise<boolean> =>
  oneAtATime(async () => {
    signal?.throwIfAborted();
    if (renewedAt() > since) return true;
    // Not to be broken off half-way: the answer has the only cookies that are good from then on.
    const response = await send('refreshSession', {});
    if (response.status === 401) return false;
    if (!response.ok) throw await readProblem(response);
    renewedHere = Date.now();
    try {
      localStorage.setItem(RENEWED, String(renewedHere));
    } catch {
      // Another tab then exchanges once more.
    }
    return true;
  });

let queue: Promise<unknown> = Promise.resolve();

/** Web locks are for secure contexts alone; where there are none, only this tab waits for itself. */
function oneAtATime<T>(run: () => Promise<T>): Promise<T> {
  if (navigator.locks) return navigator.locks.request('latchkey.renew', run);
  const next = queue.then(run, run);
  queue = next.catch(() => {});
  return next;
}

/** Ends the session, and leaves for the sign-in page. */
export async function signOut(): Promise<never> {
  await call('logOut');
  location.assign(`${pathOf('startLogIn')}?${new URLSearchParams({ next: import.meta.env.BASE_URL })}`);
  return new Promise(() => {});
}

/** All pages of a list, up to so many; `complete` says whether that was all. */
export async function callForAll<O extends keyof Answers, T>(
  operation: O,
  options: CallOptions,
  itemsOf: (answer: Answers[O]) => readonly T[],
  mostPages = 50,
): Promise<{ items: readonly T[]; complete: boolean }> {
  const items: T[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const answer = await call(operation, { ...options, query: { ...options.query, cursor } });
    items.push(...itemsOf(answer));
    cursor = (answer as { nextCursor?: string }).nextCursor;
    if (cursor === undefined) return { items, complete: true };
  }
  return { items, complete: false };
}
