import { beforeAll, describe, expect, it } from 'vitest';
import { apiKey, bearer, type Client, createClient, type Target, type Tokens } from './target.ts';

/** What keys of the several types may do, where they may be used from, and what one key can give another. */
export function describeKeyTypes(open: () => Promise<Target>) {
  describe('key types', () => {
    let client: Client;
    let owner: Tokens;
    beforeAll(async () => {
      client = createClient(await open());
      owner = await client.newOrganization();
    });

    const as = (key: { apiKey: string }) => (method: string, path: string, body?: unknown) =>
      client.call(method, path, apiKey(key.apiKey), body);
    const codeOf = ({ status, body }: { status: number; body: { code?: string } }) => [status, body.code];
    const FORBIDDEN = [403, 'insufficient_permissions'];

    it('an admin key manages keys, and does what any key does', async () => {
      const admin = as(await client.newKey(owner, { type: 'admin', label: 'operations' }));
      const created = await admin('POST', '/api/v1/keys', { label: 'made by a key' });
      expect(created.status).toBe(201);
      expect(created.body).toMatchObject({ type: 'secret', scopes: ['*'], createdBy: expect.stringMatching(/^key_/) });
      const path = `/api/v1/keys/${created.body.keyId}`;
      expect((await admin('PATCH', path, { label: 'renamed' })).body.label).toBe('renamed');
      expect((await admin('GET', '/api/v1/keys')).body.keys.map(({ label }: { label: string }) => label)).toContain(
        'renamed',
      );
      expect((await admin('GET', '/api/v1/items')).status).toBe(200);
      expect((await admin('GET', '/api/v1/organization')).status).toBe(200);
      expect((await admin('DELETE', path)).status).toBe(204);
      expect((await as(created.body)('GET', '/api/v1/items')).status).toBe(401);
    });

    it('a secret key does not, whatever its scopes', async () => {
      const secret = await client.newKey(owner);
      expect((await as(secret)('POST', '/api/v1/keys', { label: 'x' })).status).toBe(403);
    });

    it('a restricted key has the scopes it lists and no others', async () => {
      const restricted = await client.newKey(owner, { type: 'restricted', scopes: ['items:read'] });
      expect((await as(restricted)('GET', '/api/v1/items')).status).toBe(200);
      expect((await as(restricted)('POST', '/api/v1/items', { name: 'x' })).status).toBe(403);
      const widened = await client.call('PATCH', `/api/v1/keys/${restricted.keyId}`, bearer(owner.access), {
        scopes: ['*'],
      });
      expect(widened.status).toBe(422);
    });

    it('an admin key gives no scope that it does not have', async () => {
      const admin = as(
        await client.newKey(owner, { type: 'admin', scopes: ['keys:read', 'keys:write', 'items:read'] }),
      );
      expect(codeOf(await admin('POST', '/api/v1/keys', { label: 'x', scopes: ['items:write'] }))).toEqual(FORBIDDEN);
      expect(codeOf(await admin('POST', '/api/v1/keys', { label: 'x', scopes: ['*'] }))).toEqual(FORBIDDEN);
      const created = await admin('POST', '/api/v1/keys', { label: 'x' });
      expect([created.status, created.body.scopes]).toEqual([201, ['items:read']]);
      const path = `/api/v1/keys/${created.body.keyId}`;
      expect(codeOf(await admin('PATCH', path, { scopes: ['items:read', 'items:write'] }))).toEqual(FORBIDDEN);

      // Rotating shows a new secret: of a key that may more, it would be a way up.
      const mighty = await client.newKey(owner, { type: 'admin' });
      expect(codeOf(await admin('POST', `/api/v1/keys/${mighty.keyId}/rotate`))).toEqual(FORBIDDEN);
      expect((await as(mighty)('GET', '/api/v1/items')).status).toBe(200);
      expect((await admin('POST', `${path}/rotate`)).status).toBe(201);
    });

    it('an admin key gives no limits above its own, and no longer life', async () => {
      const limits = { perMinute: 500, perHour: 5_000 };
      const weak = await client.newKey(owner, { type: 'admin', limits, expiresInDays: 2 });
      const admin = as(weak);
      const beyond = { perMinute: 501, perHour: 5_000 };
      expect(codeOf(await admin('POST', '/api/v1/keys', { label: 'x', limits: beyond }))).toEqual(FORBIDDEN);
      expect(codeOf(await admin('PATCH', `/api/v1/keys/${weak.keyId}`, { limits: beyond }))).toEqual(FORBIDDEN);
      const made = await admin('POST', '/api/v1/keys', { label: 'x', limits, expiresInDays: 90 });
      expect([made.status, made.body.expiresAt]).toEqual([201, weak.expiresAt]);
      const successor = await admin('POST', `/api/v1/keys/${weak.keyId}/rotate`);
      expect([successor.status, successor.body.expiresAt]).toEqual([201, weak.expiresAt]);
    });

    it('an admin key whose limits are low makes keys with as low ones when it names none', async () => {
      const limits = { perMinute: 500, perHour: 20_000 };
      const admin = as(await client.newKey(owner, { type: 'admin', limits }));
      const made = await admin('POST', '/api/v1/keys', { label: 'x' });
      const { perHour } = (await client.call('POST', '/api/v1/keys', bearer(owner.access), { label: 'x' })).body.limits;
      expect([made.status, made.body.limits, made.body.tier]).toEqual([201, { perMinute: 500, perHour }, 'custom']);
    });

    it('an admin key frees no key that may more from its origins', async () => {
      const strong = await client.newKey(owner, { type: 'publishable', allowedOrigins: ['https://shop.example'] });
      const weak = as(await client.newKey(owner, { type: 'admin', scopes: ['keys:write'] }));
      expect(codeOf(await weak('PATCH', `/api/v1/keys/${strong.keyId}`, { allowedOrigins: null }))).toEqual(FORBIDDEN);
    });

    it('an admin key frees no stronger key from its networks', async () => {
      const strong = await client.newKey(owner, { type: 'admin', allowedCidrs: ['192.0.2.0/24'] });
      const weak = as(await client.newKey(owner, { type: 'admin', scopes: ['keys:write'] }));
      expect(codeOf(await weak('PATCH', `/api/v1/keys/${strong.keyId}`, { allowedCidrs: null }))).toEqual(FORBIDDEN);
      expect(codeOf(await weak('POST', '/api/v1/keys', { label: 'x' }))).toEqual(FORBIDDEN);
      expect((await weak('PATCH', `/api/v1/keys/${strong.keyId}`, { label: 'renamed' })).status).toBe(200);
    });

    it('a key that is bound elsewhere can be ended by whoever finds it', async () => {
      const found = await client.newKey(owner, { allowedCidrs: ['192.0.2.0/24'] });
      expect((await as(found)('GET', '/api/v1/items')).status).toBe(403);
      expect((await as(found)('POST', '/api/v1/keys/self-revoke')).status).toBe(204);
      expect((await as(found)('GET', '/api/v1/items')).status).toBe(401);
    });

    it('to a test admin key there are no live keys', async () => {
      const live = await client.newKey(owner, { label: 'live' });
      const admin = as(await client.newKey(owner, { type: 'admin', mode: 'test' }));
      const made = await admin('POST', '/api/v1/keys', { label: 'x' });
      expect([made.status, made.body.mode]).toEqual([201, 'test']);
      expect(codeOf(await admin('POST', '/api/v1/keys', { label: 'x', mode: 'live' }))).toEqual(FORBIDDEN);
      const modes = (await admin('GET', '/api/v1/keys')).body.keys.map(({ mode }: { mode: string }) => mode);
      expect(new Set(modes)).toEqual(new Set(['test']));
      const path = `/api/v1/keys/${live.keyId}`;
      for (const [method, suffix, body] of [
        ['GET', '', undefined],
        ['PATCH', '', { label: 'x' }],
        ['DELETE', '', undefined],
        ['POST', '/rotate', {}],
      ] as const) {
        expect(codeOf(await admin(method, path + suffix, body))).toEqual([404, 'not_found']);
      }
      expect((await as(live)('GET', '/api/v1/items')).status).toBe(200);
    });

    describe('a publishable key', () => {
      const publishable = (key: { apiKey: string }) => ({ 'X-Publishable-Key': key.apiKey });
      const items = (headers: Record<string, string>) => client.call('GET', '/api/v1/items', headers);

      it('reads what is public, from its own header', async () => {
        const key = await client.newKey(owner, { type: 'publishable' });
        expect(key.apiKey).toMatch(/^pk_live_/);
        expect((await items(publishable(key))).status).toBe(200);
        for (const headers of [apiKey(key.apiKey), bearer(key.apiKey), { 'X-Secret-Key': key.apiKey }]) {
          expect((await items(headers)).status).toBe(401);
        }
        const forbidden = [
          await client.call('POST', '/api/v1/items', publishable(key), { name: 'x' }),
          await client.call('POST', '/api/v1/keys/self-revoke', publishable(key)),
          await client.call('GET', '/api/v1/keys', publishable(key)),
        ];
        expect(forbidden.map(({ status }) => status)).toEqual([403, 403, 403]);
        const secret = await client.newKey(owner);
        expect((await items(publishable(secret))).status).toBe(401);
        expect((await items({ 'X-Secret-Key': secret.apiKey })).status).toBe(200);
        expect((await items({ ...publishable(key), ...apiKey(secret.apiKey) })).status).toBe(401);
      });

      it('is used from its origins alone, and keeps them when it is rotated', async () => {
        const allowedOrigins = ['https://shop.example', 'http://localhost:5173'];
        const key = await client.newKey(owner, { type: 'publishable', allowedOrigins });
        const statusFrom = async (Origin?: string, of: { apiKey: string } = key) =>
          (await items({ ...publishable(of), ...(Origin && { Origin }) })).status;
        expect(await statusFrom('https://shop.example')).toBe(200);
        expect(await statusFrom('http://localhost:5173')).toBe(200);
        expect(await statusFrom('https://evil.example')).toBe(403);
        expect(await statusFrom()).toBe(403);

        const path = `/api/v1/keys/${key.keyId}`;
        const successor = (await client.call('POST', `${path}/rotate`, bearer(owner.access))).body;
        expect(successor).toMatchObject({ type: 'publishable', allowedOrigins });
        expect(await statusFrom('https://evil.example', successor)).toBe(403);
        const freed = await client.call('PATCH', `/api/v1/keys/${successor.keyId}`, bearer(owner.access), {
          allowedOrigins: null,
        });
        expect(freed.body).not.toHaveProperty('allowedOrigins');
        expect(await statusFrom(undefined, successor)).toBe(200);
      });

      it('can have no scope that reads nothing public, and no other key has origins', async () => {
        const create = (fields: object) =>
          client.call('POST', '/api/v1/keys', bearer(owner.access), { label: 'x', ...fields });
        const fieldOf = async (fields: object) => {
          const { status, body } = await create(fields);
          return [status, body.errors?.[0].field];
        };
        expect(await fieldOf({ type: 'publishable', scopes: ['items:write'] })).toEqual([422, 'scopes.0']);
        expect(await fieldOf({ allowedOrigins: ['https://shop.example'] })).toEqual([422, 'allowedOrigins']);
        const twice = ['https://shop.example', 'https://Shop.example'];
        expect(await fieldOf({ type: 'publishable', allowedOrigins: twice })).toEqual([422, 'allowedOrigins']);
        for (const origin of ['shop.example', 'https://shop.example/', 'https://*.example', 'null', '*', '']) {
          const fields = { type: 'publishable', allowedOrigins: [origin] };
          expect([origin, ...(await fieldOf(fields))]).toEqual([origin, 422, 'allowedOrigins.0']);
        }
        const secret = await client.newKey(owner);
        const changed = await client.call('PATCH', `/api/v1/keys/${secret.keyId}`, bearer(owner.access), {
          allowedOrigins: ['https://shop.example'],
        });
        expect([changed.status, changed.body.errors[0].field]).toEqual([422, 'allowedOrigins']);
      });
    });

    it('a key is used from its networks and no others', async () => {
      const here = await client.newKey(owner, { allowedCidrs: ['2001:db8::/32', '127.0.0.0/8'] });
      expect((await as(here)('GET', '/api/v1/items')).status).toBe(200);
      const path = `/api/v1/keys/${here.keyId}`;
      const moved = await client.call('PATCH', path, bearer(owner.access), { allowedCidrs: ['192.0.2.0/24'] });
      expect(moved.body.allowedCidrs).toEqual(['192.0.2.0/24']);
      expect((await as(here)('GET', '/api/v1/items')).status).toBe(403);
      const freed = await client.call('PATCH', path, bearer(owner.access), { allowedCidrs: null });
      expect(freed.body).not.toHaveProperty('allowedCidrs');
      expect((await as(here)('GET', '/api/v1/items')).status).toBe(200);
    });

    it('a key that is bound to networks binds the keys it makes to them', async () => {
      const admin = as(await client.newKey(owner, { type: 'admin', allowedCidrs: ['127.0.0.0/8'] }));
      const made = await admin('POST', '/api/v1/keys', { label: 'x' });
      expect(made.body.allowedCidrs).toEqual(['127.0.0.0/8']);
      const within = await admin('POST', '/api/v1/keys', { label: 'x', allowedCidrs: ['127.0.0.0/16'] });
      expect(within.status).toBe(201);
      const beyond = await admin('POST', '/api/v1/keys', { label: 'x', allowedCidrs: ['0.0.0.0/0'] });
      expect(codeOf(beyond)).toEqual(FORBIDDEN);
      const freed = await admin('PATCH', `/api/v1/keys/${made.body.keyId}`, { allowedCidrs: null });
      expect(codeOf(freed)).toEqual(FORBIDDEN);
    });
  });
}
