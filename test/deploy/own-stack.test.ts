import { beforeAll, describe, expect, it } from 'vitest';
import { describeAddresses } from '../acceptance/addresses.ts';
import { apiKey, bearer, createClient, inParallel, secondsOfOneMinute, type Tokens } from '../acceptance/target.ts';
import { apiUrl, emulated } from './deployed.ts';

const client = createClient({ url: apiUrl('Own'), ...emulated });
let owner: Tokens;
beforeAll(async () => {
  owner = await client.newOrganization();
});

/** How often a route answers what, to a new test key that asks for more than its limit. */
async function exhaust(method: string, path: string, body?: object): Promise<Record<number, number>> {
  const key = await client.newKey(owner, { mode: 'test' });
  await secondsOfOneMinute(30);
  const answers = await inParallel(emulated.testLimit + 20, emulated.concurrency, () =>
    client.call(method, path, apiKey(key.apiKey), body),
  );
  return Object.fromEntries(
    Map.groupBy(answers, ({ status }) => status)
      .entries()
      .map(([status, all]) => [status, all.length]),
  );
}

describe("a Lambda of the engineer's own, in Python, behind protect()", () => {
  it('is told who calls', async () => {
    const key = await client.newKey(owner, { mode: 'test', scopes: ['widgets:read'] });
    const { status, body } = await client.call('GET', '/v1/widgets/7', apiKey(key.apiKey));
    const organizationId = expect.stringMatching(/^org_/);
    expect([status, body]).toEqual([200, { widgetId: '7', caller: key.keyId, organizationId, mode: 'test' }]);
  });

  it('is called by nobody without a credential, a scope, or the right type of principal', async () => {
    const reader = await client.newKey(owner, { scopes: ['widgets:read'] });
    expect((await client.call('GET', '/v1/widgets/7')).status).toBe(401);
    expect((await client.call('POST', '/v1/widgets', apiKey(reader.apiKey), {})).status).toBe(403);
    expect((await client.call('POST', '/v1/widgets', bearer(owner.access), {})).status).toBe(403);
    const writer = await client.newKey(owner, { scopes: ['widgets:write'] });
    const named = await client.call('POST', '/v1/widgets', apiKey(writer.apiKey), { name: 'Seven' });
    expect([named.status, named.body]).toMatchObject([201, { name: 'Seven', caller: writer.keyId, mode: 'live' }]);
    const nameless = await client.call('POST', '/v1/widgets', apiKey(writer.apiKey), {});
    expect([nameless.status, nameless.body]).toMatchObject([422, { errors: [{ field: 'name' }] }]);
  });

  it('gives its scopes to keys, and not those of the sample', async () => {
    const { status } = await client.call('POST', '/api/v1/keys', bearer(owner.access), {
      label: 'x',
      scopes: ['items:read'],
    });
    expect(status).toBe(422);
  });

  it('is called no more often than the limit says, and needs no code for that', async () => {
    expect(await exhaust('GET', '/v1/widgets/7')).toEqual({ 200: emulated.testLimit, 403: 20 });
  });
});

describe("a Lambda of the engineer's own, in Python, that answers 429 itself", () => {
  it('says what is left, and when to come again', async () => {
    expect(await exhaust('POST', '/v1/widgets', { name: 'Seven' })).toEqual({ 201: emulated.testLimit, 429: 20 });
    const key = await client.newKey(owner, { limits: { perMinute: 1, perHour: 10 } });
    await secondsOfOneMinute(10);
    const post = () => client.call('POST', '/v1/widgets', apiKey(key.apiKey), { name: 'Seven' });
    expect((await post()).headers.get('ratelimit')).toMatch(/^"minute";r=0;t=\d+, /);
    const { status, headers, body } = await post();
    expect([status, body.code]).toEqual([429, 'rate_limited']);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect(body.retry_after).toBe(Number(headers.get('retry-after')));
  });
});

describe("a Lambda of the engineer's own, in TypeScript, behind protect() and withAuth", () => {
  it('is told who calls, and says what is left', async () => {
    const key = await client.newKey(owner, { scopes: ['gadgets:read'] });
    const { status, headers, body } = await client.call('GET', '/v1/gadgets', apiKey(key.apiKey));
    const organizationId = expect.stringMatching(/^org_/);
    expect([status, body]).toEqual([200, { caller: key.keyId, organizationId, mode: 'live' }]);
    expect(headers.get('ratelimit')).toMatch(/^"minute";r=\d+;t=\d+, /);
  });

  it('answers 429 over the limit', async () => {
    expect(await exhaust('GET', '/v1/gadgets')).toEqual({ 200: emulated.testLimit, 429: 20 });
  });
});

describeAddresses(async () => ({ url: apiUrl('Own'), ...emulated, addressLimit: 25 }));
