import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { bearer, type Client, createClient, type Target, type Tokens } from './target.ts';

const USAGE = { meter_token: 'api_calls', customer_external_id: 'cust_123', quantity: 1 };

/** Fluxrate's documentation: sessions by cookie, and keys with their prefix, their scopes, and where they are managed. */
export function describeFluxrate(open: () => Promise<Target>) {
  describe("Fluxrate's documentation", () => {
    let target: Target;
    let client: Client;
    let owner: Tokens;
    beforeAll(async () => {
      target = await open();
      client = createClient(target);
      owner = await client.newOrganization('Acme Corp');
    });

    const newKey = async (fields: object = {}) => {
      const created = await client.call('POST', '/api/v1/api-keys', bearer(owner.access), { label: 'x', ...fields });
      expect(created.status).toBe(201);
      return created.body as { apiKey: string; keyId: string; keyPrefix: string };
    };
    const track = (key: { apiKey: string }, body: unknown = USAGE) =>
      client.call('POST', '/api/v1/sdk/track', { 'X-API-Key': key.apiKey }, body);
    const usage = (key: { apiKey: string }) => client.call('GET', '/api/v1/usage', { 'X-API-Key': key.apiKey });

    it('signs up and in, calls with the cookie, refreshes it and logs out, as its lines do', async () => {
      const email = `${randomUUID()}@yourcompany.com`;
      const password = 'Secure-password-1';
      const post = (path: string, body?: unknown, headers: Record<string, string> = {}) =>
        client.call('POST', `/api/v1/auth/${path}`, headers, body);
      const customers = async (cookie: string) => client.call('GET', '/api/v1/customers', { Cookie: cookie });
      const signUp = await post('signup', { email, password, organization_name: 'Acme Corp' });
      expect([signUp.status, signUp.body.organization.name]).toEqual([201, 'Acme Corp']);
      await post('confirm', { email, code: await target.readCode(email, 'confirm') });

      const login = await post('login', { email, password });
      expect([login.status, login.body]).toEqual([
        200,
        { user: signUp.body.user, organization: signUp.body.organization },
      ]);
      const pairOf = (headers: Headers, name: string) =>
        headers
          .getSetCookie()
          .find((line) => line.startsWith(`${name}=`))
          ?.split('; ') ?? [];
      const [access = '', ...accessAttributes] = pairOf(login.headers, 'access_token');
      const [refresh = '', ...refreshAttributes] = pairOf(login.headers, 'refresh_token');
      expect(accessAttributes).toEqual(expect.arrayContaining(['HttpOnly', 'Max-Age=900']));
      expect(refreshAttributes).toEqual(expect.arrayContaining(['HttpOnly', 'Max-Age=604800']));
      expect(access).toMatch(/^access_token=eyJ/);
      expect(await customers(access)).toMatchObject({ status: 200, body: { customers: [] } });

      const refreshed = await post('refresh', undefined, { Cookie: refresh });
      const [next = ''] = pairOf(refreshed.headers, 'access_token');
      expect((await customers(next)).status).toBe(200);
      const [newRefresh = ''] = pairOf(refreshed.headers, 'refresh_token');
      const out = await post('logout', undefined, { Cookie: `${next}; ${newRefresh}` });
      expect(pairOf(out.headers, 'access_token')).toEqual(expect.arrayContaining(['access_token=', 'Max-Age=0']));
      expect(pairOf(out.headers, 'refresh_token')).toEqual(expect.arrayContaining(['refresh_token=', 'Max-Age=0']));
      expect([(await customers(next)).status, (await customers(access)).status]).toEqual([401, 401]);
    });

    it('creates, lists and deletes keys, and shows their secret once', async () => {
      const { apiKey, keyId, keyPrefix } = await newKey();
      expect(apiKey).toMatch(/^org_live_[0-9A-Za-z]{48}$/);
      const list = await client.call('GET', '/api/v1/api-keys', bearer(owner.access));
      expect(list.body.keys.map((key: { keyId: string }) => key.keyId)).toContain(keyId);
      expect(JSON.stringify(list.body)).toContain(keyPrefix);
      expect(JSON.stringify(list.body)).not.toContain(apiKey);
      expect((await usage({ apiKey })).status).toBe(200);
      const deleted = await client.call('DELETE', `/api/v1/api-keys/${keyId}`, bearer(owner.access));
      expect([deleted.status, deleted.body]).toEqual([204, undefined]);
      expect((await usage({ apiKey })).status).toBe(401);
    });

    it('tracks usage with a key that has usage.write, and reads it with one that has usage.read', async () => {
      const writer = await newKey({ type: 'restricted', scopes: ['usage.write'] });
      const reader = await newKey({ type: 'restricted', scopes: ['usage.read'] });
      const tracked = await track(writer);
      expect([tracked.status, tracked.body]).toEqual([201, { ...USAGE, created_at: expect.any(String) }]);
      const read = await usage(reader);
      const day = tracked.body.created_at.slice(0, 10);
      expect([read.status, read.body.usage]).toEqual([200, [{ day, quantity: 1, events: 1 }]]);

      for (const [{ status, body }, scope] of [
        [await track(reader), 'usage.write'],
        [await usage(writer), 'usage.read'],
      ] as const) {
        expect([status, body.title]).toEqual([403, 'Forbidden']);
        if (!target.printsDenials) continue;
        expect(body).toMatchObject({
          type: 'https://api.fluxrate.co/errors/insufficient_permissions',
          code: 'insufficient_permissions',
          detail: `The scope ${scope} is required.`,
        });
      }
    });

    it('gives a widget a token by usage.write', async () => {
      const writer = await newKey({ type: 'restricted', scopes: ['usage.write'] });
      const wanted = { customer_external_id: 'cust_123' };
      const made = await client.call('POST', '/api/v1/widget/token', { 'X-API-Key': writer.apiKey }, wanted);
      expect([made.status, made.body]).toEqual([
        201,
        { token: expect.stringMatching(/^eyJ/), expiresIn: 900, scopes: ['usage.write'], ...wanted },
      ]);
      expect((await client.call('POST', '/api/v1/sdk/track', bearer(made.body.token), USAGE)).status).toBe(201);
    });

    it('keeps management for people: a key of the SDK sees no customers', async () => {
      const customer = { external_id: 'cust_123', name: 'Globex' };
      const created = await client.call('POST', '/api/v1/customers', bearer(owner.access), customer);
      expect([created.status, created.body]).toEqual([
        201,
        { id: expect.any(String), ...customer, created_at: expect.any(String) },
      ]);
      const list = await client.call('GET', '/api/v1/customers', bearer(owner.access));
      expect([list.status, list.body]).toEqual([200, { customers: [created.body] }]);
      const key = await newKey();
      expect((await client.call('GET', '/api/v1/customers', { 'X-API-Key': key.apiKey })).status).toBe(403);
      expect((await client.call('GET', '/api/v1/customers')).status).toBe(401);
    });

    it('refuses usage that says too little, and a request without a key', async () => {
      const key = await newKey();
      const { status, body } = await track(key, { meter_token: 'api_calls', quantity: -1 });
      expect(status).toBe(422);
      expect(body.errors.map(({ field }: { field: string }) => field).toSorted()).toEqual([
        'customer_external_id',
        'quantity',
      ]);
      const missing = await client.call('POST', '/api/v1/sdk/track', {}, USAGE);
      expect([missing.status, missing.body]).toEqual([
        401,
        {
          type: 'https://api.fluxrate.co/errors/unauthorized',
          title: 'Unauthorized',
          status: 401,
          detail: 'The API key or session is missing or invalid.',
          instance: expect.any(String),
          code: 'unauthorized',
        },
      ]);
    });
  });
}
