import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { mintKey } from '../../lambdas/core/key-format.ts';
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

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Who gets in, who does not, and what they are told. */
export function describeAuthorizer(open: () => Promise<Target>) {
  describe('the authorizer', () => {
    let target: Target;
    let client: Client;
    let owner: Tokens;
    let key: string;
    beforeAll(async () => {
      target = await open();
      client = createClient(target);
      owner = await client.newOrganization();
      key = (await client.newKey(owner)).apiKey;
    });

    const get = (headers: Record<string, string>, path = '/api/v1/items') => client.call('GET', path, headers);
    const expectDenial = (body: unknown, code: string, detail: string) => {
      expect(body).toMatchObject(
        target.printsDenials
          ? { type: `https://developers.fractalpack.com/errors/${code}`, title: 'Forbidden', status: 403, code, detail }
          : { title: 'Forbidden', status: 403 },
      );
    };

    describe('answers 401', () => {
      const forged = () => mintKey('fpk', 'live', randomBytes).apiKey;
      const cases: Record<string, () => Record<string, string>> = {
        'without a credential': () => ({}),
        'to an empty key': () => apiKey(''),
        'to a key of another shape': () => apiKey('sk_live_123'),
        'to a key with a wrong checksum': () => apiKey(key.slice(0, -1) + (key.endsWith('a') ? 'b' : 'a')),
        'to a well-formed key that was never issued': () => apiKey(forged()),
        'to the id of a key with another secret': () => {
          const other = forged();
          return apiKey(key.slice(0, 19) + other.slice(19));
        },
        'to the basic scheme': () => ({ Authorization: `Basic ${Buffer.from('a:b').toString('base64')}` }),
        'to a bearer token that is nothing': () => bearer('nothing'),
        'to a JWT in the key header': () => apiKey(owner.access),
        'to a JWT without signature': () => bearer(owner.access.split('.').slice(0, 2).join('.')),
        'to a JWT whose claims were changed': () => {
          const parts = owner.access.split('.');
          return bearer([parts[0], base64url({ sub: 'x', exp: 9_999_999_999 }), parts[2]].join('.'));
        },
        'to a JWT of algorithm none': () => {
          const parts = owner.access.split('.');
          return bearer(`${base64url({ alg: 'none', typ: 'JWT' })}.${parts[1]}.`);
        },
        'to two credentials': () => ({ ...apiKey(key), ...bearer(owner.access) }),
        'to the same key twice': () => ({ ...apiKey(key), ...bearer(key) }),
      };
      it.each(Object.entries(cases))('%s', async (_, headersOf) => {
        const { status, headers, body } = await get(headersOf());
        expect(status).toBe(401);
        expect(headers.get('www-authenticate')).toBe('Bearer');
        expect(headers.get('cache-control')).toBe('no-store');
        expect(body).toMatchObject({ status: 401, code: 'unauthorized', detail: 'Invalid or revoked API key.' });
      });

      it('to a key past its expiry', async () => {
        const old = await client.newKey(owner);
        const rotated = await client.call('POST', `/api/v1/keys/${old.keyId}/rotate`, bearer(owner.access), {
          graceSeconds: 2,
        });
        expect(rotated.status).toBe(201);
        expect((await get(apiKey(old.apiKey))).status).toBe(200);
        await new Promise((resolve) => setTimeout(resolve, 2_100));
        expect((await get(apiKey(old.apiKey))).status).toBe(401);
        expect((await get(apiKey(rotated.body.apiKey))).status).toBe(200);
      });
    });

    describe('answers 403', () => {
      it('to a key where only members and admin keys may go', async () => {
        const { status, headers, body } = await get(apiKey(key), '/api/v1/keys');
        expect(status).toBe(403);
        expect(headers.get('content-type')).toBe('application/problem+json');
        expectDenial(body, 'insufficient_permissions', 'This operation is not open to API keys of this type.');
      });

      it('naming the scope that a key lacks, until the key has it', async () => {
        const reader = await client.newKey(owner, { scopes: ['items:read'] });
        const write = () => client.call('POST', '/api/v1/items', apiKey(reader.apiKey), { name: 'x' });
        expect((await get(apiKey(reader.apiKey))).status).toBe(200);
        const { status, body } = await write();
        expect(status).toBe(403);
        expectDenial(body, 'insufficient_permissions', 'The scope items:write is required.');
        const scopes = ['items:read', 'items:write'];
        await client.call('PATCH', `/api/v1/keys/${reader.keyId}`, bearer(owner.access), { scopes });
        expect((await write()).status).toBe(201);
      });

      it('to a member without an organization', async () => {
        const { access } = await client.newMember();
        const { status, body } = await get(bearer(access));
        expect(status).toBe(403);
        expectDenial(body, 'no_organization', 'You belong to no organization yet. Create one first.');
      });
    });

    describe('answers 404', () => {
      it.each([
        ['GET', '/api/v1/nothing'],
        ['GET', '/'],
        ['PUT', '/api/v1/items'],
        ['DELETE', '/api/v1/keys'],
        ['GET', '/api/v1/keys/self-revoke'],
      ])('to %s %s, with and without a credential', async (method, path) => {
        for (const headers of [{}, bearer(owner.access), apiKey(key)]) {
          const { status, body } = await client.call(method, path, headers);
          expect(status).toBe(404);
          expect(body).toMatchObject({ status: 404, code: 'not_found', detail: 'There is no such operation.' });
        }
      });
    });

    describe('limits', () => {
      it('lets exactly 100 of 300 through on a limit of 100', async () => {
        const key = await client.newKey(owner, { limits: { perMinute: 100, perHour: 1_000 } });
        await secondsOfOneMinute(30);
        const answers = await inParallel(300, target.concurrency, () => get(apiKey(key.apiKey)));
        const count = (status: number) => answers.filter((answer) => answer.status === status).length;
        expect([count(200), count(429)]).toEqual([100, 200]);
      });

      it('lets exactly the limit through, however many come at once, and says what is left', async () => {
        const test = await client.newKey(owner, { mode: 'test' });
        await secondsOfOneMinute(20);
        const limit = target.testLimit;
        const answers = await inParallel(3 * limit, target.concurrency, () => get(apiKey(test.apiKey)));
        const [passed, limited] = [200, 429].map((status) => answers.filter((answer) => answer.status === status));
        expect(passed).toHaveLength(limit);
        expect(limited).toHaveLength(2 * limit);

        const left = passed?.map(({ headers }) => Number(/"minute";r=(\d+)/.exec(headers.get('ratelimit') ?? '')?.[1]));
        expect(left?.toSorted((a, b) => a - b)).toEqual(Array.from({ length: limit }, (_, index) => index));
        const { headers, body } = limited?.[0] ?? expect.unreachable();
        expect(body).toMatchObject({ status: 429, code: 'rate_limited', title: 'Too Many Requests' });
        expect(body.retry_after).toBe(Number(headers.get('retry-after')));
        expect(body.retry_after).toBeGreaterThan(0);
        expect(body.retry_after).toBeLessThanOrEqual(60);
        expect(headers.get('ratelimit')).toMatch(/^"minute";r=0;t=\d+, "hour";r=\d+;t=\d+$/);
        expect(headers.get('ratelimit-policy')).toMatch(new RegExp(`^"minute";q=${limit};w=60, "hour";q=\\d+;w=3600$`));

        // Whoever holds a key may kill it, most of all while somebody else is hammering it.
        const killed = await client.call('POST', '/api/v1/keys/self-revoke', apiKey(test.apiKey));
        expect(killed.status).toBe(204);
        await new Promise((resolve) => setTimeout(resolve, 1_100));
        expect((await get(apiKey(test.apiKey))).status).toBe(401);
      });
    });

    it('lets none of many racing requests in once the revocation is answered', async () => {
      const victim = await client.newKey(owner);
      await secondsOfOneMinute(30);
      let revoked = false;
      const racing = inParallel(target.racing, Math.min(25, target.concurrency), async () => {
        const after = revoked;
        const { status } = await get(apiKey(victim.apiKey));
        return { after, status };
      });
      await new Promise((resolve) => setTimeout(resolve, 50));
      const { status } = await client.call('DELETE', `/api/v1/keys/${victim.keyId}`, bearer(owner.access));
      expect(status).toBe(204);
      revoked = true;

      const outcomes = await racing;
      expect(outcomes).toHaveLength(target.racing);
      const after = outcomes.filter((outcome) => outcome.after);
      expect(after.length).toBeGreaterThan(100);
      expect(new Set(after.map((outcome) => outcome.status))).toEqual(new Set([401]));
      expect(outcomes.some((outcome) => outcome.status === 200)).toBe(true);
    });
  });
}
