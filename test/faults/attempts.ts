import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import type { ClientRequest, IncomingHttpHeaders } from 'node:http';
import type { Transport } from '../../lambdas/adapters/dynamodb/transport.ts';

/** Where clients of the SDK say which attempt a request is: `attempt=1; max=3`. */
const HEADER = 'amz-sdk-request';

/** Those of the authorizer's client: `lambdas/adapters/dynamodb/signed-transport.ts`. */
const ATTEMPTS = 3;

/** What a store asks for, however many attempts it takes. */
const asking = new AsyncLocalStorage<{ attempts: number }>();

subscribe('http.client.request.created', (message) => {
  const { request } = message as { request: ClientRequest };
  const question = asking.getStore();
  if (!question || request.hasHeader(HEADER)) return;
  question.attempts++;
  request.setHeader(HEADER, `attempt=${question.attempts}; max=${ATTEMPTS}`);
});

/** Lets the authorizer's client say of its attempts what the SDK's says: by itself it does not. */
export const markAttempts =
  (transport: Transport): Transport =>
  (operation, input) =>
    asking.run({ attempts: 0 }, () => transport(operation, input));

export function attemptOf(headers: IncomingHttpHeaders): { readonly attempt: number; readonly attempts: number } {
  const [, attempt = '1', attempts = '1'] = /^attempt=(\d+); max=(\d+)$/.exec(String(headers[HEADER])) ?? [];
  return { attempt: Number(attempt), attempts: Number(attempts) };
}
