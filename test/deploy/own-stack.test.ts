import { beforeAll, describe, expect, it } from 'vitest';
import { apiKey, bearer, createClient, inParallel, secondsOfOneMinute, type Tokens } from '../acceptance/target.ts';
import { apiUrl, emulated } from './deployed.ts';

describe("a Lambda of the engineer's own, in Python, behind protect()", () => {
  const client = createClient({ url: apiUrl('Own'), ...emulated });
  let owner: Tokens;
  beforeAll(async () => {
    owner = await client.newOrganization();
  });

  it('is told who calls', async () => {
    const key = await client.newKey(owner, { mode: 'test', scopes: ['widgets:read'] });
    const { status, body } = await client.call('GET', '/v1/widgets/7', apiKey(key.apiKey));
    expect([status, body]).toEqual([200, { caller: key.keyId, mode: 'test' }]);
  });

  it('is called by nobody without a credential, a scope, or the right type of principal', async () => {
    const reader = await client.newKey(owner, { scopes: ['widgets:read'] });
    expect((await client.call('GET', '/v1/widgets/7')).status).toBe(401);
    expect((await client.call('POST', '/v1/widgets', apiKey(reader.apiKey), {})).status).toBe(403);
    expect((await client.call('POST', '/v1/widgets', bearer(owner.access), {})).status).toBe(403);
    const writer = await client.newKey(owner, { scopes: ['widgets:write'] });
    expect((await client.call('POST', '/v1/widgets', apiKey(writer.apiKey), {})).status).toBe(200);
  });

  it('gives its scopes to keys, and not those of the sample', async () => {
    const { status } = await client.call('POST', '/api/v1/keys', bearer(owner.access), {
      label: 'x',
      scopes: ['items:read'],
    });
    expect(status).toBe(422);
  });

  it('is called no more often than the limit says, and needs no code for that', async () => {
    const key = await client.newKey(owner, { mode: 'test' });
    await secondsOfOneMinute(30);
    const answers = await inParallel(emulated.testLimit + 20, emulated.concurrency, () =>
      client.call('GET', '/v1/widgets/7', apiKey(key.apiKey)),
    );
    const count = (status: number) => answers.filter((answer) => answer.status === status).length;
    expect([count(200), count(403)]).toEqual([emulated.testLimit, 20]);
  });
});
