import { beforeAll, describe, expect, it } from 'vitest';
import { createLatchkeyClient, type LatchkeyClient, LatchkeyError, type Schema } from '../../client/index.ts';
import { fabraix, fractalpack, fxland, type Profile } from '../../lib/profiles/index.ts';
import { createClient } from '../acceptance/target.ts';
import { runStack } from '../local/running-stack.ts';

const errorOf = (answer: Promise<unknown>): Promise<LatchkeyError> =>
  answer.then(
    () => expect.unreachable('It succeeded'),
    (error: LatchkeyError) => error,
  );

describe('the client of a running stack', () => {
  const open = runStack(fractalpack, 10);
  let baseUrl: string;
  let member: LatchkeyClient;
  beforeAll(async () => {
    const target = await open();
    baseUrl = target.url;
    const { access } = await createClient(target).newOrganization();
    member = createLatchkeyClient({ baseUrl, credential: { bearer: access } });
  });
  const newKey = async (body: Schema<'CreateKey'>) => (await member.POST('/api/v1/keys', { body })).data;

  it('makes a key, lists it, changes it, and calls with it', async () => {
    const made = await newKey({ label: 'made by the client', scopes: ['items:read', 'items:write'] });
    const { data } = await member.GET('/api/v1/keys', { params: { query: { limit: 100, includeInactive: true } } });
    expect(data.keys.map(({ keyId }) => keyId)).toContain(made.keyId);
    const path = { keyId: made.keyId };
    const { data: changed } = await member.PATCH('/api/v1/keys/{keyId}', { params: { path }, body: { label: 'new' } });
    expect(changed.label).toBe('new');

    const client = createLatchkeyClient({ baseUrl, credential: { apiKey: made.apiKey } });
    const { data: item, response } = await client.POST('/api/v1/items', { body: { name: 'a box' } });
    expect([item.name, response.status, response.headers.get('ratelimit')]).toEqual(['a box', 201, expect.any(String)]);
    const { data: nothing } = await member.DELETE('/api/v1/keys/{keyId}', { params: { path } });
    expect(nothing).toBeUndefined();
    expect(await errorOf(client.GET('/api/v1/items'))).toMatchObject({ code: 'unauthorized', status: 401 });
  });

  it('says who it is by a publishable key, and calls what needs no credential', async () => {
    const { apiKey } = await newKey({ label: 'shop', type: 'publishable' });
    const shop = createLatchkeyClient({ baseUrl, credential: { publishableKey: apiKey } });
    expect((await shop.POST('/api/v1/consumer/guest', {})).data.consumer.isGuest).toBe(true);
    expect((await createLatchkeyClient({ baseUrl: `${baseUrl}/` }).GET('/health')).data).toEqual({ status: 'ok' });
  });

  it('takes no credential that a header cannot hold, and does not show it', () => {
    for (const apiKey of ['fpk_live_secret\nOTHER=1', 'fpk live', '']) {
      const make = () => createLatchkeyClient({ baseUrl: 'http://localhost', credential: { apiKey } });
      expect(make).toThrow(TypeError);
      expect(make).not.toThrow(/fpk/);
    }
  });

  it('says why not', async () => {
    const nobody = await errorOf(createLatchkeyClient({ baseUrl }).GET('/api/v1/keys'));
    expect(nobody).toBeInstanceOf(LatchkeyError);
    expect(nobody).toMatchObject({ code: 'unauthorized', status: 401, detail: 'Invalid or revoked API key.' });
    expect(nobody.requestId).toMatch(/^[0-9a-f-]{36}$/);
    const { apiKey } = await newKey({ label: 'x', scopes: ['items:read'] });
    const reader = createLatchkeyClient({ baseUrl, credential: { apiKey } });
    const denied = await errorOf(reader.POST('/api/v1/items', { body: { name: 'x' } }));
    expect(denied).toMatchObject({ code: 'insufficient_permissions', status: 403 });
    const refused = await errorOf(newKey({ label: '', expiresInDays: 0 }));
    expect(refused).toMatchObject({ code: 'validation_failed', status: 422 });
    expect(refused.fields.map(({ field }) => field)).toEqual(['label', 'expiresInDays']);
    const gone = await errorOf(
      createLatchkeyClient({ baseUrl: 'http://127.0.0.1:1', retries: { most: 0 } }).GET('/health'),
    );
    expect(gone).toMatchObject({ code: 'network_error', status: 0 });
  });

  it('comes again when its limit has room', async () => {
    const { apiKey } = await newKey({ label: 'slow', limits: { perMinute: 1, perHour: 10 } });
    const credential = { apiKey };
    const eager = createLatchkeyClient({ baseUrl, credential, retries: { most: 0 } });
    await eager.GET('/api/v1/items');
    const limited = await errorOf(eager.GET('/api/v1/items'));
    expect(limited).toMatchObject({ code: 'rate_limited', status: 429, retryAfter: expect.any(Number) });
    const patient = createLatchkeyClient({ baseUrl, credential });
    expect((await patient.GET('/api/v1/items')).data).toHaveProperty('items');
  });

  it("has the API's types: what follows does not compile", async () => {
    const calls = async () => {
      // @ts-expect-error there is no such path
      await member.GET('/api/v1/keyz');
      // @ts-expect-error a label is needed
      await member.POST('/api/v1/keys');
      // @ts-expect-error a label is text
      await member.POST('/api/v1/keys', { body: { label: 1 } });
      // @ts-expect-error a key has no colour
      await member.POST('/api/v1/keys', { body: { label: 'x', colour: 'red' } });
      // @ts-expect-error the key is not named
      await member.GET('/api/v1/keys/{keyId}');
      // @ts-expect-error usage is not added up by the week
      await member.GET('/api/v1/usage', { params: { query: { by: ['week'] } } });
      const { data } = await member.GET('/api/v1/keys/{keyId}', { params: { path: { keyId: 'key_x' } } });
      // @ts-expect-error the plain value was shown once
      return data.apiKey;
    };
    expect(await errorOf(calls())).toMatchObject({ code: 'not_found' });
  });
});

describe.each<readonly [string, Profile, Partial<LatchkeyError>]>([
  ['typed', fabraix, { code: 'unauthorized', detail: 'Invalid API key provided' }],
  ['reason', fxland, { code: 'unauthorized', detail: 'Access token is missing or invalid' }],
])('the client of a stack whose errors are %s', (_, profile, expected) => {
  const open = runStack(profile, 10);

  it('reads them', async () => {
    const client = createLatchkeyClient({ baseUrl: (await open()).url, credential: { apiKey: 'nothing' } });
    expect(await errorOf(client.GET('/api/v1/keys'))).toMatchObject({ status: 401, ...expected });
    const invalid = await errorOf(client.POST('/api/v1/auth/login', { body: { email: 'x', password: '' } }));
    expect(invalid).toMatchObject({ code: 'validation_failed', fields: [{ field: 'email' }, { field: 'password' }] });
  });
});
