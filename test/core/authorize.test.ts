import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fractalpack } from '../../lambdas/contract/profile.ts';
import type { ProtectedRoute } from '../../lambdas/contract/routes.ts';
import { allRoutes, protectedRoutes } from '../../lambdas/contract/routes.ts';
import { createAuthorizer, type UnverifiedCredential } from '../../lambdas/core/authorize.ts';
import { toBase62 } from '../../lambdas/core/base62.ts';
import { crc32 } from '../../lambdas/core/crc32.ts';
import { UnavailableError } from '../../lambdas/core/errors.ts';
import { mintKey, toPublicId } from '../../lambdas/core/key-format.ts';
import type { KeyRecord, PrincipalStore, Spend, SpendOutcome } from '../../lambdas/core/ports.ts';
import { isAllowed } from '../../local/gateway.ts';
import { createMemoryStores, type Stores } from '../stores/memory-store.ts';

const STAGE = 'arn:aws:execute-api:us-east-1:123456789012:api/prod';
const START = Date.UTC(2026, 3, 3, 12, 0, 10);
const SUBJECT = '11111111-2222-3333-4444-555555555555';

const routes: ProtectedRoute[] = [
  ...protectedRoutes(allRoutes),
  { method: 'GET', path: '/v1/widgets', principals: ['key'], scopes: [], limited: 'deny' },
];

/** A store that counts what it is asked, and fails on demand. */
function observe(stores: Stores) {
  const spends: Spend[] = [];
  let failure: Error | undefined;
  let answer: SpendOutcome | undefined;
  const dropCounters = vi.fn(stores.dropCounters);
  const principals: PrincipalStore = {
    dropCounters,
    async spend(spend) {
      spends.push(spend);
      if (failure) throw failure;
      return answer ?? stores.spend(spend);
    },
  };
  return {
    principals,
    spends,
    dropCounters,
    fail: (error: Error | undefined) => {
      failure = error;
    },
    answerWith: (outcome: SpendOutcome | undefined) => {
      answer = outcome;
    },
  };
}

