import { retryAfterOf } from './errors.ts';

export interface Retries {
  /**
   * How often a request is repeated at most.
   * @default 2
   */
  readonly most?: number;
  /**
   * How many seconds it waits before that at most; who is told to wait longer gets the error at once.
   * @default 60
   */
  readonly longest?: number;
}

export type Send = (request: Request) => Promise<Response>;

/** Between two attempts where nothing says how long, in milliseconds: twice as much each time. */
const PAUSE = 250;
/** So that those who were told the same moment do not all come at it, in milliseconds. */
const SPREAD = 1_000;

/** The one operation that knows an event again by its `Idempotency-Key`. */
const TRACKING = '/sdk/track';

/** Whether it may be sent again though it may have been done: it does the same, or the API knows it again. */
const isRepeatable = ({ method, headers, url }: Request): boolean =>
  ['GET', 'HEAD', 'PUT', 'DELETE'].includes(method) ||
  (headers.has('Idempotency-Key') && new URL(url).pathname.endsWith(TRACKING));

/**
 * Sends a request again that came to nothing: over its limit (429), which is said before anything is done; and where no
 * answer came or what decides was out of reach (503), if it can be repeated, since it may have been done.
 */
export function withRetries(send: Send, { most = 2, longest = 60 }: Retries): Send {
  return async (request) => {
    for (let attempt = 0; ; attempt++) {
      const last = attempt >= most;
      const answer = await send(last ? request : request.clone()).catch((error: unknown) => {
        if (last || request.signal.aborted || !isRepeatable(request)) throw error;
        return undefined;
      });
      if (answer) {
        const again = answer.status === 429 || (answer.status === 503 && isRepeatable(request));
        if (last || !again || (retryAfterOf(answer) ?? 0) > longest) return answer;
        // Not waited for: half of a stream that was split never says that it has ended.
        answer.body?.cancel().catch(() => {});
      }
      const told = answer && retryAfterOf(answer);
      const wait =
        told === undefined ? PAUSE * 2 ** attempt * (1 + Math.random()) : told * 1_000 + Math.random() * SPREAD;
      await pause(wait, request.signal);
    }
  };
}

/** @throws whatever the signal was given as its reason */
async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    signal.addEventListener('abort', stop, { once: true });
  });
}
