import { randomBytes } from 'node:crypto';
import { GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { attribute, prefix } from '../../lambdas/contract/table.ts';
import { mintKey } from '../../lambdas/core/key-format.ts';
import { isCounter, windowsAt } from '../../lambdas/core/windows.ts';
import { connect } from '../../local/members.ts';
import { apiKey, bearer } from '../acceptance/target.ts';
import { newUserPool } from '../acceptance/user-pools.ts';
import { type FaultyStack, startFaultyStack } from './faulty-stack.ts';
import { type Call, isWrite } from './proxy.ts';
import { type Credential, createWorld, type World } from './world.ts';

const TABLE = 'latchkey';

/** What the authorizer writes: what a request is charged, and what it drops. */
const isAuthorizers = (call: Call): boolean => call.dependency === 'authorizer-table' && isWrite(call);

/** Milliseconds that a case may take, all in one minute of its key's. */
const CASE = 20_000;

describe('an authorizer that is killed after a write of its took effect', () => {
  let stack: FaultyStack;
  let world: World;
  beforeAll(async () => {
    stack = await startFaultyStack();
    world = await createWorld(stack);
  });
  afterAll(() => stack.close());
  beforeEach(async () => void (await stack.renew()));

  const ask = async (credential: Credential, path = '/api/v1/items'): Promise<number> =>
    (await world.call('GET', path, credential)).status;

  /** Containers of which the authorizer dies after one of its writes, by their order. Who asked it then is told nothing. */
  async function dying(at: number) {
    let seen = 0;
    const generation = await stack.renew((call) => (isAuthorizers(call) && ++seen === at ? 'death' : 'pass'));
    return (credential: Credential, path?: string): Promise<number | 'dead'> => {
      const answer = ask(credential, path);
      answer.catch(() => {});
      return Promise.race([generation.died.then(() => 'dead' as const), answer]);
    };
  }

  /** Has a request killed after each write that it makes. @returns how many it makes */
  async function killAfterEach(credential: Credential, path?: string): Promise<number> {
    const generation = await stack.renew();
    const whole = await ask(credential, path);
    const writes = generation.calls.filter(isAuthorizers).length;
    for (let at = 1; at <= writes; at++) {
      expect(await (await dying(at))(credential, path)).toBe('dead');
      await stack.renew();
      expect([path, await ask(credential, path)]).toEqual([path, whole]);
    }
    return writes;
  }

  const keyOf = ({ keyId }: { readonly keyId: string }) => ({
    [attribute.partition]: { S: prefix.key + keyId.replace(/^key_/, '') },
    [attribute.sort]: { S: 'PRINCIPAL' },
  });

  async function countersOf(key: { readonly keyId: string }): Promise<Readonly<Record<string, number>>> {
    const { Item = {} } = await stack.database.send(
      new GetItemCommand({ TableName: TABLE, Key: keyOf(key), ConsistentRead: true }),
    );
    const counters = Object.entries(Item).filter(([name]) => isCounter(name));
    return Object.fromEntries(counters.map(([name, { N }]) => [name, Number(N)]));
  }

  async function setCounters(key: { readonly keyId: string }, counters: Readonly<Record<string, number>>) {
    const names = Object.keys(counters);
    await stack.database.send(
      new UpdateItemCommand({
        TableName: TABLE,
        Key: keyOf(key),
        UpdateExpression: `SET ${names.map((_, index) => `#c${index} = :c${index}`).join(', ')}`,
        ExpressionAttributeNames: Object.fromEntries(names.map((name, index) => [`#c${index}`, name])),
        ExpressionAttributeValues: Object.fromEntries(
          names.map((name, index) => [`:c${index}`, { N: String(counters[name]) }]),
        ),
      }),
    );
  }

  /** The minute and hour that begin now, by the containers' clock: nothing is charged to the next meanwhile. */
  function nextHour() {
    const hour = 3_600_000;
    stack.clock.ahead += hour - (stack.clock.now() % hour);
    return windowsAt(Math.floor(stack.clock.now() / 1_000));
  }

  it('lets everybody in again, whoever they are', async () => {
    const { key, member, consumer, guest, widget, 'publishable-key': page } = world.credentials;
    for (const credential of [...key, ...member, ...consumer, ...guest, ...page]) {
      expect(await killAfterEach(credential)).toBe(1);
    }
    expect(await killAfterEach(widget[0] as Credential, '/api/v1/usage')).toBe(1);
    expect(await killAfterEach({}, '/.well-known/jwks.json')).toBe(1);
  });

  it('has made the item of a member whom it saw first, as it is made', async () => {
    const { access } = await stack.client.newMember();
    expect(await (await dying(1))(bearer(access), '/api/v1/auth/me')).toBe('dead');
    await stack.renew();
    const { status, body } = await world.call('GET', '/api/v1/auth/me', bearer(access));
    expect([status, body.organization]).toEqual([200, null]);
  });

  it("has made that of a person of an organization's own pool, who is in by the registration alone", async () => {
    const pool = await newUserPool(connect(world.config));
    const path = `/api/v1/organization/user-pools/${pool.userPoolId}`;
    const registration = { clientIds: [pool.clientId], scopes: ['items:read'] };
    const person = bearer((await pool.newPerson()).access);
    await stack.renew();
    await world.expected(200, 'PUT', path, world.owner.token, registration);
    expect(await (await dying(1))(person)).toBe('dead');
    await stack.renew();
    expect(await ask(person)).toBe(200);
    await world.expected(204, 'DELETE', path, world.owner.token);
    await stack.renew();
    expect(await ask(person)).toBe(401);
  });

  it('lets nobody in who is refused', async () => {
    const revoked = await world.newKey(world.owner.token);
    await world.expected(204, 'DELETE', `/api/v1/keys/${revoked.keyId}`, world.owner.token);
    const unknown = mintKey('fpk', 'live', randomBytes).apiKey;
    const consumer = await world.newConsumer();
    await world.expected(204, 'POST', '/api/v1/consumer/logout', bearer(consumer.accessToken), {});
    for (const credential of [apiKey(revoked.apiKey), apiKey(unknown), bearer(consumer.accessToken)]) {
      expect(await killAfterEach(credential)).toBe(1);
      expect(await ask(credential)).toBe(401);
    }
  });

  it('has charged what it did not answer: never more than the limit are let in', { timeout: CASE }, async () => {
    const limits = { perMinute: 10, perHour: 100 };
    const key = await world.newKey(world.owner.token, { limits });
    const { minute } = nextHour();
    const answers: number[] = [];
    for (let round = 1; round <= 8; round++) {
      expect(await (await dying(1))(apiKey(key.apiKey))).toBe('dead');
      await stack.renew();
      answers.push(await ask(apiKey(key.apiKey)));
      expect((await countersOf(key))[minute]).toBe(Math.min(limits.perMinute, 2 * round));
    }
    expect(answers).toEqual([200, 200, 200, 200, 200, 429, 429, 429]);
  });

  it("takes its lease with it: what was charged for it is nobody else's", { timeout: CASE }, async () => {
    const limits = { perMinute: 60_000, perHour: 600_000 };
    const key = await world.newKey(world.owner.token, { limits });
    const { minute } = nextHour();
    const room = 40;
    await setCounters(key, { [minute]: limits.perMinute - room });
    const charged = async () => (await countersOf(key))[minute] ?? 0;
    let letIn = 0;
    // By itself, then leases of one, two, four, eight: the last write that it makes before it dies.
    for (const at of [1, 2, 3, 4, 5, 5, 5]) {
      const send = await dying(at);
      const before = await charged();
      let answers = 0;
      let last = await send(apiKey(key.apiKey));
      for (; last === 200; last = await send(apiKey(key.apiKey))) answers++;
      expect(['dead', 429]).toContain(last);
      // Where there was room, the one that died with it is charged too.
      const died = before + 16 <= limits.perMinute ? 1 : 0;
      expect((await charged()) - before).toBeGreaterThanOrEqual(answers + died);
      letIn += answers;
    }
    await stack.renew();
    for (let n = 0; n < room && (await ask(apiKey(key.apiKey))) === 200; n++) letIn++;
    expect(await ask(apiKey(key.apiKey))).toBe(429);
    expect(letIn).toBeGreaterThan(5);
    expect(letIn).toBeLessThan(room);
    expect(await charged()).toBe(limits.perMinute);

    await world.expected(204, 'DELETE', `/api/v1/keys/${key.keyId}`, world.owner.token);
    await stack.renew();
    expect(await ask(apiKey(key.apiKey))).toBe(401);
  });

  it('has dropped counters that are over, or left them to the next, and none that counts', async () => {
    const limits = { perMinute: 10, perHour: 100 };
    const key = await world.newKey(world.owner.token, { limits });
    const { minute, hour } = nextHour();
    const over = Array.from({ length: 30 }, (_, index) => `m${Number(minute.slice(1)) - 60 - index}`);
    const stale = Object.fromEntries(over.map((name) => [name, 10]));
    for (const [at, left] of [
      [1, 30],
      [2, 0],
    ] as const) {
      await setCounters(key, { ...stale, [minute]: 8, [hour]: 90 });
      expect(await (await dying(at))(apiKey(key.apiKey))).toBe('dead');
      const counters = await countersOf(key);
      expect([over.filter((name) => name in counters).length, counters[minute], counters[hour]]).toEqual([left, 9, 91]);
      await stack.renew();
      expect([await ask(apiKey(key.apiKey)), await ask(apiKey(key.apiKey))]).toEqual([200, 429]);
      expect(await countersOf(key)).toEqual({ [minute]: 10, [hour]: 92 });
    }
  });
});