describe('authorize', () => {
  let now: number;
  let stores: Stores;
  let observed: ReturnType<typeof observe>;
  let authorize: ReturnType<typeof createAuthorizer>;
  beforeEach(() => {
    now = START;
    stores = createMemoryStores();
    observed = observe(stores);
    authorize = newContainer();
  });

  /** Another Lambda container, with its own memory. */
  const newContainer = (table = routes) =>
    createAuthorizer({
      profile: fractalpack,
      routes: table,
      principals: observed.principals,
      tokens: {
        verify: async (token) =>
          token === 'a.valid.jwt' ? { type: 'member', id: SUBJECT, signedInAt: START / 1_000 - 60 } : undefined,
      },
      clock: { now: () => now },
      ownOrigin: 'https://api.example.com',
    });

  async function newKey(fields: Partial<KeyRecord> = {}) {
    const prefix = fractalpack.keyPrefixes[fields.type ?? 'secret'];
    const { apiKey, ...minted } = mintKey(prefix, fields.mode ?? 'live', randomBytes);
    const record: KeyRecord = {
      ...minted,
      organizationId: 'org_1',
      status: 'active',
      type: 'secret',
      format: 'opaque',
      mode: 'live',
      label: 'x',
      scopes: ['*'],
      limits: { perMinute: 100, perHour: 1_000 },
      createdAt: START / 1_000,
      createdBy: SUBJECT,
      version: 1,
      ...fields,
    };
    await stores.insertKey(record);
    return { record, apiKey };
  }

  const ask = (
    credential: UnverifiedCredential | string | undefined,
    method = 'GET',
    resource = '/api/v1/items',
    path = resource,
    more: { sourceIp?: string; origin?: string; fetchSite?: string } = {},
  ) =>
    authorize({
      presented: typeof credential === 'string' ? { source: 'key-header', text: credential } : (credential ?? 'none'),
      method,
      resource,
      methodArn: `${STAGE}/${method}${path}`,
      sourceIp: '192.0.2.1',
      origin: undefined,
      fetchSite: undefined,
      ...more,
    });
  const bearer = (text: string) => ({ source: 'bearer' as const, text });

  it('makes one store operation for a request, the first and every other', async () => {
    const { apiKey, record } = await newKey();
    for (let request = 1; request <= 5; request++) {
      expect(await ask(apiKey)).toMatchObject({
        outcome: 'allowed',
        principalId: toPublicId(record.id),
        context: {
          principalType: 'key',
          organizationId: 'org_1',
          mode: 'live',
          scopes: '*',
          rateLimit: `"minute";r=${100 - request};t=50, "hour";r=${1_000 - request};t=3590`,
        },
      });
      expect(observed.spends).toHaveLength(request);
    }
  });

  it('costs no store operation to refuse what was never a credential', async () => {
    const { apiKey } = await newKey();
    for (const credential of [undefined, '', 'fpk_live_', `${apiKey.slice(0, -1)}!`, 'a.valid.jwt', bearer('a.b.c')]) {
      expect((await ask(credential)).outcome).toBe('unauthorized');
    }
    expect(observed.spends).toHaveLength(0);
  });

  it('lets exactly the limit of 100 of 300 concurrent requests through, over three containers', async () => {
    const { apiKey } = await newKey();
    const containers = [newContainer(), newContainer(), newContainer()];
    const decisions = await Promise.all(
      Array.from({ length: 300 }, (_, n) => {
        authorize = containers[n % 3] as typeof authorize;
        return ask(apiKey);
      }),
    );
    const passed = decisions.filter((one) => one.outcome === 'allowed' && one.context.limited !== true);
    const limited = decisions.filter((one) => one.outcome === 'allowed' && one.context.limited === true);
    expect([passed.length, limited.length]).toEqual([100, 200]);
  });

  describe('once a key is revoked', () => {
    it('refuses the next request, and those after it from memory', async () => {
      const { apiKey, record } = await newKey();
      expect((await ask(apiKey)).outcome).toBe('allowed');
      await stores.revokeKey(record, now / 1_000);
      for (let request = 0; request < 3; request++) {
        expect(await ask(apiKey)).toEqual({
          outcome: 'unauthorized',
          reason: 'revoked',
          principalId: toPublicId(record.id),
        });
      }
      expect(observed.spends).toHaveLength(2);
    });

    it('lets none of 1,000 racing requests in that began after it', async () => {
      const { apiKey, record } = await newKey({ limits: { perMinute: 5_000, perHour: 5_000 } });
      let revoked = false;
      const outcomes = await Promise.all(
        Array.from({ length: 1_000 }, async (_, n) => {
          await new Promise((resolve) => setImmediate(resolve));
          if (n === 500) {
            await stores.revokeKey(record, now / 1_000);
            revoked = true;
          }
          const after = revoked;
          return { after, outcome: (await ask(apiKey)).outcome };
        }),
      );
      const after = outcomes.filter((one) => one.after);
      expect(after.length).toBeGreaterThan(400);
      expect(new Set(after.map((one) => one.outcome))).toEqual(new Set(['unauthorized']));
    });
  });

  it('refuses guesses at the secret of a key, which is not shut out by them, and asks about one of them', async () => {
    const { apiKey, record } = await newKey();
    const guess = async () => {
      const other = mintKey('fpk', 'live', randomBytes).apiKey;
      const text = `fpk_live_${record.id}${other.slice(19, -6)}`;
      return ask(text + toBase62(crc32(text), 6));
    };
    for (let n = 0; n < 20; n++) {
      expect(await guess()).toEqual({ outcome: 'unauthorized', reason: 'unknown', principalId: toPublicId(record.id) });
    }
    expect(observed.spends).toHaveLength(1);
    expect((await ask(apiKey)).outcome).toBe('allowed');
    expect(observed.spends).toHaveLength(2);
    expect((await guess()).outcome).toBe('unauthorized');
    expect(observed.spends).toHaveLength(2);
  });

  it('refuses a key from the second that its expiry names', async () => {
    const { apiKey } = await newKey({ expiresAt: START / 1_000 + 1 });
    now = START + 999;
    expect((await ask(apiKey)).outcome).toBe('allowed');
    now = START + 1_000;
    expect(await ask(apiKey)).toMatchObject({ outcome: 'unauthorized', reason: 'expired' });
  });

  describe('over the limit', () => {
    const limited = async (apiKey: string) => {
      const decision = await ask(apiKey);
      return decision.outcome === 'allowed' && decision.context.limited === true;
    };

    it('asks the store once a second, however hard it is hammered', async () => {
      const { apiKey } = await newKey({ limits: { perMinute: 1, perHour: 100 } });
      expect(await limited(apiKey)).toBe(false);
      for (let request = 0; request < 50; request++) expect(await limited(apiKey)).toBe(true);
      expect(observed.spends).toHaveLength(2);
      now += 1_000;
      for (let request = 0; request < 50; request++) expect(await limited(apiKey)).toBe(true);
      expect(observed.spends).toHaveLength(3);
    });

    it('lets requests through again with the next minute, even within that second', async () => {
      const { apiKey } = await newKey({ limits: { perMinute: 1, perHour: 100 } });
      now = Date.UTC(2026, 3, 3, 12, 0, 59, 500);
      await limited(apiKey);
      expect(await limited(apiKey)).toBe(true);
      now += 500;
      expect(await limited(apiKey)).toBe(false);
    });

    it('names the hour when it is the hour', async () => {
      const { apiKey } = await newKey({ limits: { perMinute: 5, perHour: 1 } });
      await ask(apiKey);
      expect(await ask(apiKey)).toMatchObject({ context: { limited: true, retryAfter: 3_590 } });
    });

    it('denies where the function behind would not know', async () => {
      const { apiKey } = await newKey({ limits: { perMinute: 1, perHour: 9 } });
      const widgets = () => ask(apiKey, 'GET', '/v1/widgets');
      expect((await widgets()).outcome).toBe('allowed');
      expect(await widgets()).toMatchObject({
        outcome: 'denied',
        policy: { Statement: [{ Effect: 'Deny' }] },
        context: { code: 'rate_limited', detail: 'Rate limit exceeded.', retryAfter: 50 },
      });
    });

    it('still lets a key revoke itself', async () => {
      const { apiKey } = await newKey({ limits: { perMinute: 1, perHour: 9 } });
      await ask(apiKey);
      expect(await limited(apiKey)).toBe(true);
      const decision = await ask(apiKey, 'POST', '/api/v1/keys/self-revoke');
      expect(decision).toMatchObject({ outcome: 'allowed' });
      expect(decision).not.toHaveProperty('context.limited');
    });

    it('lets a revoked key do nothing, not even that', async () => {
      const { apiKey, record } = await newKey({ limits: { perMinute: 1, perHour: 9 } });
      await ask(apiKey);
      expect(await limited(apiKey)).toBe(true);
      await stores.revokeKey(record, now / 1_000);
      expect((await ask(apiKey, 'POST', '/api/v1/keys/self-revoke')).outcome).toBe('unauthorized');
      expect((await ask(apiKey)).outcome).toBe('unauthorized');
    });
  });

  it('obeys changed scopes at the next request', async () => {
    const { apiKey, record } = await newKey({ scopes: ['items:read'] });
    const create = () => ask(apiKey, 'POST');
    expect(await create()).toMatchObject({
      outcome: 'denied',
      context: { detail: 'The scope items:write is required.' },
    });
    await stores.updateKey(record, { scopes: ['items:write'] }, now / 1_000);
    expect((await create()).outcome).toBe('allowed');
    expect(await ask(apiKey)).toMatchObject({
      outcome: 'denied',
      context: { detail: 'The scope items:read is required.' },
    });
  });

  describe('a member', () => {
    it('is told to create an organization, and may do everything in their own', async () => {
      expect(await ask(bearer('a.valid.jwt'))).toMatchObject({
        outcome: 'denied',
        context: { code: 'no_organization' },
      });
      expect(await ask(bearer('a.valid.jwt'), 'POST', '/api/v1/organization')).toMatchObject({
        outcome: 'allowed',
        principalId: SUBJECT,
      });
      await stores.joinOrganization(SUBJECT, 'org_1', 'owner', fractalpack.memberLimits, now / 1_000);
      expect(await ask(bearer('a.valid.jwt'))).toMatchObject({
        outcome: 'allowed',
        principalId: SUBJECT,
        context: { principalType: 'member', organizationId: 'org_1', role: 'owner', mode: 'live', scopes: '*' },
      });
    });

    it('is refused with an old sign-in, and let in with a new one', async () => {
      expect((await ask(bearer('a.valid.jwt'), 'GET', '/api/v1/auth/me')).outcome).toBe('allowed');
      await stores.refuseSignIns(SUBJECT, START / 1_000 - 60, fractalpack.memberLimits);
      for (let n = 0; n < 2; n++) {
        expect(await ask(bearer('a.valid.jwt'), 'GET', '/api/v1/auth/me')).toMatchObject({
          outcome: 'unauthorized',
          reason: 'outdated',
        });
      }
      await stores.refuseSignIns(SUBJECT, START / 1_000 - 61, fractalpack.memberLimits);
      expect((await ask(bearer('a.valid.jwt'), 'GET', '/api/v1/auth/me')).outcome).toBe('allowed');
    });

    it('is not let in by a token that nobody vouches for', async () => {
      expect((await ask(bearer('another.valid.jwt'))).outcome).toBe('unauthorized');
    });
  });

  describe('a publishable key', () => {
    const inItsHeader = (text: string) => ({ source: 'publishable-key-header' as const, text });

    it('stands in its own header, and a secret one does not', async () => {
      const { apiKey } = await newKey({ type: 'publishable' });
      const secret = await newKey();
      expect((await ask(inItsHeader(apiKey))).outcome).toBe('allowed');
      for (const credential of [apiKey, bearer(apiKey), inItsHeader(secret.apiKey)]) {
        expect(await ask(credential)).toEqual({ outcome: 'unauthorized', reason: 'malformed' });
      }
    });

    it('reads what is public, and does nothing else', async () => {
      const { apiKey } = await newKey({ type: 'publishable' });
      for (const [method, path] of [
        ['POST', '/api/v1/items'],
        ['GET', '/api/v1/keys'],
        ['POST', '/api/v1/keys/self-revoke'],
        ['GET', '/api/v1/organization'],
        ['GET', '/v1/widgets'],
      ] as const) {
        const decision = await ask(inItsHeader(apiKey), method, path);
        expect(decision).toMatchObject({ outcome: 'denied', context: { code: 'insufficient_permissions' } });
      }
    });

    it('is used from its origins alone, when it lists any', async () => {
      const { apiKey } = await newKey({ type: 'publishable', allowedOrigins: ['https://shop.example'] });
      const from = (origin?: string) =>
        ask(inItsHeader(apiKey), 'GET', '/api/v1/items', '/api/v1/items', origin === undefined ? {} : { origin });
      expect((await from('https://shop.example')).outcome).toBe('allowed');
      for (const origin of [undefined, '', 'null', 'http://shop.example', 'https://shop.example.evil.example']) {
        expect(await from(origin)).toMatchObject({ outcome: 'denied', context: { code: 'origin_not_allowed' } });
      }
    });
  });

  describe('without a credential', () => {
    const config = (credential?: UnverifiedCredential, sourceIp = '192.0.2.1') =>
      ask(credential, 'GET', '/config.json', '/config.json', { sourceIp });

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
      authorize = newContainer([...routes.slice(0, -1), open]);
      expect((await ask(undefined, 'GET', '/v1/widgets')).outcome).toBe('allowed');
      expect((await ask('fpk_live_', 'GET', '/v1/widgets')).outcome).toBe('unauthorized');
      expect((await ask(bearer('a.stale.jwt'), 'GET', '/v1/widgets')).outcome).toBe('unauthorized');
      expect(await ask(undefined)).toEqual({ outcome: 'unauthorized', reason: 'no_credential' });
    });

    it('is no worse than a sign-in without an organization', async () => {
      const open: ProtectedRoute = { ...(routes.at(-1) as ProtectedRoute), principals: ['member', 'anonymous'] };
      authorize = newContainer([...routes.slice(0, -1), open]);
      expect((await ask(bearer('a.valid.jwt'), 'GET', '/v1/widgets')).outcome).toBe('allowed');
    });

    it('is not let in when the address is not known', async () => {
      await expect(config(undefined, '')).rejects.toThrow(UnavailableError);
    });
  });

  describe('fails closed', () => {
    it('when the store is away, for keys that it knows too', async () => {
      const { apiKey } = await newKey();
      await ask(apiKey);
      observed.fail(new UnavailableError('the store cannot be reached'));
      await expect(ask(apiKey)).rejects.toThrow(UnavailableError);
      observed.fail(undefined);
      expect((await ask(apiKey)).outcome).toBe('allowed');
    });

    it('when a spend is refused for no reason that it knows', async () => {
      const { apiKey } = await newKey();
      const { record } = await stores.spend({
        ...(observed.spends[0] as Spend),
        ...{ type: 'member', id: SUBJECT, limits: { perMinute: 9, perHour: 9 }, now: 0, stale: [] },
        windows: { minute: 'm0', hour: 'h0' },
      } as Spend);
      observed.answerWith({ granted: false, record });
      await expect(ask(bearer('a.valid.jwt'))).rejects.toThrow(UnavailableError);
      observed.answerWith({ granted: false, record: undefined });
      expect((await ask(apiKey)).outcome).toBe('unauthorized');
    });

    it('on a route that it does not know', async () => {
      const { apiKey } = await newKey();
      await expect(ask(apiKey, 'GET', '/api/v1/unknown')).rejects.toThrow(UnavailableError);
      expect(observed.spends).toHaveLength(0);
    });
  });

  it('keeps an item small that only ever meets new containers', async () => {
    const { apiKey, record } = await newKey();
    for (let halfHour = 0; halfHour < 200; halfHour++) {
      authorize = newContainer();
      await ask(apiKey);
      now += 30 * 60_000;
    }
    const { counters } = (await stores.spend(observed.spends.at(-1) as Spend)).record ?? { counters: {} };
    expect(Object.keys(counters).length).toBeLessThan(25);
    expect(observed.dropCounters.mock.calls.length).toBeLessThan(20);
    expect(record.version).toBe(1);
  });

  it('lets a request in though its item cannot be swept', async () => {
    const { apiKey } = await newKey();
    observed.dropCounters.mockRejectedValue(new UnavailableError('throttled'));
    for (let halfHour = 0; halfHour < 30; halfHour++) {
      authorize = newContainer();
      expect((await ask(apiKey)).outcome).toBe('allowed');
      now += 30 * 60_000;
    }
  });

  it('never names more counters in a write than fit', async () => {
    const { apiKey } = await newKey({ limits: { perMinute: 9_999, perHour: 9_999 } });
    observed.dropCounters.mockRejectedValue(new UnavailableError('throttled'));
    for (let hour = 0; hour < 150; hour++) {
      authorize = newContainer();
      await ask(apiKey);
      now += 3_600_000;
    }
    await ask(apiKey);
    expect(observed.spends.at(-1)?.stale).toHaveLength(100);
  });

  it.each([
    ['with a slash at its end', '/api/v1/items/'],
    ['of 2,000 characters', `/api/v1/items/${'x'.repeat(2_000)}`],
    ['with what IAM reads as a pattern', '/api/v1/items/*?$x'],
  ])('keeps its policy valid for a path %s', async (_, path) => {
    const { apiKey } = await newKey({ scopes: ['items:read'] });
    const decision = await ask(apiKey, 'GET', '/api/v1/items', path);
    if (decision.outcome !== 'allowed') return expect.unreachable();
    for (const resource of decision.policy.Statement[0].Resource) expect(resource.length).toBeLessThanOrEqual(512);
    const denied = await ask(apiKey, 'POST', '/api/v1/items', path);
    expect(denied).toMatchObject({
      outcome: 'denied',
      policy: { Statement: [{ Effect: 'Deny', Resource: [`${STAGE}/*`] }] },
    });
    expect(isAllowed(decision.policy as never, `${STAGE}/GET/api/v1/items/`)).toBe(path.endsWith('items/'));
    return undefined;
  });

  it('drops counters that are over by the way', async () => {
    const { apiKey } = await newKey();
    await ask(apiKey);
    now += 3 * 60_000;
    await ask(apiKey);
    expect(observed.spends.map(({ stale }) => stale)).toEqual([[], [observed.spends[0]?.windows.minute]]);
  });
});
