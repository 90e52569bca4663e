import { describe, expect, it } from 'vitest';
import type { ConsumerRecord, Identifier, Market } from '../../lambdas/core/consumer-ports.ts';
import { type Engine, id, NOW, newOrganization } from './fixtures.ts';

/** Consumers, what leads to them, and codes. */
export function describeConsumerStore(engine: Engine): void {
  const newMarket = (): Market => ({ organizationId: newOrganization(), mode: 'live' });
  const newConsumer = (fields: Partial<ConsumerRecord> = {}): ConsumerRecord => ({
    ...newMarket(),
    id: `con_${id(20)}`,
    status: 'active',
    attributes: {},
    createdAt: NOW,
    version: 1,
    ...fields,
  });
  const othersOf = (market: Market): Market[] => [newMarket(), { ...market, mode: 'test' }];

  describe('consumers', () => {
    it('are what they were inserted as, once, in their own market', async () => {
      const { stores } = engine;
      const consumer = newConsumer({ email: 'a@example.com', attributes: { plan: 'gold', visits: 3, vip: true } });
      expect(await stores.insertConsumer(consumer)).toEqual(consumer);
      expect(await stores.insertConsumer({ ...consumer, email: 'b@example.com' })).toEqual(consumer);
      expect(await stores.getConsumer(consumer, consumer.id)).toEqual(consumer);
      for (const other of othersOf(consumer)) {
        expect(await stores.getConsumer(other, consumer.id)).toBeUndefined();
        await stores.deleteConsumer(other, consumer.id);
        expect(await stores.listConsumers(other, { limit: 100 })).toEqual({ entries: [] });
      }
      expect(await stores.listConsumers(consumer, { limit: 100 })).toEqual({ entries: [consumer] });
      await stores.deleteConsumer(consumer, consumer.id);
      const { email, ...rest } = consumer;
      const gone = { ...rest, status: 'deleted', attributes: {}, version: 2 };
      expect(await stores.getConsumer(consumer, consumer.id)).toEqual(gone);
      expect(await stores.insertConsumer(consumer)).toEqual(gone);
      expect(await stores.listConsumers(consumer, { limit: 100 })).toEqual({ entries: [] });
    });

    it('are changed as they were read, by one of many', async () => {
      const { stores } = engine;
      const consumer = newConsumer({ email: 'a@example.com' });
      await stores.insertConsumer(consumer);
      const changes = Array.from({ length: 6 }, (_, n) => stores.updateConsumer(consumer, { attributes: { n } }));
      const made = (await Promise.all(changes)).filter((each) => each !== undefined);
      expect(made).toHaveLength(1);
      expect(await stores.getConsumer(consumer, consumer.id)).toEqual(made[0]);
      const [changed] = made as [ConsumerRecord];
      const disabled = await stores.updateConsumer(changed, {
        status: 'disabled',
        phone: '+15105550100',
        email: undefined,
      });
      expect(disabled).toEqual({ ...changed, status: 'disabled', phone: '+15105550100', version: 3 });
    });

    it('are listed by when they came, page by page', async () => {
      const { stores } = engine;
      const market = newMarket();
      const all = Array.from({ length: 120 }, (_, n) => newConsumer({ ...market, createdAt: NOW + n }));
      await Promise.all(all.map((consumer) => stores.insertConsumer(consumer)));
      const one = await stores.listConsumers(market, { limit: 1 });
      expect([one.entries.map(({ id }) => id), one.next === undefined]).toEqual([[all[0]?.id], false]);
      const first = await stores.listConsumers(market, { limit: 100 });
      const second = await stores.listConsumers(market, { limit: 100, after: first.next });
      expect([...first.entries, ...second.entries].map((consumer) => consumer.id)).toEqual(all.map(({ id }) => id));
      expect([first.entries.length, second.next]).toEqual([100, undefined]);
    });

    it('have an identifier that is nobody else s in their market, until it is dropped', async () => {
      const { stores } = engine;
      const market = newMarket();
      const email: Identifier = { kind: 'email', value: 'a@example.com' };
      expect(await stores.findConsumer(market, email)).toBeUndefined();
      const claims = await Promise.all(
        Array.from({ length: 8 }, () => stores.claimIdentifier(market, email, `con_${id(20)}`)),
      );
      const [owner = ''] = claims;
      expect(new Set(claims)).toEqual(new Set([owner]));
      expect(await stores.findConsumer(market, email)).toBe(owner);
      for (const other of othersOf(market)) expect(await stores.findConsumer(other, email)).toBeUndefined();
      expect(await stores.findConsumer(market, { kind: 'external', value: email.value })).toBeUndefined();
      await stores.dropIdentifier(market, email, `con_${id(20)}`);
      expect(await stores.findConsumer(market, email)).toBe(owner);
      await stores.dropIdentifier(market, email, owner);
      expect(await stores.findConsumer(market, email)).toBeUndefined();
    });
  });

  describe('codes', () => {
    it('that were sent are tried so often and used once, and replaced by the next', async () => {
      const { stores } = engine;
      const destination = id(43);
      const [first, second] = [id(43), id(43)];
      expect(await stores.tryOtp(destination, 5, NOW)).toBeUndefined();
      await stores.putOtp(destination, { codeHash: first, expiresAt: NOW + 10 });
      expect(await stores.tryOtp(destination, 5, NOW + 10)).toBeUndefined();
      const tries = Array.from({ length: 12 }, () => stores.tryOtp(destination, 5, NOW));
      const told = (await Promise.all(tries)).filter((each) => each !== undefined);
      expect(told).toEqual(Array.from({ length: 5 }, () => ({ codeHash: first, expiresAt: NOW + 10 })));
      await stores.putOtp(destination, { codeHash: second, expiresAt: NOW + 10 });
      expect((await stores.tryOtp(destination, 5, NOW))?.codeHash).toBe(second);
      expect(await stores.useOtp(destination, first, id(20))).toBe(false);
      const uses = await Promise.all(Array.from({ length: 8 }, () => stores.useOtp(destination, second, id(20))));
      expect(uses.filter(Boolean)).toHaveLength(1);
      expect(await stores.tryOtp(destination, 5, NOW)).toBeUndefined();
    });

    it('of a server are taken once, in time, in their market', async () => {
      const { stores } = engine;
      const market = newMarket();
      const code = { ...market, codeHash: id(43), consumerId: `con_${id(20)}`, expiresAt: NOW + 60 };
      await stores.insertExchangeCode(code);
      const take = (from: Market = market, now = NOW, attempt = id(20)) =>
        stores.takeExchangeCode(code.codeHash, from, attempt, now);
      for (const other of othersOf(market)) expect(await take(other)).toBeUndefined();
      expect(await take(market, NOW + 60)).toBeUndefined();
      const taken = (await Promise.all(Array.from({ length: 8 }, () => take()))).filter((each) => each !== undefined);
      expect(taken).toEqual([code]);
      expect(await stores.takeExchangeCode(id(43), market, id(20), NOW)).toBeUndefined();
    });

    it('know their own use again after an answer that was lost', async () => {
      const { stores } = engine;
      const [destination, codeHash, attempt] = [id(43), id(43), id(20)];
      await stores.putOtp(destination, { codeHash, expiresAt: NOW + 10 });
      expect(await stores.useOtp(destination, codeHash, attempt)).toBe(true);
      expect(await stores.useOtp(destination, codeHash, attempt)).toBe(true);
      const market = newMarket();
      const code = { ...market, codeHash: id(43), consumerId: 'con_x', expiresAt: NOW + 60 };
      await stores.insertExchangeCode(code);
      for (let n = 0; n < 2; n++) {
        expect(await stores.takeExchangeCode(code.codeHash, market, attempt, NOW)).toEqual(code);
      }
    });
  });
}
