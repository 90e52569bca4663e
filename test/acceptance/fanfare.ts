import { beforeAll, describe, expect, it } from 'vitest';
import { bearer, type Client, createClient, type Target, type Tokens } from './target.ts';

const publishable = (key: { apiKey: string }) => ({ 'X-Publishable-Key': key.apiKey });
const secret = (key: { apiKey: string }) => ({ 'X-Secret-Key': key.apiKey });

/** Fanfare's documentation, as far as it is about keys: the two of an organization, per mode, and what each may do. */
export function describeFanfare(open: () => Promise<Target>) {
  describe("Fanfare's documentation", () => {
    let client: Client;
    let owner: Tokens;
    beforeAll(async () => {
      client = createClient(await open());
      owner = await client.newOrganization();
    });

    const read = (headers: Record<string, string>) => client.call('GET', '/api/v1/items', headers);
    const write = (headers: Record<string, string>) =>
      client.call('POST', '/api/v1/items', headers, { name: 'a drop' });

    it.each([
      ['publishable', 'live', /^pk_live_[0-9A-Za-z]{48}$/],
      ['publishable', 'test', /^pk_test_[0-9A-Za-z]{48}$/],
      ['secret', 'live', /^sk_live_[0-9A-Za-z]{48}$/],
      ['secret', 'test', /^sk_test_[0-9A-Za-z]{48}$/],
    ])('has %s keys of mode %s in their format', async (type, mode, format) => {
      const key = await client.newKey(owner, { type, mode });
      expect(key.apiKey).toMatch(format);
      expect(key).toMatchObject({ type, mode, keyPrefix: key.apiKey.slice(0, 11) });
    });

    it('lets a publishable key read public resources, and write nothing', async () => {
      const key = await client.newKey(owner, { type: 'publishable' });
      const { status, headers, body } = await read(publishable(key));
      expect([status, body]).toEqual([200, { items: [] }]);
      expect(headers.get('content-type')).toBe('application/json');
      expect((await write(publishable(key))).status).toBe(403);
      expect((await client.call('GET', '/api/v1/keys', publishable(key))).status).toBe(403);
    });

    it('gives a secret key full access, write operations included', async () => {
      const key = await client.newKey(owner, { type: 'secret' });
      const written = await write(secret(key));
      expect([written.status, written.body]).toEqual([
        201,
        { id: expect.any(String), name: 'a drop', createdAt: expect.any(String) },
      ]);
      expect((await read(secret(key))).body.items).toContainEqual(written.body);
      // What is written with a secret key is what the publishable one of the same organization and mode reads.
      const browser = await client.newKey(owner, { type: 'publishable' });
      expect((await read(publishable(browser))).body.items).toContainEqual(written.body);
    });

    it('takes each key in its own header, and never two', async () => {
      const [browser, server] = [await client.newKey(owner, { type: 'publishable' }), await client.newKey(owner)];
      const wrong = [
        { 'X-Publishable-Key': server.apiKey },
        { 'X-Secret-Key': browser.apiKey },
        { ...publishable(browser), ...secret(server) },
        { 'X-Secret-Key': server.apiKey.replace('sk_', 'pk_') },
        {},
      ];
      for (const headers of wrong) {
        const { status, headers: answered, body } = await read(headers);
        expect([status, answered.get('content-type')]).toEqual([401, 'application/problem+json']);
        expect(body).toMatchObject({
          type: 'urn:fanfare:error:unauthorized',
          title: 'Unauthorized',
          status: 401,
          detail: 'The key or token is missing or invalid.',
          code: 'unauthorized',
        });
      }
    });

    it('keeps what is written with test keys from live ones', async () => {
      const test = await client.newKey(owner, { mode: 'test' });
      const { body: item } = await write(secret(test));
      const live = await client.newKey(owner, { type: 'publishable', mode: 'live' });
      const sandbox = await client.newKey(owner, { type: 'publishable', mode: 'test' });
      expect((await read(publishable(live))).body.items).not.toContainEqual(item);
      expect((await read(publishable(sandbox))).body.items).toContainEqual(item);
    });

    it('rotates both keys, and refuses the old ones from the next request on', async () => {
      for (const [type, header] of [
        ['publishable', publishable],
        ['secret', secret],
      ] as const) {
        const old = await client.newKey(owner, { type });
        expect((await read(header(old))).status).toBe(200);
        const rotated = await client.call('POST', `/api/v1/keys/${old.keyId}/rotate`, bearer(owner.access));
        expect(rotated.body).toMatchObject({ type, replaces: old.keyId });
        expect((await read(header(old))).status).toBe(401);
        expect((await read(header(rotated.body))).status).toBe(200);
      }
    });
  });
}
