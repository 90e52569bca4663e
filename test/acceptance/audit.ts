import { beforeAll, describe, expect, it } from 'vitest';
import { apiKey, bearer, type Client, createClient, type Target, type Tokens } from './target.ts';

interface Event {
  readonly eventId: string;
  readonly action: string;
  readonly outcome: string;
  readonly [name: string]: unknown;
}

/** Who changed what. */
export function describeAudit(open: () => Promise<Target>) {
  describe('the audit log', () => {
    let target: Target;
    let client: Client;
    let owner: Tokens;
    beforeAll(async () => {
      target = await open();
      client = createClient(target);
      owner = await client.newOrganization('Acme');
    });

    const list = async (query = '', { access } = owner) => {
      const { status, body } = await client.call('GET', `/api/v1/audit-events?${query}`, bearer(access));
      expect(status).toBe(200);
      return body as { auditEvents: Event[]; nextCursor?: string };
    };
    const events = async (query = '', tokens = owner) => (await list(query, tokens)).auditEvents;

    it('says who did what, to what, from where, and how it went', async () => {
      const { keyId } = await client.newKey(owner, { label: 'warehouse', mode: 'test' });
      const [event] = await events('action=key.create');
      expect(event).toEqual({
        eventId: expect.stringMatching(/^evt_[0-9A-Za-z]{16}$/),
        at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        action: 'key.create',
        actor: { type: 'member', id: expect.any(String), role: 'owner' },
        mode: 'live',
        created: keyId,
        outcome: 'succeeded',
        details: { label: 'warehouse', mode: 'test' },
        address: expect.any(String),
        device: expect.any(String),
        requestId: expect.any(String),
      });
      await client.call('POST', `/api/v1/keys/${keyId}/rotate`, bearer(owner.access), { graceSeconds: 60 });
      const [rotated] = await events(`target=${keyId}`);
      expect(rotated).toMatchObject({
        action: 'key.rotate',
        details: { graceSeconds: 60 },
        created: expect.any(String),
      });
    });

    it('begins with the organization, and has what was refused', async () => {
      const tokens = await client.newOrganization('Begun');
      await client.call('DELETE', '/api/v1/keys/key_0000000000', bearer(tokens.access));
      await client.call('PATCH', '/api/v1/organization', bearer(tokens.access), { name: 'Renamed' });
      const found = await events('', tokens);
      expect(found.map(({ action, outcome, code }) => [action, outcome, code])).toEqual([
        ['organization.update', 'succeeded', undefined],
        ['key.revoke', 'failed', 'not_found'],
        ['organization.create', 'succeeded', undefined],
      ]);
      expect(found.at(-1)).toMatchObject({ details: { name: 'Begun' } });
      expect((await events('outcome=failed', tokens)).map(({ action }) => action)).toEqual(['key.revoke']);
    });

    it('names a key that did something, its own end too', async () => {
      const admin = await client.newKey(owner, { type: 'admin' });
      const made = await client.call('POST', '/api/v1/keys', apiKey(admin.apiKey), { label: 'by a key' });
      expect(made.status).toBe(201);
      await client.call('POST', '/api/v1/keys/self-revoke', apiKey(admin.apiKey));
      expect(await events(`actor=${admin.keyId}`)).toMatchObject([
        { action: 'key.revoke', actor: { type: 'key', id: admin.keyId }, outcome: 'succeeded' },
        { action: 'key.create', created: made.body.keyId },
      ]);
    });

    it('pages, newest first, and knows times', async () => {
      const all = await events('limit=100');
      const walked: Event[] = [];
      for (let cursor = ''; ; ) {
        const page = await list(`limit=2${cursor && `&cursor=${cursor}`}`);
        walked.push(...page.auditEvents);
        if (page.nextCursor === undefined) break;
        cursor = page.nextCursor;
      }
      expect(walked).toEqual(all);
      const times = all.map(({ at }) => String(at));
      expect(times).toEqual(times.toSorted().reverse());
      const second = encodeURIComponent(times[1] ?? '');
      expect(await events(`from=${second}`)).toEqual(all.filter(({ at }) => String(at) >= (times[1] ?? '')));
      expect(await events(`to=${second}&limit=1`)).toEqual([all.find(({ at }) => String(at) <= (times[1] ?? ''))]);
      for (const query of [
        'action=key',
        'from=yesterday',
        'limit=0',
        'cursor=bm9uZQ',
        'outcome=ok',
        'page=2',
        `from=${second}&to=2020-01-01T00:00:00Z`,
      ]) {
        expect((await client.call('GET', `/api/v1/audit-events?${query}`, bearer(owner.access))).status).toBe(422);
      }
    });

    it('has no secret in it, whatever was sent', async () => {
      const { apiKey: key } = await client.newKey(owner, { type: 'admin' });
      const secret = 'Do-not-keep-this-1';
      const sent = { clientIds: ['abc'], scopes: ['*'], proof: secret };
      await client.call('PUT', '/api/v1/organization/user-pools/us-east-1_abc', bearer(owner.access), sent);
      await client.call('POST', '/api/v1/keys', apiKey(key), { label: 'x', password: secret });
      const text = JSON.stringify(await events('limit=100'));
      expect(text).toContain('user_pool.register');
      expect(text).not.toContain(secret);
      expect(text).not.toContain(key);
      expect(text).not.toContain(owner.access);
      // A key that is given in the place of its id.
      await client.call('DELETE', `/api/v1/keys/${key}`, bearer(owner.access));
      const [misplaced] = await events('action=key.revoke&outcome=failed');
      expect(misplaced?.target).toBe(key.slice(0, 12));
    });

    it('has what a server changes of a consumer, by the names of what changed', async () => {
      const tokens = await client.newOrganization();
      const { apiKey: key, keyId } = await client.newKey(tokens);
      const say = (email: string, attributes: object) =>
        client.call('POST', '/api/v1/consumer/exchange-codes', apiKey(key), { externalId: 'e1', email, attributes });
      expect((await say('a@example.com', { plan: 'free' })).status).toBe(201);
      expect((await say('a@example.com', { plan: 'free' })).status).toBe(201);
      expect((await say('b@example.com', { plan: 'pro' })).status).toBe(201);
      expect(await events('action=consumer.update', tokens)).toMatchObject([
        {
          actor: { type: 'key', id: keyId },
          target: expect.stringMatching(/^con_/),
          details: { changed: ['email', 'attributes'] },
          outcome: 'succeeded',
        },
      ]);
    });

    it('keeps an event small, whatever is sent', async () => {
      const tokens = await client.newOrganization();
      const label = '漢'.repeat(3_000);
      await client.call('POST', '/api/v1/keys', bearer(tokens.access), { label, type: 'secret' });
      const [event] = await events('action=key.create', tokens);
      expect(event).toMatchObject({ outcome: 'failed', code: 'validation_failed', details: { type: 'secret' } });
      expect(JSON.stringify(event?.details)).toBe('{"type":"secret"}');
    });

    it('is for owners and admins of the organization, and for no key', async () => {
      const stranger = await client.newOrganization('Other');
      expect((await events('', stranger)).map(({ action }) => action)).toEqual(['organization.create']);
      const admin = await client.newKey(owner, { type: 'admin' });
      expect((await client.call('GET', '/api/v1/audit-events', apiKey(admin.apiKey))).status).toBe(403);
      expect((await client.call('GET', '/api/v1/audit-events')).status).toBe(401);
    });
  });
}
