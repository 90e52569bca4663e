/**
 * A client of an API behind Latchkey, with Node 20.3 or later and no package: a key's whole life, and what to do with
 * each answer that is not a success. `ApiError` and `ApiClient` are made to be copied.
 */
import { setTimeout as sleep } from 'node:timers/promises';

/** An answer other than success. Decide by `status` and `code`, which stay; the message is for people. */
class ApiError extends Error {
  constructor(status, problem, retryAfter) {
    super(problem.detail ?? `The API answered ${status}`);
    this.name = 'ApiError';
    this.status = status;
    this.code = problem.code ?? 'unknown';
    /** Of a 422: what was refused, each `{ field, message }`. */
    this.fields = problem.errors ?? [];
    /** Seconds, or undefined. */
    this.retryAfter = retryAfter;
  }
}

const MAX_ATTEMPTS = 4;
/** Seconds. A limit of an hour may ask for more: that is for the caller to decide. */
const LONGEST_WAIT = 60;
const REQUEST_TIMEOUT_MS = 15_000;

class ApiClient {
  #url;
  #credential;
  #onWait;
  #signal;

  /**
   * @param credential the header that says who calls, such as `{ 'X-Api-Key': key }`
   * @param options `onWait` is told of every wait; `signal` ends calls and waits
   */
  constructor(url, credential, { onWait = () => {}, signal } = {}) {
    this.#url = url.replace(/\/$/, '');
    this.#credential = credential;
    this.#onWait = onWait;
    this.#signal = signal;
  }

  /**
   * The answer's JSON, or undefined where there is none. Waits where waiting helps.
   * @throws ApiError
   */
  async call(method, path, body) {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#send(method, path, body);
      } catch (error) {
        const seconds = attempt < MAX_ATTEMPTS ? secondsToWait(error, method, attempt) : undefined;
        if (seconds === undefined) throw error;
        this.#onWait(error, seconds);
        await sleep(seconds * 1_000, undefined, { signal: this.#signal });
      }
    }
  }

