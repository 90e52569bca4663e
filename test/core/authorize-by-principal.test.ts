import { beforeEach, describe, expect, it } from 'vitest';
import { fractalpack } from '../../lambdas/contract/profile.ts';
import type { ProtectedRoute } from '../../lambdas/contract/routes.ts';
import type { UnverifiedCredential } from '../../lambdas/core/authorize.ts';
import { UnavailableError } from '../../lambdas/core/errors.ts';
import { bearer, OWN_ORIGIN, routes, SESSION, START, SUBJECT, World } from './authorizer-world.ts';

describe('authorize, by who asks,', () => {
  let world: World;
  beforeEach(() => {
    world = new World();
  });

  describe('a member', () => {
    it('is told to create an organization, and may do everything in their own', async () => {
      expect(await world.ask(bearer('a.valid.jwt'))).toMatchObject({
        outcome: 'denied',
        context: { code: 'no_organization' },
      });
      expect(await world.ask(bearer('a.valid.jwt'), 'POST', '/api/v1/organization')).toMatchObject({
        outcome: 'allowed',
        principalId: SUBJECT,
      });
      await world.stores.joinOrganization(
        SUBJECT,
        { organizationId: 'org_1', role: 'owner' },
        fractalpack.memberLimits,
        world.now / 1_000,
      );
      expect(await world.ask(bearer('a.valid.jwt'))).toMatchObject({
        outcome: 'allowed',
        principalId: SUBJECT,
        context: { principalType: 'member', organizationId: 'org_1', role: 'owner', mode: 'live', scopes: '*' },
      });
    });

    it('is let in with a sign-in since all were ended, and refused with one from before', async () => {
      expect((await world.ask(bearer('a.valid.jwt'), 'GET', '/api/v1/auth/me')).outcome).toBe('allowed');
      await world.stores.refuseSignIns(SUBJECT, START - 61_000, fractalpack.memberLimits);
      expect((await world.ask(bearer('a.valid.jwt'), 'GET', '/api/v1/auth/me')).outcome).toBe('allowed');
      await world.stores.refuseSignIns(SUBJECT, START - 60_000, fractalpack.memberLimits);
      for (let n = 0; n < 2; n++) {
        expect(await world.ask(bearer('a.valid.jwt'), 'GET', '/api/v1/auth/me')).toMatchObject({
          outcome: 'unauthorized',
          reason: 'outdated',
        });
      }
    });

    it('is not let in by a token that nobody vouches for', async () => {
      expect((await world.ask(bearer('another.valid.jwt'))).outcome).toBe('unauthorized');
    });
  });

  describe('a widget', () => {
    const token = 'a.widget.jwt';
    async function widgetOf(fields: Parameters<World['newKey']>[0] = {}, scopes = ['usage.read']) {
      const { record } = await world.newKey(fields);
      world.proven.set(token, { type: 'widget', id: record.id, customer: 'cust_1', scopes });
      return record;
    }
    const ask = (more: object = {}) => world.ask(bearer(token), 'GET', '/api/v1/usage', '/api/v1/usage', more);

    it('is spent from its key, by one write, and told of its customer', async () => {
      const key = await widgetOf();
      expect(await ask()).toMatchObject({
        outcome: 'allowed',
        principalId: `key_${key.id}`,
        context: { principalType: 'widget', customer: 'cust_1', scopes: 'usage.read', organizationId: 'org_1' },
      });
      expect(world.observed.spends).toHaveLength(1);
      expect((await world.stores.getKey(key))?.counters).toEqual(expect.objectContaining({ h493116: 1 }));
    });

    it('may do no more than its token says, and its key still may', async () => {
      await widgetOf({}, ['usage.read', 'keys:write']);
      expect((await world.ask(bearer(token))).outcome).toBe('denied');
      expect((await world.ask(bearer(token), 'POST', '/api/v1/sdk/track')).outcome).toBe('denied');
      const key = await widgetOf({ scopes: ['usage.read'] }, ['usage.read', 'usage.write']);
      expect((await ask()).outcome).toBe('allowed');
      expect((await world.ask(bearer(token), 'POST', '/api/v1/sdk/track')).outcome).toBe('denied');
      await world.stores.updateKey(key, { scopes: ['items:read'] }, world.now / 1_000);
      expect((await ask()).outcome).toBe('denied');
    });

    it('works where its key does, and is dead when that is', async () => {
      const key = await widgetOf({ allowedCidrs: ['192.0.2.0/24'] });
      expect((await ask()).outcome).toBe('allowed');
      expect(await ask({ sourceIp: '198.51.100.1' })).toMatchObject({ context: { code: 'address_not_allowed' } });
      await world.stores.revokeKey(key, world.now / 1_000);
      expect(await ask()).toMatchObject({ outcome: 'unauthorized', reason: 'revoked' });
      await widgetOf({ expiresAt: world.now / 1_000 });
      expect(await ask()).toMatchObject({ outcome: 'unauthorized', reason: 'expired' });
      world.proven.set(token, { type: 'widget', id: '0000000000', customer: 'cust_1', scopes: ['usage.read'] });
      expect(await ask()).toMatchObject({ outcome: 'unauthorized', reason: 'unknown' });
    });

    it('comes as a bearer token alone', async () => {
      await widgetOf();
      for (const source of ['key-header', 'publishable-key-header', 'cookie'] as const) {
        expect((await world.ask({ source, text: token }, 'GET', '/api/v1/usage')).outcome).toBe('unauthorized');
      }
    });
  });

  describe('a publishable key', () => {
    const inItsHeader = (text: string) => ({ source: 'publishable-key-header' as const, text });

    it('stands in its own header, and a secret one does not', async () => {
      const { apiKey } = await world.newKey({ type: 'publishable' });
      const secret = await world.newKey();
      expect((await world.ask(inItsHeader(apiKey))).outcome).toBe('allowed');
      for (const credential of [apiKey, bearer(apiKey), inItsHeader(secret.apiKey)]) {
        expect(await world.ask(credential)).toEqual({ outcome: 'unauthorized', reason: 'malformed' });
      }
    });

    it('reads what is public, and does nothing else', async () => {
      const { apiKey } = await world.newKey({ type: 'publishable' });
      for (const [method, path] of [
        ['POST', '/api/v1/items'],
        ['GET', '/api/v1/keys'],
        ['POST', '/api/v1/keys/self-revoke'],
        ['GET', '/api/v1/organization'],
        ['GET', '/v1/widgets'],
      ] as const) {
        const decision = await world.ask(inItsHeader(apiKey), method, path);
        expect(decision).toMatchObject({ outcome: 'denied', context: { code: 'insufficient_permissions' } });
      }
    });

    it('is used from its origins alone, when it lists any', async () => {
      const { apiKey } = await world.newKey({ type: 'publishable', allowedOrigins: ['https://shop.example'] });
      const from = (origin?: string) =>
        world.ask(inItsHeader(apiKey), 'GET', '/api/v1/items', '/api/v1/items', origin === undefined ? {} : { origin });
      expect((await from('https://shop.example')).outcome).toBe('allowed');
      for (const origin of [undefined, '', 'null', 'http://shop.example', 'https://shop.example.evil.example']) {
        expect(await from(origin)).toMatchObject({ outcome: 'denied', context: { code: 'origin_not_allowed' } });
      }
    });
  });

  describe('a consumer', () => {
    const open = (fields: object) =>
      world.stores.insertSession({
        id: SESSION,
        kind: 'consumer',
        status: 'active',
        subject: 'con_1',
        organizationId: 'org_1',
        mode: 'test',
        scopes: ['items:read'],
        limits: fractalpack.consumers.limits,
        createdAt: START / 1_000,
        expiresAt: START / 1_000 + 3_600,
        ...fields,
      });
    const token = bearer('a.consumer.jwt');
    const order = () => world.ask(token, 'POST', '/v1/orders');

    it('is let in by the access token of their session, with its scopes, in its mode', async () => {
      await open({});
      const context = {
        principalType: 'consumer',
        organizationId: 'org_1',
        mode: 'test',
        scopes: 'items:read',
        sessionId: SESSION,
      };
      expect(await world.ask(token)).toMatchObject({ outcome: 'allowed', principalId: 'con_1', context });
      expect((await order()).outcome).toBe('allowed');
      expect(await world.ask(token, 'GET', '/api/v1/keys')).toMatchObject({
        outcome: 'denied',
        context: { detail: 'This operation is not open to consumers.' },
      });
    });

    it('is told from a guest, who gets in only where guests do', async () => {
      await open({ guest: true });
      expect(await world.ask(token)).toMatchObject({ outcome: 'allowed', context: { guest: true } });
      expect(await order()).toMatchObject({
        outcome: 'denied',
        context: { detail: 'This operation is not open to guests.' },
      });
    });

    it('is nobody by a token whose session is a member s, nor a member by one of theirs, nor in a cookie', async () => {
      await open({});
      const cookie = { source: 'cookie', text: 'a.consumer.jwt' } as const;
      expect(await world.ask(cookie)).toMatchObject({ outcome: 'unauthorized' });
      for (let n = 0; n < 2; n++) {
        expect(await world.ask(bearer('a.session.jwt'))).toMatchObject({ outcome: 'unauthorized', reason: 'unknown' });
      }
      expect((await world.ask(token)).outcome).toBe('allowed');
    });
  });

  describe('without a credential', () => {
    const config = (credential?: UnverifiedCredential, sourceIp = '192.0.2.1') =>
      world.ask(credential, 'GET', '/config.json', '/config.json', { sourceIp });

    it('is let in where none is needed, up to the limit of the address', async () => {
      for (let request = 1; request <= 600; request++) {
        expect(await config()).toMatchObject({
          outcome: 'allowed',
          principalId: '192.0.2.1',
          context: { principalType: 'anonymous', scopes: '' },
        });
      }
      expect(await config()).toMatchObject({ outcome: 'allowed', context: { limited: true, retryAfter: 50 } });
      expect((await config(undefined, '192.0.2.2')).outcome).toBe('allowed');
    });

    it('counts an IPv6 network as one', async () => {
      await config(undefined, '2001:db8::1');
      expect(await config(undefined, '2001:db8::2')).toMatchObject({
        principalId: '2001:db8:0:0::/64',
        context: { rateLimit: '"minute";r=598;t=50, "hour";r=9998;t=3590' },
      });
    });

    it('is what a credential counts as where none is needed: a stale one keeps nobody out', async () => {
      for (const credential of [bearer('a.stale.jwt'), { source: 'key-header', text: 'fpk_live_' } as const]) {
        expect(await config(credential)).toMatchObject({ outcome: 'allowed', principalId: '192.0.2.1' });
      }
    });

    it('is refused everywhere else, and a bad credential is not the same as none', async () => {
      const open: ProtectedRoute = { ...(routes.at(-1) as ProtectedRoute), principals: ['key', 'anonymous'] };
      world.authorize = world.newContainer([...routes.slice(0, -1), open]);
      expect((await world.ask(undefined, 'GET', '/v1/widgets')).outcome).toBe('allowed');
      expect((await world.ask('fpk_live_', 'GET', '/v1/widgets')).outcome).toBe('unauthorized');
      expect((await world.ask(bearer('a.stale.jwt'), 'GET', '/v1/widgets')).outcome).toBe('unauthorized');
      expect(await world.ask(undefined)).toEqual({ outcome: 'unauthorized', reason: 'no_credential' });
    });

    it('is no worse than a sign-in without an organization', async () => {
      const open: ProtectedRoute = { ...(routes.at(-1) as ProtectedRoute), principals: ['member', 'anonymous'] };
      world.authorize = world.newContainer([...routes.slice(0, -1), open]);
      expect((await world.ask(bearer('a.valid.jwt'), 'GET', '/v1/widgets')).outcome).toBe('allowed');
    });

    it('is not let in when the address is not known', async () => {
      await expect(config(undefined, '')).rejects.toThrow(UnavailableError);
    });
  });

  describe('a session', () => {
    const inCookie = { source: 'cookie' as const, text: 'a.session.jwt' };
    beforeEach(() =>
      world.stores.insertSession({
        id: SESSION,
        status: 'active',
        subject: SUBJECT,
        organizationId: 'org_1',
        role: 'owner',
        limits: fractalpack.memberLimits,
        createdAt: START / 1_000,
        expiresAt: START / 1_000 + 600,
      }),
    );

    it('is the member that it is of, in one store operation', async () => {
      for (const credential of [inCookie, bearer('a.session.jwt')]) {
        expect(await world.ask(credential)).toMatchObject({
          outcome: 'allowed',
          principalId: SUBJECT,
          context: { principalType: 'member', organizationId: 'org_1', role: 'owner', scopes: '*', sessionId: SESSION },
        });
      }
      expect(world.observed.spends).toHaveLength(2);
    });

    it('ends at the next request, and when its time is over', async () => {
      await world.ask(inCookie);
      world.now += 600_000;
      expect(await world.ask(inCookie)).toMatchObject({ outcome: 'unauthorized', reason: 'expired' });
      world.now = START;
      world.authorize = world.newContainer();
      await world.ask(inCookie);
      await world.stores.revokeSession(SESSION, START / 1_000);
      expect(await world.ask(inCookie)).toMatchObject({ outcome: 'unauthorized', reason: 'revoked' });
    });

    it('by cookie changes something from a page of the API itself alone', async () => {
      const create = (more: { origin?: string; fetchSite?: string }, credential: UnverifiedCredential = inCookie) =>
        world.ask(credential, 'POST', '/api/v1/items', '/api/v1/items', more);
      expect((await create({ origin: OWN_ORIGIN })).outcome).toBe('allowed');
      expect((await create({ fetchSite: 'same-origin' })).outcome).toBe('allowed');
      for (const more of [
        {},
        { origin: 'https://evil.example' },
        { origin: 'null', fetchSite: 'cross-site' },
        { fetchSite: 'same-site' },
        { fetchSite: 'none' },
      ]) {
        expect(await create(more)).toMatchObject({ outcome: 'denied', context: { code: 'origin_not_allowed' } });
        expect((await create(more, bearer('a.session.jwt'))).outcome).toBe('allowed');
      }
      expect((await world.ask(inCookie)).outcome).toBe('allowed');
    });

    it('is all that a cookie can be', async () => {
      const { apiKey } = await world.newKey();
      for (const text of [apiKey, 'a.valid.jwt', '42e4d5e0-78a2-4e41-af78-e9571a8331df', '']) {
        expect((await world.ask({ source: 'cookie', text })).outcome).toBe('unauthorized');
      }
      expect((await world.ask('a.session.jwt')).outcome).toBe('unauthorized');
    });
  });
});
