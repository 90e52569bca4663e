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

/** Usage that is tracked and read, and widgets. */
export function describeUsage(open: () => Promise<Target>) {
  describe('usage', () => {
    let target: Target;
    let client: Client;
    let owner: Tokens;
    beforeAll(async () => {
      target = await open();
      client = createClient(target);
      owner = await client.newOrganization();
    });

    const track = (key: string, fields: object = {}, headers: Record<string, string> = {}) => {
      const event = { meter_token: 'calls', customer_external_id: 'cust_1', quantity: 1, ...fields };
      return client.call('POST', '/api/v1/sdk/track', { ...apiKey(key), ...headers }, event);
    };
    const read = async (credential: Record<string, string>, query = '') => {
      const { status, body } = await client.call('GET', `/api/v1/usage?${query}`, credential);
      expect(status).toBe(200);
      return body as { usage: Record<string, unknown>[]; from: string; to: string; nextCursor?: string };
    };
    const named = (name: string) => ({ 'Idempotency-Key': name });

    it('is added up by day, meter, customer and key', async () => {
      const [one, two] = [await client.newKey(owner), await client.newKey(owner)];
      for (const [key, fields] of [
        [one, { quantity: 2 }],
        [one, { customer_external_id: 'cust_2', quantity: 0.5 }],
        [two, { meter_token: 'bytes', quantity: 1e12 }],
        [two, {}],
      ] as const) {
        expect((await track(key.apiKey, fields)).status).toBe(201);
      }
      const today = new Date().toISOString().slice(0, 10);
      const all = await read(bearer(owner.access));
      expect(all).toMatchObject({ to: today, usage: [{ day: today, quantity: 1e12 + 3.5, events: 4 }] });
      expect((await read(bearer(owner.access), 'by=meter,customer')).usage).toEqual([
        { meter_token: 'bytes', customer_external_id: 'cust_1', quantity: 1e12, events: 1 },
        { meter_token: 'calls', customer_external_id: 'cust_1', quantity: 3, events: 2 },
        { meter_token: 'calls', customer_external_id: 'cust_2', quantity: 0.5, events: 1 },
      ]);
      expect((await read(apiKey(one.apiKey), `by=key&keyId=${one.keyId}`)).usage).toEqual([
        { keyId: one.keyId, quantity: 2.5, events: 2 },
      ]);
      const first = await read(bearer(owner.access), 'by=customer&limit=1');
      const rest = await read(bearer(owner.access), `by=customer&limit=1&cursor=${first.nextCursor}`);
      expect([first.usage, rest.usage].flat().map((row) => row.customer_external_id)).toEqual(['cust_1', 'cust_2']);
      expect(rest.nextCursor).toBeUndefined();
      expect((await read(bearer(owner.access), 'from=2020-01-01&to=2020-12-31')).usage).toEqual([]);
    });

    it('counts an event once, however often and at once it is sent, by whichever key', async () => {
      const owner = await client.newOrganization();
      const [key, next] = [await client.newKey(owner), await client.newKey(owner)];
      const sent = await inParallel(20, target.concurrency, () => track(key.apiKey, { quantity: 7 }, named('event-1')));
      expect(new Set(sent.map(({ status }) => status))).toEqual(new Set([201]));
      expect(new Set(sent.map(({ body }) => body.created_at)).size).toBe(1);
      expect((await track(next.apiKey, { quantity: 7 }, named('event-1'))).body).toEqual(sent[0]?.body);
      expect((await read(bearer(owner.access), 'by=key')).usage).toEqual([
        { keyId: key.keyId, quantity: 7, events: 1 },
      ]);
      expect((await track(key.apiKey, {}, named('event 1'))).status).toBe(422);
      const other = await track(key.apiKey, { quantity: 8 }, named('event-1'));
      expect([other.status, other.body.code]).toEqual([422, 'idempotency_key_reused']);
      expect(
        (await track((await client.newKey(await client.newOrganization())).apiKey, {}, named('event-1'))).status,
      ).toBe(201);
    });

    it('counts all of what is sent at once', async () => {
      const owner = await client.newOrganization();
      const key = await client.newKey(owner);
      await inParallel(120, target.concurrency, () => track(key.apiKey, { quantity: 0.1 }));
      expect((await read(bearer(owner.access))).usage).toMatchObject([{ quantity: 12, events: 120 }]);
    });

    it('pages through names of any length', async () => {
      const owner = await client.newOrganization();
      const { apiKey: key } = await client.newKey(owner);
      const customers = ['a', 'b', 'c'].map((name) => name.repeat(200));
      for (const customer_external_id of customers) {
        await track(key, { meter_token: 'm'.repeat(200), customer_external_id });
      }
      const found: unknown[] = [];
      for (let cursor = ''; ; ) {
        const page = await read(apiKey(key), `by=day,meter,customer,key&limit=1${cursor && `&cursor=${cursor}`}`);
        found.push(...page.usage.map((row) => row.customer_external_id));
        if (page.nextCursor === undefined) break;
        cursor = page.nextCursor;
      }
      expect(found).toEqual(customers);
    });

    it('of test keys is apart from that of live ones', async () => {
      const owner = await client.newOrganization();
      const key = await client.newKey(owner, { mode: 'test' });
      await track(key.apiKey);
      expect((await read(bearer(owner.access))).usage).toEqual([]);
      expect((await read(bearer(owner.access), 'mode=test')).usage).toHaveLength(1);
      expect((await read(apiKey(key.apiKey))).usage).toHaveLength(1);
      expect((await client.call('GET', '/api/v1/usage?mode=live', apiKey(key.apiKey))).status).toBe(403);
    });

    it('refuses what it cannot count or add up, and says which field', async () => {
      const { apiKey: key } = await client.newKey(owner);
      for (const quantity of [-1, 1e13, 0.1234567, '1']) {
        const { status, body } = await track(key, { quantity });
        expect([status, body.errors[0].field]).toEqual([422, 'quantity']);
      }
      for (const [query, field] of [
        ['by=week', 'by.0'],
        ['by=day,day', 'by'],
        ['from=2026-02-30', 'from'],
        ['from=2026-02-02&to=2026-02-01', 'to'],
        ['from=2020-01-01&to=2026-01-01', 'from'],
        ['from=0000-01-01', 'from'],
        ['cursor=bm9uZQ', 'cursor'],
      ]) {
        const { status, body } = await client.call('GET', `/api/v1/usage?${query}`, apiKey(key));
        expect([status, body.errors?.[0]?.field]).toEqual([422, field]);
      }
    });

    describe('a widget', () => {
      const mint = (key: string, fields: object = { customer_external_id: 'cust_1' }) =>
        client.call('POST', '/api/v1/widget/token', apiKey(key), fields);
      const tokenOf = async (key: string, fields?: object) => {
        const { status, body } = await mint(key, fields);
        expect(status).toBe(201);
        return bearer(body.token);
      };

      it('sees the usage of its customer, and of nobody else', async () => {
        const owner = await client.newOrganization();
        const { apiKey: key } = await client.newKey(owner);
        await track(key, { quantity: 2 });
        await track(key, { quantity: 3, customer_external_id: 'cust_2' });
        const widget = await tokenOf(key);
        expect((await read(widget, 'by=customer')).usage).toEqual([
          { customer_external_id: 'cust_1', quantity: 2, events: 1 },
        ]);
        expect((await read(widget, 'customer_external_id=cust_1')).usage).toMatchObject([{ quantity: 2 }]);
        const other = await client.call('GET', '/api/v1/usage?customer_external_id=cust_2', widget);
        expect([other.status, other.body.code]).toEqual([403, 'insufficient_permissions']);
        const tracked = await client.call('POST', '/api/v1/sdk/track', widget, {});
        expect(tracked.status).toBe(403);
      });

      it('cannot take the names that its server gives to events, nor those of other customers', async () => {
        const owner = await client.newOrganization();
        const { apiKey: key } = await client.newKey(owner);
        const page = (customer: string) => tokenOf(key, { customer_external_id: customer, scopes: ['usage.write'] });
        const send = async (credential: Record<string, string>, customer: string, quantity: number) => {
          const event = { meter_token: 'calls', customer_external_id: customer, quantity };
          const headers = { ...credential, ...named('invoice-42') };
          return (await client.call('POST', '/api/v1/sdk/track', headers, event)).status;
        };
        expect(await send(await page('mallory'), 'mallory', 0)).toBe(201);
        expect(await send(await page('victim'), 'victim', 5)).toBe(201);
        expect(await send(apiKey(key), 'victim', 1_000)).toBe(201);
        expect(await send(await page('mallory'), 'mallory', 1)).toBe(422);
        expect((await read(apiKey(key), 'by=customer')).usage).toEqual([
          { customer_external_id: 'mallory', quantity: 0, events: 1 },
          { customer_external_id: 'victim', quantity: 1_005, events: 2 },
        ]);
      });

      it('does nothing else: no route that is not for widgets, and no further token', async () => {
        const { apiKey: key } = await client.newKey(owner);
        const widget = await tokenOf(key);
        for (const [method, path] of [
          ['GET', '/api/v1/items'],
          ['POST', '/api/v1/widget/token'],
          ['POST', '/api/v1/keys/self-revoke'],
          ['GET', '/api/v1/keys'],
          ['GET', '/api/v1/audit-events'],
        ] as const) {
          expect((await client.call(method, path, widget, method === 'POST' ? {} : undefined)).status).toBe(403);
        }
        for (const header of ['X-Api-Key', 'X-Publishable-Key']) {
          const { status } = await client.call('GET', '/api/v1/usage', { [header]: widget.Authorization.slice(7) });
          expect(status).toBe(401);
        }
        const cookie = { Cookie: `access_token=${widget.Authorization.slice(7)}` };
        expect((await client.call('GET', '/api/v1/usage', cookie)).status).toBe(401);
      });

      it('has no more than its key, at each request', async () => {
        const reader = await client.newKey(owner, { type: 'restricted', scopes: ['usage.write', 'usage.read'] });
        const widget = await tokenOf(reader.apiKey);
        await read(widget);
        const scopes = { scopes: ['usage.write'] };
        await client.call('PATCH', `/api/v1/keys/${reader.keyId}`, bearer(owner.access), scopes);
        expect((await client.call('GET', '/api/v1/usage', widget)).status).toBe(403);
        const wanted = { customer_external_id: 'cust_1', scopes: ['usage.read'] };
        expect((await mint(reader.apiKey, wanted)).status).toBe(403);
        for (const scope of ['items:read', '*', 'keys:write']) {
          const { status, body } = await mint(reader.apiKey, { ...wanted, scopes: [scope] });
          expect([status, body.errors[0].field]).toEqual([422, 'scopes']);
        }
        const publishable = await client.newKey(owner, { type: 'publishable' });
        const refused = await client.call(
          'POST',
          '/api/v1/widget/token',
          { 'X-Publishable-Key': publishable.apiKey },
          wanted,
        );
        expect(refused.status).toBe(403);
        const exposed = { ...apiKey(reader.apiKey), Origin: 'https://shop.example' };
        expect((await client.call('POST', '/api/v1/widget/token', exposed, wanted)).status).toBe(403);
      });

      it('is dead when its key is, and counts against its limits', async () => {
        await secondsOfOneMinute(10);
        const limited = await client.newKey(owner, { limits: { perMinute: 3, perHour: 100 } });
        const widget = await tokenOf(limited.apiKey);
        const answers = [
          await client.call('GET', '/api/v1/usage', widget),
          await client.call('GET', '/api/v1/usage', widget),
        ];
        const last = await client.call('GET', '/api/v1/usage', apiKey(limited.apiKey));
        expect([...answers.map(({ status }) => status), last.status]).toEqual([200, 200, 429]);

        const key = await client.newKey(owner);
        const other = await tokenOf(key.apiKey);
        await read(other);
        expect((await client.call('DELETE', `/api/v1/keys/${key.keyId}`, bearer(owner.access))).status).toBe(204);
        expect((await client.call('GET', '/api/v1/usage', other)).status).toBe(401);
      });
    });
  });
}