  async #send(method, path, body) {
    const response = await fetch(this.#url + path, {
      method,
      headers: { ...this.#credential, ...(body && { 'Content-Type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
      // The API redirects none of these calls, and a credential must not follow one elsewhere.
      redirect: 'error',
      signal: AbortSignal.any([AbortSignal.timeout(REQUEST_TIMEOUT_MS), ...(this.#signal ? [this.#signal] : [])]),
    });
    const text = await response.text();
    if (response.ok) return text ? JSON.parse(text) : undefined;
    const seconds = Number.parseInt(response.headers.get('Retry-After') ?? '', 10);
    throw new ApiError(response.status, parseProblem(text), seconds >= 0 ? seconds : undefined);
  }
}

/** What stands between you and the API, such as a proxy, may answer in a form of its own. */
function parseProblem(text) {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}

/** Seconds after which the same request may succeed, or undefined where repeating it is of no use or not safe. */
function secondsToWait(error, method, attempt) {
  if (!(error instanceof ApiError)) return undefined;
  // 429: nothing was done. 503: something may have been, so only what can be done twice is repeated.
  // 401, 403 and 422 would be the same again: the key, its scopes or the request have to change.
  const mayRepeat = error.status === 429 || (error.status === 503 && method !== 'POST');
  const seconds = error.retryAfter ?? 2 ** attempt;
  if (!mayRepeat || seconds > LONGEST_WAIT) return undefined;
  // Never sooner, and not all clients at the same moment.
  return seconds + Math.random() * 2;
}

function assert(condition, what) {
  if (!condition) throw new Error(`Not as expected: ${what}`);
}

/** The refusal that a call is expected to meet. */
async function refusal(status, call) {
  const error = await call.then(
    () => undefined,
    (thrown) => thrown,
  );
  if (error !== undefined && !(error instanceof ApiError)) throw error;
  assert(error?.status === status, `${error?.status ?? 'success'} where ${status} should be`);
  return error;
}

async function main() {
  const { LATCHKEY_URL: url = 'http://localhost:3000', LATCHKEY_TOKEN: token } = process.env;
  if (!token) throw new Error('Set LATCHKEY_TOKEN to a member\'s token: LATCHKEY_TOKEN="$(npm run -s token)"');

  let limited = 0;
  const onWait = (error, seconds) => {
    if (error.status === 429) limited++;
    console.log(`waiting    ${seconds.toFixed(1)} s, because of ${error.status} ${error.code}`);
  };
  // Whoever interrupts the program wants its keys revoked, too.
  const interruption = new AbortController();
  process.once('SIGINT', () => interruption.abort());
  const options = { onWait, signal: interruption.signal };
  const authorization = { Authorization: `Bearer ${token}` };
  const member = new ApiClient(url, authorization, options);
  const withKey = (apiKey) => new ApiClient(url, { 'X-Api-Key': apiKey }, options);

  const made = [];
  /** Keeps what to revoke. The key itself is in this answer and never again: store it as you would a password. */
  const keep = (key) => {
    made.push(key.keyId);
    return key;
  };
  const createKey = async (fields) =>
    keep(await member.call('POST', '/api/v1/keys', { mode: 'test', expiresInDays: 1, ...fields }));

  try {
    const key = await createKey({ label: 'JavaScript example' });
    console.log(`created    ${key.keyId} (${key.keyPrefix}...), ${key.type}, ${key.mode}`);

    const client = withKey(key.apiKey);
    const item = await client.call('POST', '/api/v1/items', { name: 'From JavaScript' });
    const { items } = await client.call('GET', '/api/v1/items');
    assert(item.name === 'From JavaScript' && items.length > 0, 'the item is made');
    console.log('called     POST and GET /api/v1/items');

    const wrong = await refusal(401, withKey(`fpk_test_${'0'.repeat(48)}`).call('GET', '/api/v1/items'));
    console.log(`refused    401 ${wrong.code}: ${wrong.message}`);

    const reader = await createKey({ label: 'JavaScript reader', type: 'restricted', scopes: ['items:read'] });
    const write = withKey(reader.apiKey).call('POST', '/api/v1/items', { name: 'x' });
    const forbidden = await refusal(403, write);
    assert(forbidden.code === 'insufficient_permissions', `the code ${forbidden.code}`);
    console.log(`refused    403 ${forbidden.code}: ${forbidden.message}`);

    const invalid = await refusal(422, client.call('POST', '/api/v1/items', { name: '', colour: 'red' }));
    console.log(`refused    422 ${invalid.code}: ${invalid.fields.map(({ field }) => field).join(', ')}`);

    const successor = keep(await member.call('POST', `/api/v1/keys/${key.keyId}/rotate`, { graceSeconds: 600 }));
    await client.call('GET', '/api/v1/items');
    await withKey(successor.apiKey).call('GET', '/api/v1/items');
    console.log(`rotated    ${key.keyId} to ${successor.keyId}: both work`);

    await member.call('DELETE', `/api/v1/keys/${key.keyId}`);
    await refusal(401, client.call('GET', '/api/v1/items'));
    await withKey(successor.apiKey).call('GET', '/api/v1/items');
    console.log(`revoked    ${key.keyId}: 401 at its next request, and ${successor.keyId} works`);

    const slow = await createKey({ label: 'JavaScript, slowly', limits: { perMinute: 5, perHour: 1_000 } });
    let calls = 0;
    // Twice the limit and one, since a new minute may begin in between.
    for (; calls < 11 && limited === 0; calls++) await withKey(slow.apiKey).call('GET', '/api/v1/items');
    assert(limited > 0, 'a key with 5 requests a minute meets its limit');
    console.log(`succeeded  request ${calls} with ${slow.keyId}, after the wait`);
  } finally {
    await revokeAll(new ApiClient(url, authorization, { onWait }), made);
  }
}

/** Goes on where one fails, and leaves the error that led here as it is. */
async function revokeAll(member, keyIds) {
  for (const keyId of keyIds) {
    await member.call('DELETE', `/api/v1/keys/${keyId}`).then(
      () => console.log(`revoked    ${keyId}`),
      (error) => report(`${keyId} is not revoked: `, error),
    );
  }
}

function report(what, error) {
  const code = error instanceof ApiError ? `${error.status} ${error.code}: ` : '';
  console.error(what + code + [error.message, error.cause?.message].filter(Boolean).join(': '));
  process.exitCode = 1;
}

main().catch((error) => report('', error));
