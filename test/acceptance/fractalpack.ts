import { beforeAll, describe, expect, it } from 'vitest';
import { apiKey, bearer, type Client, createClient, type Target, type Tokens } from './target.ts';

const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
const days = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 86_400_000;

/** Every line of FractalPack's documentation, as printed there. */
export function describeFractalPack(open: () => Promise<Target>) {
  describe("FractalPack's documentation", () => {
    let client: Client;
    let owner: Tokens;
    beforeAll(async () => {
      client = createClient(await open());
      owner = await client.newOrganization();
    });

    it('creates a key with a JWT and shows it once', async () => {
      const { status, headers, body } = await client.call('POST', '/api/v1/keys', bearer(owner.access), {
        label: 'warehouse-integration',
        expiresInDays: 90,
      });
      expect(status).toBe(201);
      expect(headers.get('content-type')).toBe('application/json');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(body).toEqual({
        keyId: expect.stringMatching(/^key_[0-9A-Za-z]{10}$/),
        apiKey: expect.stringMatching(/^fpk_live_[0-9A-Za-z]{48}$/),
        keyPrefix: body.apiKey.slice(0, 'fpk_live_abc'.length),
        label: 'warehouse-integration',
        isActive: true,
        type: 'secret',
        format: 'opaque',
        tier: 'production',
        mode: 'live',
        createdAt: expect.stringMatching(RFC3339),
        expiresAt: expect.stringMatching(RFC3339),
        createdBy: expect.any(String),
        scopes: ['*'],
        limits: { perMinute: expect.any(Number), perHour: expect.any(Number) },
        spent: { minute: 0, hour: 0 },
      });
      expect(days(body.createdAt, body.expiresAt)).toBe(90);

      const shown = await client.call('GET', `/api/v1/keys/${body.keyId}`, bearer(owner.access));
      expect(shown.status).toBe(200);
      expect(JSON.stringify(shown.body)).not.toContain(body.apiKey);
    });

    it('tells test keys from live ones by their prefix, and keeps their data apart', async () => {
      const [live, test] = [await client.newKey(owner), await client.newKey(owner, { mode: 'test' })];
      expect(live.apiKey).toMatch(/^fpk_live_/);
      expect(test.apiKey).toMatch(/^fpk_test_/);
      const made = await client.call('POST', '/api/v1/items', apiKey(live.apiKey), { name: 'a live pallet' });
      expect(made.status).toBe(201);
      expect(made.body).toEqual({
        id: expect.stringMatching(/^item_/),
        name: 'a live pallet',
        createdAt: expect.stringMatching(RFC3339),
      });
      await client.call('POST', '/api/v1/items', apiKey(test.apiKey), { name: 'a test pallet' });
      const names = async (key: string) =>
        (await client.call('GET', '/api/v1/items', apiKey(key))).body.items.map((item: { name: string }) => item.name);
      expect(await names(live.apiKey)).toEqual(['a live pallet']);
      expect(await names(test.apiKey)).toEqual(['a test pallet']);
    });

    it('takes the key in X-Api-Key or as a bearer token, and the organization from it', async () => {
      const [mine, other] = [await client.newKey(owner), await client.newKey(await client.newOrganization())];
      await client.call('POST', '/api/v1/items', apiKey(mine.apiKey), { name: 'mine' });
      for (const headers of [apiKey(mine.apiKey), bearer(mine.apiKey), { authorization: `bearer  ${mine.apiKey}` }]) {
        const { status, body } = await client.call('GET', '/api/v1/items', headers);
        expect(status).toBe(200);
        expect(JSON.stringify(body)).toContain('mine');
      }
      expect((await client.call('GET', '/api/v1/items', apiKey(other.apiKey))).body).toEqual({ items: [] });
    });

    it("lists the organization's active keys without their values", async () => {
      const fresh = await client.newOrganization();
      const [kept, revoked] = [await client.newKey(fresh, { label: 'kept' }), await client.newKey(fresh)];
      await client.call('DELETE', `/api/v1/keys/${revoked.keyId}`, bearer(fresh.access));
      const { status, body } = await client.call('GET', '/api/v1/keys', bearer(fresh.access));
      expect(status).toBe(200);
      expect(body).toEqual({ keys: [expect.objectContaining({ keyId: kept.keyId, label: 'kept', isActive: true })] });
      expect(JSON.stringify(body)).not.toContain('apiKey');
      expect(JSON.stringify(body)).not.toContain('secretHash');
    });

    it('revokes a key, which is refused at the very next request', async () => {
      const key = await client.newKey(owner);
      expect((await client.call('GET', '/api/v1/items', apiKey(key.apiKey))).status).toBe(200);
      const revoked = await client.call('DELETE', `/api/v1/keys/${key.keyId}`, bearer(owner.access));
      expect([revoked.status, revoked.body]).toEqual([204, undefined]);

      const { status, headers, body } = await client.call('GET', '/api/v1/items', apiKey(key.apiKey));
      expect(status).toBe(401);
      expect(headers.get('content-type')).toBe('application/problem+json');
      expect(body).toEqual({
        type: 'https://developers.fractalpack.com/errors/unauthorized',
        title: 'Unauthorized',
        status: 401,
        detail: 'Invalid or revoked API key.',
        instance: expect.stringMatching(/.{8,}/),
        code: 'unauthorized',
      });
    });

    it('takes access and ID tokens of the user pool', async () => {
      for (const token of [owner.access, owner.id]) {
        expect((await client.call('GET', '/api/v1/items', bearer(token))).status).toBe(200);
      }
    });

    it('says 403 to a valid credential without permission', async () => {
      const key = await client.newKey(owner);
      expect((await client.call('GET', '/api/v1/keys', apiKey(key.apiKey))).status).toBe(403);
    });
  });
}
