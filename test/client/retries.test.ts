import { describe, expect, it } from 'vitest';
import { createLatchkeyClient, type LatchkeyClientOptions, LatchkeyError } from '../../client/index.ts';

type Step = Response | Error;

const problem = (status: number, code: string, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify({ code, detail: 'No.', instance: 'request-1' }), { status, headers });
const done = () => Response.json({ keys: [], status: 'ok' });
const soon = { 'Retry-After': '0' };

/** A client whose requests are answered by these, in order; and the requests that it sent. */
function clientOf(steps: readonly Step[], options: Partial<LatchkeyClientOptions> = {}) {
  const sent: { method: string; headers: Headers; body: string }[] = [];
  const client = createLatchkeyClient({
    baseUrl: 'http://localhost:1/',
    ...options,
    async fetch(request) {
      sent.push({ method: request.method, headers: request.headers, body: await request.text() });
      const step = steps[sent.length - 1] ?? expect.unreachable('one request too many');
      if (step instanceof Error) throw step;
      return step;
    },
  });
  return { client, sent };
}
const list = (steps: readonly Step[], options?: Partial<LatchkeyClientOptions>) => {
  const { client, sent } = clientOf(steps, options);
  return { sent, answer: client.GET('/api/v1/keys') };
};
const create = (steps: readonly Step[], headers: Record<string, string> = {}) => {
  const { client, sent } = clientOf(steps);
  const body = { meter_token: 'm', customer_external_id: 'c', quantity: 1 };
  return { sent, answer: client.POST('/api/v1/sdk/track', { body, headers }) };
};
const codeOf = (answer: Promise<unknown>) =>
  answer.then(
    () => 'done',
    (error: unknown) => (error instanceof LatchkeyError ? error.code : error),
  );

describe('a request', () => {
  it('over its limit is sent again, whatever it does, with the same body', async () => {
    const { answer, sent } = create([problem(429, 'rate_limited', soon), done()]);
    expect(await codeOf(answer)).toBe('done');
    expect(sent.map(({ body }) => JSON.parse(body).quantity)).toEqual([1, 1]);
  });

  it('waits as long as it is told', async () => {
    const before = performance.now();
    expect(await codeOf(list([problem(429, 'rate_limited', { 'Retry-After': '1' }), done()]).answer)).toBe('done');
    expect(performance.now() - before).toBeGreaterThanOrEqual(1_000);
  });

  it('is not sent again when it would wait too long', async () => {
    const limited = problem(429, 'rate_limited', { 'Retry-After': '61' });
    const error = await list([limited]).answer.catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'rate_limited', status: 429, retryAfter: 61, requestId: 'request-1' });
    const patient = { retries: { longest: 0 } };
    expect(await codeOf(list([problem(429, 'rate_limited', { 'Retry-After': '1' })], patient).answer)).toBe(
      'rate_limited',
    );
  });

  it('is sent three times at most, or as often as is said', async () => {
    const limited = () => problem(429, 'rate_limited', soon);
    const thrice = list([limited(), limited(), limited()]);
    expect([await codeOf(thrice.answer), thrice.sent.length]).toEqual(['rate_limited', 3]);
    const once = list([limited()], { retries: { most: 0 } });
    expect([await codeOf(once.answer), once.sent.length]).toEqual(['rate_limited', 1]);
  });

  it.each<[string, Step, string]>([
    ['no answer', new TypeError('fetch failed'), 'network_error'],
    ['a 503', problem(503, 'unavailable', soon), 'unavailable'],
  ])('that may have been done is sent again after %s only if it can be repeated', async (_, step, code) => {
    const again = () => (step instanceof Response ? step.clone() : step);
    expect(await codeOf(list([again(), done()]).answer)).toBe('done');
    expect(await codeOf(create([again(), done()], { 'Idempotency-Key': 'event-1' }).answer)).toBe('done');
    const unsafe = create([again()]);
    expect([await codeOf(unsafe.answer), unsafe.sent.length]).toEqual([code, 1]);
  });

  it.each([400, 401, 403, 404, 409, 422, 500])('is not sent again after a %i', async (status) => {
    const { answer, sent } = list([problem(status, 'x')]);
    expect([await codeOf(answer), sent.length]).toEqual(['x', 1]);
  });

  it('is given up at once when its caller gives it up', async () => {
    const { client, sent } = clientOf([problem(429, 'rate_limited', { 'Retry-After': '50' })]);
    const leaving = new AbortController();
    const answer = client.GET('/api/v1/keys', { signal: leaving.signal });
    setTimeout(() => leaving.abort(), 20);
    expect(await answer.catch((error: Error) => error.name)).toBe('AbortError');
    expect(sent).toHaveLength(1);
  });

  it('has the credential that there is when it is sent', async () => {
    const tokens = ['first', 'second'];
    const bearer = async () => tokens.shift() ?? '';
    const { answer, sent } = list([problem(429, 'rate_limited', soon), done()], { credential: { bearer } });
    await answer;
    expect(sent.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer first', 'Bearer second']);
    const key = list([done()], { credential: { publishableKey: 'pk_live_x', header: 'X-Acme-Public' } });
    await key.answer;
    expect(key.sent[0]?.headers.get('x-acme-public')).toBe('pk_live_x');
  });

  it('names several values in one parameter', async () => {
    const urls: string[] = [];
    const client = createLatchkeyClient({
      baseUrl: 'http://localhost:1',
      fetch: async ({ url }) => {
        urls.push(url);
        return done();
      },
    });
    await client.GET('/api/v1/usage', { params: { query: { by: ['day', 'meter'] } } });
    expect(urls).toEqual(['http://localhost:1/api/v1/usage?by=day,meter']);
  });
});

describe('an error', () => {
  const fields = [{ field: 'label', message: 'Too long' }];
  const errorOf = (status: number, body: unknown) =>
    list([new Response(typeof body === 'string' ? body : JSON.stringify(body), { status })]).answer.catch(
      (error: unknown) => error,
    );

  it.each<[string, number, unknown, object]>([
    [
      'problem',
      422,
      { type: 'x', title: 'x', status: 422, detail: 'No.', instance: 'r', code: 'validation_failed', errors: fields },
      { code: 'validation_failed', detail: 'No.', requestId: 'r', fields },
    ],
    [
      'typed',
      422,
      { error: { message: 'No.', type: 'x', code: 'validation_failed', errors: fields } },
      { code: 'validation_failed', detail: 'No.', fields },
    ],
    [
      'typed, for a key',
      401,
      { error: { message: 'No.', type: 'x', code: 'invalid_api_key' } },
      { code: 'unauthorized' },
    ],
    ['reason', 404, { error: { reason: 'NOT_FOUND', details: 'No.' } }, { code: 'not_found', detail: 'No.' }],
    ['a page of something else', 502, '<html>', { code: 'unexpected_answer', fields: [] }],
    ['JSON of something else', 400, ['x'], { code: 'unexpected_answer' }],
    ['a gateway that prints no reason', 403, { code: '', detail: '', instance: 'r' }, { code: 'unexpected_answer' }],
  ])('is read in the dialect %s', async (_, status, body, expected) => {
    const error = await errorOf(status, body);
    expect(error).toBeInstanceOf(LatchkeyError);
    expect(error).toMatchObject({ status, ...expected });
  });

  it('has no code in a 429 of the dialect typed', async () => {
    const limited = Response.json(
      { error: { message: 'x', type: 'rate_limit_error', retry_after: 1 } },
      { status: 429 },
    );
    expect(await codeOf(list([limited], { retries: { most: 0 } }).answer)).toBe('rate_limited');
  });
});
