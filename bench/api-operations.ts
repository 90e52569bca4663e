import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OUTBOX_PATH } from '../local/outbox.ts';
import { startStack } from '../local/stack.ts';
import { type Counted, createCounter } from './counting.ts';

const OWNER = { email: 'bench@example.com', password: 'Latchkey-bench-1' };

type Headers = Readonly<Record<string, string>>;

/** Calls a stack as its clients do; what is not answered by 2xx is a mistake here. */
function createCaller(url: string) {
  return async (method: string, path: string, credential: Headers, body?: unknown) => {
    const response = await fetch(url + path, {
      method,
      headers: { ...credential, Origin: url, ...(body !== undefined && { 'Content-Type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';', 1)[0]);
    // biome-ignore lint/suspicious/noExplicitAny: every operation answers in a form of its own
    return { body: (text === '' ? {} : JSON.parse(text)) as any, cookies: { Cookie: cookies.join('; ') } };
  };
}

/** What operations of the API ask of DynamoDB, by the whole stack over HTTP, each of them once. */
export async function apiOperations(): Promise<readonly (readonly [string, Counted])[]> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'latchkey-bench-'));
  const { observe, count } = createCounter();
  const stack = await startStack({ port: 0, dataFolder, log: () => {}, connections: { observe } });
  const call = createCaller(stack.url);
  const rows: [string, Counted][] = [];
  /** Counts one call, and hands on its answer. */
  async function measure(name: string, ...args: Parameters<typeof call>): ReturnType<typeof call> {
    let answer: Awaited<ReturnType<typeof call>> | undefined;
    const counted = await count(1, async () => {
      answer = await call(...args);
    });
    rows.push([name, counted]);
    return answer as NonNullable<typeof answer>;
  }
  const codeFor = async (to: string): Promise<string> => {
    const { body } = await call('GET', OUTBOX_PATH, { Accept: 'application/json' });
    const sent = body.messages.filter((message: { to: string }) => message.to === to).at(-1);
    return /\b\d{6}\b/.exec(sent?.text ?? '')?.[0] ?? '';
  };
  try {
    await ofMembers();
    await ofUsage();
    await ofConsumers();
    return rows;
  } finally {
    await stack.close();
    rmSync(dataFolder, { recursive: true, force: true });
  }

  async function signedIn(): Promise<Headers> {
    return (await call('POST', '/api/v1/auth/login', {}, OWNER)).cookies;
  }

  async function ofMembers(): Promise<void> {
    await measure('sign up', 'POST', '/api/v1/auth/signup', {}, { ...OWNER, organization_name: 'Acme' });
    const confirmation = { email: OWNER.email, code: await codeFor(OWNER.email) };
    await measure('confirm the address', 'POST', '/api/v1/auth/confirm', {}, confirmation);
    await measure('sign in, for the first time', 'POST', '/api/v1/auth/login', {}, OWNER);
    const { cookies } = await measure('sign in', 'POST', '/api/v1/auth/login', {}, OWNER);
    const refreshed = await measure('refresh a session', 'POST', '/api/v1/auth/refresh', cookies, {});
    await measure('who am I', 'GET', '/api/v1/auth/me', refreshed.cookies);
    await measure('sign out', 'POST', '/api/v1/auth/logout', refreshed.cookies, {});

    const owner = await signedIn();
    const { body: key } = await measure('create a key', 'POST', '/api/v1/keys', owner, { label: 'bench' });
    await measure('list keys (one)', 'GET', '/api/v1/keys', owner);
    for (let n = 0; n < 24; n++) await call('POST', '/api/v1/keys', owner, { label: `bench ${n}` });
    await measure('list keys (25)', 'GET', '/api/v1/keys?limit=100', owner);
    await measure('change a key', 'PATCH', `/api/v1/keys/${key.keyId}`, owner, { label: 'other' });
    const rotated = await measure('rotate a key', 'POST', `/api/v1/keys/${key.keyId}/rotate`, owner, {});
    await measure('revoke a key', 'DELETE', `/api/v1/keys/${rotated.body.keyId}`, owner);
    await measure('read the audit log (50 events)', 'GET', '/api/v1/audit-events?limit=50', owner);
  }

  async function ofUsage(): Promise<void> {
    const { body } = await call('POST', '/api/v1/keys', await signedIn(), { label: 'usage' });
    const key = { 'X-Api-Key': body.apiKey };
    const event = { meter_token: 'api_calls', customer_external_id: 'cust_1', quantity: 1 };
    await call('POST', '/api/v1/sdk/track', key, event);
    await measure('read the sample resource', 'GET', '/api/v1/items', key);
    await measure('track usage', 'POST', '/api/v1/sdk/track', key, event);
    const named = { ...key, 'Idempotency-Key': randomUUID() };
    await measure('track usage, with an Idempotency-Key', 'POST', '/api/v1/sdk/track', named, event);
    for (let n = 0; n < 297; n++) await call('POST', '/api/v1/sdk/track', key, event);
    await measure('read usage (300 events of one line)', 'GET', '/api/v1/usage', key);
    await measure('mint a widget token', 'POST', '/api/v1/widget/token', key, { customer_external_id: 'cust_1' });
  }

  async function ofConsumers(): Promise<void> {
    const owner = await signedIn();
    const keyOf = async (type: string) =>
      (await call('POST', '/api/v1/keys', owner, { label: type, type })).body.apiKey;
    const page = { 'X-Publishable-Key': await keyOf('publishable') };
    const server = { 'X-Api-Key': await keyOf('secret') };
    const at = (operation: string) => `/api/v1/consumer/${operation}`;
    await call('POST', at('guest'), page, {});
    const guest = await measure('open a guest session', 'POST', at('guest'), page, {});
    const { refreshToken } = guest.body;
    const renewed = await measure("refresh a consumer's session", 'POST', at('refresh'), page, { refreshToken });
    const token = { Authorization: `Bearer ${renewed.body.accessToken}` };
    await measure('sign a consumer out', 'POST', at('logout'), token, {});
    const email = 'shopper@example.com';
    await measure('send a one-time code', 'POST', at('otp'), page, { email });
    const code = await codeFor(email);
    await measure('exchange it for a session, for the first time', 'POST', at('otp/verify'), page, { email, code });
    const introduced = await measure('issue an exchange code', 'POST', at('exchange-codes'), server, {
      externalId: 'user-1',
    });
    await measure('exchange it for a session', 'POST', at('exchange'), page, { code: introduced.body.code });
  }
}
