import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { toBase62 } from '../../lambdas/core/base62.ts';
import { crc32 } from '../../lambdas/core/crc32.ts';
import { UnavailableError } from '../../lambdas/core/errors.ts';
import { mintKey, toPublicId } from '../../lambdas/core/key-format.ts';
import type { Spend } from '../../lambdas/core/ports.ts';
import { isAllowed } from '../../local/gateway.ts';
import { bearer, STAGE, START, SUBJECT, World } from './authorizer-world.ts';

describe('authorize', () => {
  let world: World;
  beforeEach(() => {
    world = new World();
  });

  it('makes one store operation for a request, the first and every other', async () => {
    const { apiKey, record } = await world.newKey();
    for (let request = 1; request <= 5; request++) {
      expect(await world.ask(apiKey)).toMatchObject({
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
      expect(world.observed.spends).toHaveLength(request);
    }
  });

  it('costs no store operation to refuse what was never a credential', async () => {
    const { apiKey } = await world.newKey();
    for (const credential of [undefined, '', 'fpk_live_', `${apiKey.slice(0, -1)}!`, 'a.valid.jwt', bearer('a.b.c')]) {
      expect((await world.ask(credential)).outcome).toBe('unauthorized');
    }
    expect(world.observed.spends).toHaveLength(0);
  });

  it('lets exactly the limit of 100 of 300 concurrent requests through, over three containers', async () => {
    const { apiKey } = await world.newKey();
    const containers = [world.newContainer(), world.newContainer(), world.newContainer()];
    const decisions = await Promise.all(
      Array.from({ length: 300 }, (_, n) => {
        world.authorize = containers[n % 3] as typeof world.authorize;
        return world.ask(apiKey);
      }),
    );
    const passed = decisions.filter((one) => one.outcome === 'allowed' && one.context.limited !== true);
    const limited = decisions.filter((one) => one.outcome === 'allowed' && one.context.limited === true);
    expect([passed.length, limited.length]).toEqual([100, 200]);
  });

  describe('once a key is revoked', () => {
    it('refuses the next request, and those after it from memory', async () => {
      const { apiKey, record } = await world.newKey();
      expect((await world.ask(apiKey)).outcome).toBe('allowed');
      await world.stores.revokeKey(record, world.now / 1_000);
      for (let request = 0; request < 3; request++) {
        expect(await world.ask(apiKey)).toEqual({
          outcome: 'unauthorized',
          reason: 'revoked',
          principalId: toPublicId(record.id),
        });
      }
      expect(world.observed.spends).toHaveLength(2);
    });

    it('lets none of 1,000 racing requests in that began after it', async () => {
      const { apiKey, record } = await world.newKey({ limits: { perMinute: 5_000, perHour: 5_000 } });
      let revoked = false;
      const outcomes = await Promise.all(
        Array.from({ length: 1_000 }, async (_, n) => {
          await new Promise((resolve) => setImmediate(resolve));
          if (n === 500) {
            await world.stores.revokeKey(record, world.now / 1_000);
            revoked = true;
          }
          const after = revoked;
          return { after, outcome: (await world.ask(apiKey)).outcome };
        }),
      );
      const after = outcomes.filter((one) => one.after);
      expect(after.length).toBeGreaterThan(400);
      expect(new Set(after.map((one) => one.outcome))).toEqual(new Set(['unauthorized']));
    });
  });

  it('refuses guesses at the secret of a key, which is not shut out by them, and asks about one of them', async () => {
    const { apiKey, record } = await world.newKey();
    const guess = async () => {
      const other = mintKey('fpk', 'live', randomBytes).apiKey;
      const text = `fpk_live_${record.id}${other.slice(19, -6)}`;
      return world.ask(text + toBase62(crc32(Buffer.from(text)), 6));
    };
    for (let n = 0; n < 20; n++) {
      expect(await guess()).toEqual({ outcome: 'unauthorized', reason: 'unknown', principalId: toPublicId(record.id) });
    }
    expect(world.observed.spends).toHaveLength(1);
    expect((await world.ask(apiKey)).outcome).toBe('allowed');
    expect(world.observed.spends).toHaveLength(2);
    expect((await guess()).outcome).toBe('unauthorized');
    expect(world.observed.spends).toHaveLength(2);
  });

  it('refuses a key from the second that its expiry names', async () => {
    const { apiKey } = await world.newKey({ expiresAt: START / 1_000 + 1 });
    world.now = START + 999;
    expect((await world.ask(apiKey)).outcome).toBe('allowed');
    world.now = START + 1_000;
    expect(await world.ask(apiKey)).toMatchObject({ outcome: 'unauthorized', reason: 'expired' });
  });

  describe('over the limit', () => {
    const limited = async (apiKey: string) => {
      const decision = await world.ask(apiKey);
      return decision.outcome === 'allowed' && decision.context.limited === true;
    };

    it('asks the store once a second, however hard it is hammered', async () => {
      const { apiKey } = await world.newKey({ limits: { perMinute: 1, perHour: 100 } });
      expect(await limited(apiKey)).toBe(false);
      for (let request = 0; request < 50; request++) expect(await limited(apiKey)).toBe(true);
      expect(world.observed.spends).toHaveLength(2);
      world.now += 1_000;
      for (let request = 0; request < 50; request++) expect(await limited(apiKey)).toBe(true);
      expect(world.observed.spends).toHaveLength(3);
    });

    it('lets requests through again with the next minute, even within that second', async () => {
      const { apiKey } = await world.newKey({ limits: { perMinute: 1, perHour: 100 } });
      world.now = Date.UTC(2026, 3, 3, 12, 0, 59, 500);
      await limited(apiKey);
      expect(await limited(apiKey)).toBe(true);
      world.now += 500;
      expect(await limited(apiKey)).toBe(false);
    });

    it('names the hour when it is the hour', async () => {
      const { apiKey } = await world.newKey({ limits: { perMinute: 5, perHour: 1 } });
      await world.ask(apiKey);
      expect(await world.ask(apiKey)).toMatchObject({ context: { limited: true, retryAfter: 3_590 } });
    });

    it('denies where the function behind would not know', async () => {
      const { apiKey } = await world.newKey({ limits: { perMinute: 1, perHour: 9 } });
      const widgets = () => world.ask(apiKey, 'GET', '/v1/widgets');
      expect((await widgets()).outcome).toBe('allowed');
      expect(await widgets()).toMatchObject({
        outcome: 'denied',
        policy: { Statement: [{ Effect: 'Deny' }] },
        context: { code: 'rate_limited', detail: 'Rate limit exceeded.', retryAfter: 50 },
      });
    });

    it('still lets a key revoke itself', async () => {
      const { apiKey } = await world.newKey({ limits: { perMinute: 1, perHour: 9 } });
      await world.ask(apiKey);
      expect(await limited(apiKey)).toBe(true);
      const decision = await world.ask(apiKey, 'POST', '/api/v1/keys/self-revoke');
      expect(decision).toMatchObject({ outcome: 'allowed' });
      expect(decision).not.toHaveProperty('context.limited');
    });

    it('lets a revoked key do nothing, not even that', async () => {
      const { apiKey, record } = await world.newKey({ limits: { perMinute: 1, perHour: 9 } });
      await world.ask(apiKey);
      expect(await limited(apiKey)).toBe(true);
      await world.stores.revokeKey(record, world.now / 1_000);
      expect((await world.ask(apiKey, 'POST', '/api/v1/keys/self-revoke')).outcome).toBe('unauthorized');
      expect((await world.ask(apiKey)).outcome).toBe('unauthorized');
    });
  });

  it('obeys changed scopes at the next request', async () => {
    const { apiKey, record } = await world.newKey({ scopes: ['items:read'] });
    const create = () => world.ask(apiKey, 'POST');
    expect(await create()).toMatchObject({
      outcome: 'denied',
      context: { detail: 'The scope items:write is required.' },
    });
    await world.stores.updateKey(record, { scopes: ['items:write'] }, world.now / 1_000);
    expect((await create()).outcome).toBe('allowed');
    expect(await world.ask(apiKey)).toMatchObject({
      outcome: 'denied',
      context: { detail: 'The scope items:read is required.' },
    });
  });

  describe('fails closed', () => {
    it('when the store is away, for keys that it knows too', async () => {
      const { apiKey } = await world.newKey();
      await world.ask(apiKey);
      world.observed.fail(new UnavailableError('the store cannot be reached'));
      await expect(world.ask(apiKey)).rejects.toThrow(UnavailableError);
      world.observed.fail(undefined);
      expect((await world.ask(apiKey)).outcome).toBe('allowed');
    });

    it('when a spend is refused for no reason that it knows', async () => {
      const { apiKey } = await world.newKey();
      const { record } = await world.stores.spend({
        ...(world.observed.spends[0] as Spend),
        ...{ type: 'member', id: SUBJECT, limits: { perMinute: 9, perHour: 9 }, now: 0, stale: [] },
        windows: { minute: 'm0', hour: 'h0' },
      } as Spend);
      world.observed.answerWith({ granted: false, record });
      await expect(world.ask(bearer('a.valid.jwt'))).rejects.toThrow(UnavailableError);
      world.observed.answerWith({ granted: false, record: undefined });
      expect((await world.ask(apiKey)).outcome).toBe('unauthorized');
    });

    it('on a route that it does not know', async () => {
      const { apiKey } = await world.newKey();
      await expect(world.ask(apiKey, 'GET', '/api/v1/unknown')).rejects.toThrow(UnavailableError);
      expect(world.observed.spends).toHaveLength(0);
    });
  });

  it('keeps an item small that only ever meets new containers', async () => {
    const { apiKey, record } = await world.newKey();
    for (let halfHour = 0; halfHour < 200; halfHour++) {
      world.authorize = world.newContainer();
      await world.ask(apiKey);
      world.now += 30 * 60_000;
    }
    const { counters } = (await world.stores.spend(world.observed.spends.at(-1) as Spend)).record ?? { counters: {} };
    expect(Object.keys(counters).length).toBeLessThan(25);
    expect(world.observed.dropCounters.mock.calls.length).toBeLessThan(20);
    expect(record.version).toBe(1);
  });

  it('lets a request in though its item cannot be swept', async () => {
    const { apiKey } = await world.newKey();
    world.observed.dropCounters.mockRejectedValue(new UnavailableError('throttled'));
    for (let halfHour = 0; halfHour < 30; halfHour++) {
      world.authorize = world.newContainer();
      expect((await world.ask(apiKey)).outcome).toBe('allowed');
      world.now += 30 * 60_000;
    }
  });

  it('never names more counters in a write than fit', async () => {
    const { apiKey } = await world.newKey({ limits: { perMinute: 9_999, perHour: 9_999 } });
    world.observed.dropCounters.mockRejectedValue(new UnavailableError('throttled'));
    for (let hour = 0; hour < 150; hour++) {
      world.authorize = world.newContainer();
      await world.ask(apiKey);
      world.now += 3_600_000;
    }
    await world.ask(apiKey);
    expect(world.observed.spends.at(-1)?.stale).toHaveLength(100);
  });

  it.each([
    ['with a slash at its end', '/api/v1/items/'],
    ['of 2,000 characters', `/api/v1/items/${'x'.repeat(2_000)}`],
    ['with what IAM reads as a pattern', '/api/v1/items/*?$x'],
  ])('keeps its policy valid for a path %s', async (_, path) => {
    const { apiKey } = await world.newKey({ scopes: ['items:read'] });
    const decision = await world.ask(apiKey, 'GET', '/api/v1/items', path);
    if (decision.outcome !== 'allowed') return expect.unreachable();
    for (const resource of decision.policy.Statement[0].Resource) expect(resource.length).toBeLessThanOrEqual(512);
    const denied = await world.ask(apiKey, 'POST', '/api/v1/items', path);
    expect(denied).toMatchObject({
      outcome: 'denied',
      policy: { Statement: [{ Effect: 'Deny', Resource: [`${STAGE}/*`] }] },
    });
    expect(isAllowed(decision.policy as never, `${STAGE}/GET/api/v1/items/`)).toBe(path.endsWith('items/'));
    return undefined;
  });

  it('drops counters that are over by the way', async () => {
    const { apiKey } = await world.newKey();
    await world.ask(apiKey);
    world.now += 6 * 60_000;
    await world.ask(apiKey);
    expect(world.observed.spends.map(({ stale }) => stale)).toEqual([[], [world.observed.spends[0]?.windows.minute]]);
  });
});
