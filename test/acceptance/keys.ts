import { beforeAll, describe, expect, it } from 'vitest';
import {
  apiKey,
  bearer,
  type Client,
  createClient,
  inParallel,
  secondsOfOneMinute,
  type Target,
  type Tokens,
} from './target.ts';

/** The key operations beyond what the documentation prints: limits of their input, and of whom they serve. */
export function describeKeys(open: () => Promise<Target>) {
  describe('the key operations', () => {
    let client: Client;
    let owner: Tokens;
    beforeAll(async () => {
      client = createClient(await open());
      owner = await client.newOrganization();
    });

    const asOwner = (method: string, path: string, body?: unknown) =>
      client.call(method, path, bearer(owner.access), body);
    const works = async (key: string) => (await client.call('GET', '/api/v1/items', apiKey(key))).status;

    it('serve /api/v1/api-keys alike', async () => {
      const created = await asOwner('POST', '/api/v1/api-keys', { label: 'by the other name' });
      expect(created.status).toBe(201);
      const path = `/api/v1/api-keys/${created.body.keyId}`;
      expect((await asOwner('GET', path)).body.label).toBe('by the other name');
      expect((await asOwner('DELETE', path)).status).toBe(204);
      expect(await works(created.body.apiKey)).toBe(401);
    });

    it('change label and scopes', async () => {
      const key = await client.newKey(owner);
      const changed = await asOwner('PATCH', `/api/v1/keys/${key.keyId}`, { label: 'renamed', scopes: ['items:read'] });
      expect(changed.status).toBe(200);
      expect(changed.body).toMatchObject({ keyId: key.keyId, label: 'renamed', scopes: ['items:read'] });
      expect((await asOwner('GET', `/api/v1/keys/${key.keyId}`)).body).toEqual(changed.body);
    });

    it('give a key the limits of a tier, or its own', async () => {
      const limitsOf = async (fields: Record<string, unknown>) => {
        const { status, body } = await asOwner('POST', '/api/v1/keys', { label: 'limited', ...fields });
        expect(status).toBe(201);
        return body.limits;
      };
      const own = { perMinute: 5_000, perHour: 70_000 };
      expect(await limitsOf({ limits: own })).toEqual(own);
      expect(await limitsOf({ tier: 'development' })).toEqual(await limitsOf({ mode: 'test' }));
      expect(await limitsOf({ mode: 'test', tier: 'production' })).toEqual(await limitsOf({}));
    });

    it('change limits, which the next request obeys, within a second for a key that is being refused', async () => {
      const key = await client.newKey(owner, { limits: { perMinute: 2, perHour: 100 } });
      await secondsOfOneMinute(10);
      const statuses = async (count: number) => inParallel(count, 1, () => works(key.apiKey));
      expect(await statuses(4)).toEqual([200, 200, 429, 429]);
      const raised = await asOwner('PATCH', `/api/v1/keys/${key.keyId}`, { limits: { perMinute: 4, perHour: 100 } });
      expect(raised.body.limits).toEqual({ perMinute: 4, perHour: 100 });
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      expect(await statuses(3)).toEqual([200, 200, 429]);
      await asOwner('PATCH', `/api/v1/keys/${key.keyId}`, { tier: 'production' });
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      expect(await statuses(1)).toEqual([200]);
      await asOwner('PATCH', `/api/v1/keys/${key.keyId}`, { limits: { perMinute: 1, perHour: 1 } });
      expect(await statuses(1)).toEqual([429]);
    });

    it('say when a key was last used', async () => {
      const key = await client.newKey(owner);
      expect((await asOwner('GET', `/api/v1/keys/${key.keyId}`)).body).not.toHaveProperty('lastUsedAt');
      await works(key.apiKey);
      const { lastUsedAt } = (await asOwner('GET', `/api/v1/keys/${key.keyId}`)).body;
      expect(Math.abs(Date.parse(lastUsedAt) - Date.now())).toBeLessThan(60_000);
    });

    it('rotate at once, and name both keys', async () => {
      const old = await client.newKey(owner, {
        label: 'rotating',
        mode: 'test',
        scopes: ['items:read'],
        expiresInDays: 7,
      });
      const { status, body } = await asOwner('POST', `/api/v1/keys/${old.keyId}/rotate`);
      expect(status).toBe(201);
      expect(body).toMatchObject({ label: 'rotating', mode: 'test', scopes: ['items:read'], replaces: old.keyId });
      expect(body.apiKey).toMatch(/^fpk_test_/);
      expect(body.keyId).not.toBe(old.keyId);
      expect(Date.parse(body.expiresAt) - Date.parse(body.createdAt)).toBe(7 * 86_400_000);
      expect([await works(old.apiKey), await works(body.apiKey)]).toEqual([401, 200]);
      const shown = (await asOwner('GET', `/api/v1/keys/${old.keyId}`)).body;
      expect(shown).toMatchObject({ isActive: false, replacedBy: body.keyId });
      expect((await asOwner('POST', `/api/v1/keys/${old.keyId}/rotate`)).body.code).toBe('key_inactive');
    });

    it('rotate with a grace once', async () => {
      const old = await client.newKey(owner);
      const path = `/api/v1/keys/${old.keyId}/rotate`;
      const first = await asOwner('POST', path, { graceSeconds: 600 });
      expect(first.status).toBe(201);
      expect([await works(old.apiKey), await works(first.body.apiKey)]).toEqual([200, 200]);
      const second = await asOwner('POST', path, { graceSeconds: 600 });
      expect([second.status, second.body.code]).toEqual([409, 'key_already_rotated']);
      expect((await asOwner('DELETE', `/api/v1/keys/${old.keyId}`)).status).toBe(204);
      expect([await works(old.apiKey), await works(first.body.apiKey)]).toEqual([401, 200]);
    });

    it('leave one successor when many rotate at once', async () => {
      const fresh = await client.newOrganization();
      const old = await client.newKey(fresh);
      const rotations = await Promise.all(
        Array.from({ length: 5 }, () => client.call('POST', `/api/v1/keys/${old.keyId}/rotate`, bearer(fresh.access))),
      );
      expect(rotations.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409, 409]);
      expect((await client.call('GET', '/api/v1/keys', bearer(fresh.access))).body.keys).toHaveLength(1);
    });

    it('revoke once and again, and for good', async () => {
      const key = await client.newKey(owner);
      const path = `/api/v1/keys/${key.keyId}`;
      expect((await asOwner('DELETE', path)).status).toBe(204);
      expect((await asOwner('DELETE', path)).status).toBe(204);
      const patched = await asOwner('PATCH', path, { label: 'back' });
      expect([patched.status, patched.body.code]).toEqual([409, 'key_inactive']);
      const { body } = await asOwner('GET', path);
      expect(body).toMatchObject({ isActive: false, revokedAt: expect.any(String), label: 'a key' });
    });

    it('let a key revoke itself, and only a key', async () => {
      const key = await client.newKey(owner);
      expect((await client.call('POST', '/api/v1/keys/self-revoke', apiKey(key.apiKey))).status).toBe(204);
      expect(await works(key.apiKey)).toBe(401);
      expect((await asOwner('POST', '/api/v1/keys/self-revoke')).status).toBe(403);
    });

    it('page through the list, with inactive keys on demand', async () => {
      const fresh = await client.newOrganization();
      const keys = [];
      for (let n = 0; n < 5; n++) keys.push(await client.newKey(fresh, { label: `key ${n}` }));
      await client.call('DELETE', `/api/v1/keys/${keys[1]?.keyId}`, bearer(fresh.access));
      const walk = async (query: string) => {
        const ids: string[] = [];
        let cursor = '';
        do {
          const { body } = await client.call('GET', `/api/v1/keys?limit=2${query}${cursor}`, bearer(fresh.access));
          expect(body.keys.length).toBeLessThanOrEqual(2);
          ids.push(...body.keys.map(({ keyId }: { keyId: string }) => keyId));
          cursor = body.nextCursor ? `&cursor=${encodeURIComponent(body.nextCursor)}` : '';
        } while (cursor);
        return ids;
      };
      const ids = keys.map(({ keyId }) => keyId);
      const active = ids.filter((_, n) => n !== 1);
      expect((await walk('')).toSorted()).toEqual(active.toSorted());
      const all = await walk('&includeInactive=true');
      expect(all.toSorted()).toEqual(ids.toSorted());
      expect(all.at(-1)).toBe(ids[1]);
    });

    it('show and change no key of another organization', async () => {
      const stranger = await client.newOrganization();
      const key = await client.newKey(owner);
      const path = `/api/v1/keys/${key.keyId}`;
      for (const [method, suffix, body] of [
        ['GET', '', undefined],
        ['PATCH', '', { label: 'stolen' }],
        ['DELETE', '', undefined],
        ['POST', '/rotate', {}],
      ] as const) {
        const answer = await client.call(method, path + suffix, bearer(stranger.access), body);
        expect([method, answer.status, answer.body.code]).toEqual([method, 404, 'not_found']);
      }
      expect(await works(key.apiKey)).toBe(200);
      expect((await asOwner('GET', path)).body.label).toBe('a key');
    });

    describe('refuse', () => {
      it.each<[string, unknown, string]>([
        ['no label', {}, 'label'],
        ['an empty label', { label: ' ' }, 'label'],
        ['a long label', { label: 'x'.repeat(101) }, 'label'],
        ['an unknown mode', { label: 'x', mode: 'prod' }, 'mode'],
        ['an expiry of 0 days', { label: 'x', expiresInDays: 0 }, 'expiresInDays'],
        ['an expiry of 3,651 days', { label: 'x', expiresInDays: 3_651 }, 'expiresInDays'],
        ['an expiry of a day and a half', { label: 'x', expiresInDays: 1.5 }, 'expiresInDays'],
        ['no scopes at all', { label: 'x', scopes: [] }, 'scopes'],
        ['what is no scope', { label: 'x', scopes: ['Everything'] }, 'scopes.0'],
        ['a scope that no route has', { label: 'x', scopes: ['items:read', 'items:burn'] }, 'scopes.1'],
        ['a scope that no key can have', { label: 'x', scopes: ['keys:write'] }, 'scopes.0'],
        ['a scope twice', { label: 'x', scopes: ['items:read', 'items:read'] }, 'scopes'],
        ['an unknown type', { label: 'x', type: 'root' }, 'type'],
        ['a restricted key without scopes', { label: 'x', type: 'restricted' }, 'scopes'],
        ['a restricted key with all scopes', { label: 'x', type: 'restricted', scopes: ['*'] }, 'scopes'],
        ['a CIDR that is none', { label: 'x', allowedCidrs: ['192.0.2.0/24', '10.0.0.0/33'] }, 'allowedCidrs.1'],
        ['an address for a CIDR', { label: 'x', allowedCidrs: ['192.0.2.1'] }, 'allowedCidrs.0'],
        ['no CIDR at all', { label: 'x', allowedCidrs: [] }, 'allowedCidrs'],
        ['an unknown tier', { label: 'x', tier: 'enterprise' }, 'tier'],
        ['a limit of 0', { label: 'x', limits: { perMinute: 0, perHour: 10 } }, 'limits.perMinute'],
        ['a limit above the highest', { label: 'x', limits: { perMinute: 600_001, perHour: 10 } }, 'limits.perMinute'],
        ['half of the limits', { label: 'x', limits: { perMinute: 10 } }, 'limits.perHour'],
        ['tier and limits', { label: 'x', tier: 'production', limits: { perMinute: 1, perHour: 1 } }, 'limits'],
        ['an unknown field', { label: 'x', admin: true }, 'admin'],
        ['a list', [], ''],
      ])('%s', async (_, body, field) => {
        const answer = await asOwner('POST', '/api/v1/keys', body);
        expect(answer.status).toBe(422);
        expect(answer.body).toMatchObject({ status: 422, code: 'validation_failed' });
        expect(answer.body.errors.map((error: { field: string }) => error.field)).toEqual([field]);
      });

      it('a body that is no JSON, and one that does not say it is', async () => {
        const malformed = await asOwner('POST', '/api/v1/keys', '{"label": ');
        expect([malformed.status, malformed.body.code]).toEqual([400, 'malformed_body']);
        const headers = { ...bearer(owner.access), 'Content-Type': 'text/plain' };
        const untyped = await client.call('POST', '/api/v1/keys', headers, '{"label": "x"}');
        expect([untyped.status, untyped.body.code]).toEqual([415, 'unsupported_media_type']);
      });

      it.each([
        'limit=0',
        'limit=101',
        'limit=x',
        'cursor=garbage',
        'limit=1&limit=2',
        'color=red',
        'includeInactive=1',
      ])('the query %s', async (query) => {
        const { status, body } = await asOwner('GET', `/api/v1/keys?${query}`);
        expect([status, body.code]).toEqual([422, 'validation_failed']);
      });

      it('a rotation with a grace that is none', async () => {
        const key = await client.newKey(owner);
        for (const graceSeconds of [-1, 2_592_001, '60']) {
          const { status } = await asOwner('POST', `/api/v1/keys/${key.keyId}/rotate`, { graceSeconds });
          expect(status).toBe(422);
        }
        expect(await works(key.apiKey)).toBe(200);
      });

      it('to change nothing', async () => {
        const key = await client.newKey(owner);
        expect((await asOwner('PATCH', `/api/v1/keys/${key.keyId}`, {})).status).toBe(422);
      });

      it.each(['key_0000000000', 'key_x', 'nothing', 'key_00000000000'])('the id %s', async (keyId) => {
        expect((await asOwner('GET', `/api/v1/keys/${keyId}`)).status).toBe(404);
        expect((await asOwner('DELETE', `/api/v1/keys/${keyId}`)).status).toBe(404);
      });
    });
  });
}
