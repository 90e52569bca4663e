import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { isGenuine, NOT_GENUINE } from './genuine.ts';

interface Result {
  readonly response: unknown;
}
type Next = (input: object) => Promise<Result>;

/** What the SDK's clients have in common, each with types of its own. */
interface Stack {
  addRelativeTo(
    middleware: (next: Next) => Next,
    options: { name: string; relation: 'after'; toMiddleware: string; override: boolean },
  ): void;
}

/** Makes a client of the SDK repeat what was not answered by a whole answer of AWS: by itself it does not look. */
export function checkAnswers<Client extends { readonly middlewareStack: object }>(client: Client): Client {
  (client.middlewareStack as Stack).addRelativeTo(
    (next) => async (input) => {
      const result = await next(input);
      const response = result.response as { headers: Record<string, string>; body?: Readable | Uint8Array };
      const { body: sent = new Uint8Array() } = response;
      const body = sent instanceof Uint8Array ? sent : await buffer(sent);
      if (isGenuine(response.headers, body)) return { ...result, response: { ...response, body } };
      throw Object.assign(new Error(NOT_GENUINE), { $retryable: { throttling: false } });
    },
    { name: 'checkAnswers', relation: 'after', toMiddleware: 'deserializerMiddleware', override: true },
  );
  return client;
}
