import { beforeAll, describe, expect, it } from 'vitest';
import { bearer, type Client, createClient, type Target } from './target.ts';

/** Organizations, and what anybody may ask. */
export function describeService(open: () => Promise<Target>) {
  let target: Target;
  let client: Client;
  beforeAll(async () => {
    target = await open();
    client = createClient(target);
  });

  describe('organizations', () => {
    it('are made by a member who has none, and are theirs', async () => {
      const { access } = await client.newMember();
      const created = await client.call('POST', '/api/v1/organization', bearer(access), { name: ' Acme ' });
      expect(created.status).toBe(201);
      expect(created.body).toEqual({
        id: expect.stringMatching(/^org_[0-9A-Za-z]{16}$/),
        name: 'Acme',
        role: 'owner',
        createdAt: expect.any(String),
      });
      const shown = await client.call('GET', '/api/v1/organization', bearer(access));
      expect([shown.status, shown.body]).toEqual([200, created.body]);
    });

    it('are made once, however often one asks', async () => {
      const { access } = await client.newMember();
      const answers = await Promise.all(
        Array.from({ length: 5 }, () => client.call('POST', '/api/v1/organization', bearer(access), { name: 'Acme' })),
      );
      expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409, 409]);
      const refused = answers.find(({ status }) => status === 409);
      expect(refused?.body).toMatchObject({ code: 'organization_exists', title: 'Conflict' });
    });

    it('need a name', async () => {
      const { access } = await client.newMember();
      for (const body of [{}, { name: '' }, { name: 'x'.repeat(101) }, { name: 'x', plan: 'free' }]) {
        expect((await client.call('POST', '/api/v1/organization', bearer(access), body)).status).toBe(422);
      }
    });
  });

  describe('public routes', () => {
    it('say that the API is up', async () => {
      const { status, body } = await client.call('GET', '/health');
      expect([status, body]).toEqual([200, { status: 'ok' }]);
    });

    it('say what they take and answer, for pages of any origin and for five minutes', async () => {
      const { status, headers, body } = await client.call('GET', '/openapi.json');
      expect([status, headers.get('content-type')]).toEqual([200, 'application/json']);
      expect(headers.get('cache-control')).toBe('public, max-age=300');
      expect(headers.get('access-control-allow-origin')).toBe('*');
      expect(body.openapi).toBe('3.1.0');
      const { post, get } = body.paths['/api/v1/items'];
      expect([post.operationId, get.operationId]).toEqual(['createItem', 'listItems']);
      expect(body.servers[0].url).toMatch(/^https?:\/\/[^/]+(?:\/[^/]+)*$/);
    });

    it('say where members sign in', async () => {
      const { status, body } = await client.call('GET', '/config.json');
      expect(status).toBe(200);
      expect(body).toMatchObject({
        clientId: expect.any(String),
        cognitoEndpoint: expect.any(String),
        region: expect.any(String),
        userPoolId: expect.any(String),
        profile: 'fractalpack',
        tiers: { development: { perMinute: target.testLimit, perHour: 1_000 } },
        sampleRequest: '/api/v1/items',
      });
      const restricted = body.keyTypes.find(({ type }: { type: string }) => type === 'restricted');
      expect(restricted.scopes).toEqual(expect.arrayContaining(['items:read', 'usage.write']));
      expect(restricted.scopes).not.toContain('keys:write');
    });
  });

  describe('items', () => {
    it('page in order', async () => {
      const { access } = await client.newOrganization();
      for (const name of ['one', 'two', 'three']) {
        await client.call('POST', '/api/v1/items', bearer(access), { name });
      }
      const names: string[] = [];
      let cursor = '';
      do {
        const { body } = await client.call('GET', `/api/v1/items?limit=1${cursor}`, bearer(access));
        names.push(...body.items.map((item: { name: string }) => item.name));
        cursor = body.nextCursor ? `&cursor=${body.nextCursor}` : '';
      } while (cursor);
      expect(names.toSorted()).toEqual(['one', 'three', 'two']);
      expect((await client.call('GET', '/api/v1/items?cursor=x', bearer(access))).status).toBe(422);
      expect((await client.call('POST', '/api/v1/items', bearer(access), { name: '' })).status).toBe(422);
    });
  });
}
