import { describe, expect, it } from 'vitest';
import type { AuditRecord } from '../../lambdas/core/audit.ts';
import { partOf, type UsageBook } from '../../lambdas/core/usage-ports.ts';
import { type Engine, id, NOW, newOrganization } from './fixtures.ts';

/** What is counted and what is recorded. */
export function describeRecordStores(engine: Engine) {
  describe('usage', () => {
    const line = { day: '2026-04-03', meter: 'calls', customer: 'cust #1 ~', keyId: 'key_0123456789' };
    const newBook = (): UsageBook => ({ organizationId: newOrganization(), mode: 'live' });
    const all = async (book: UsageBook, from: string, to = from, wanted: object = {}) => {
      const parts = [0, 1, 2, 3, 4, 5, 6, 7].map((part) =>
        engine.stores.readUsage(book, part, { from, to, ...wanted }),
      );
      return (await Promise.all(parts)).flatMap(({ tallies }) => tallies);
    };

    it('keeps the claim that was first', async () => {
      const name = id(43);
      const claim = { fingerprint: 'one', receivedAt: NOW, keyId: line.keyId, slot: 'slot0001' };
      expect(await engine.stores.claimUsage(name, claim)).toEqual(claim);
      const later = { ...claim, fingerprint: 'two', receivedAt: NOW + 1, slot: 'slot0002' };
      expect(await engine.stores.claimUsage(name, later)).toEqual(claim);
    });

    it('counts an event once in its slot', async () => {
      const book = newBook();
      const count = (event: string, quantity: number) =>
        engine.stores.countUsage(book, line, 'slot0001', { id: event, quantity });
      expect(await count('a', 2)).toBe(1);
      expect(await count('a', 2)).toBe(1);
      expect(await count('b', 0.5)).toBe(2);
      expect(await all(book, line.day)).toEqual([{ ...line, quantity: 2.5, events: 2 }]);
      const part = partOf('slot0001');
      expect((await engine.stores.readUsage(book, (part + 1) % 8, { from: line.day, to: line.day })).tallies).toEqual(
        [],
      );
    });

    it('reads one customer, meter or key alone', async () => {
      const book = newBook();
      const [mine, other] = [
        { ...line, customer: 'mine' },
        { ...line, customer: 'other', meter: 'bytes' },
      ];
      for (const day of ['2026-04-01', '2026-04-02']) {
        for (const each of [mine, other]) {
          await engine.stores.countUsage(book, { ...each, day }, id(8), { id: 'a', quantity: 1 });
        }
      }
      const found = async (wanted: object, from: string, to = from) =>
        (await all(book, from, to, wanted)).map(({ day, customer }) => `${day} ${customer}`).toSorted();
      expect(await found({ customer: 'mine' }, '2026-04-01')).toEqual(['2026-04-01 mine']);
      expect(await found({ customer: 'mine' }, '2026-04-01', '2026-04-02')).toEqual([
        '2026-04-01 mine',
        '2026-04-02 mine',
      ]);
      expect(await found({ meter: 'bytes' }, '2026-04-02')).toEqual(['2026-04-02 other']);
      expect(await found({ keyId: 'key_9999999999' }, '2026-04-01', '2026-04-02')).toEqual([]);
    });

    it('reads days from one to another, of one book', async () => {
      const book = newBook();
      for (const day of ['2026-03-31', '2026-04-01', '2026-04-02', '2026-04-03']) {
        await engine.stores.countUsage(book, { ...line, day }, id(8), { id: 'a', quantity: 1 });
      }
      const days = async (from: string, to: string) => (await all(book, from, to)).map(({ day }) => day).toSorted();
      expect(await days('2026-04-01', '2026-04-02')).toEqual(['2026-04-01', '2026-04-02']);
      expect(await all({ ...book, mode: 'test' }, '2026-01-01', '2026-12-31')).toEqual([]);
      expect(await all(newBook(), '2026-01-01', '2026-12-31')).toEqual([]);
    });
  });

  describe('the audit log', () => {
    const newEvent = (organizationId: string, fields: Partial<AuditRecord> = {}): AuditRecord => ({
      id: id(16),
      organizationId,
      at: NOW * 1_000,
      mode: 'live',
      action: 'key.create',
      actor: { type: 'member', id: 'somebody', role: 'admin' },
      outcome: 'unknown',
      details: { label: 'x', limits: { perMinute: 1 } },
      address: '192.0.2.1',
      ...fields,
    });
    const insert = async (event: AuditRecord) => {
      await engine.stores.insertAuditEvent(event, NOW + 9);
      return event;
    };

    it('shows an event as it was written, and how it ended, once', async () => {
      const event = await insert(newEvent(newOrganization()));
      const list = async () => (await engine.stores.listAuditEvents(event.organizationId, {}, { limit: 9 })).entries;
      expect(await list()).toEqual([event]);
      await engine.stores.endAuditEvent(event, { outcome: 'succeeded', created: 'key_1' });
      await engine.stores.endAuditEvent(event, { outcome: 'failed', code: 'not_found' });
      expect(await list()).toEqual([{ ...event, outcome: 'succeeded', created: 'key_1' }]);
      await engine.stores.endAuditEvent(newEvent(event.organizationId), { outcome: 'succeeded' });
      expect(await list()).toHaveLength(1);
    });

    it('knows which operator it was, and that both modes were meant', async () => {
      const actor = { type: 'operator', id: 'operator', operator: 'local' } as const;
      const { mode, ...event } = newEvent(newOrganization(), { action: 'organization.revoke', actor });
      await insert(event);
      const { entries } = await engine.stores.listAuditEvents(
        event.organizationId,
        { actor: 'operator' },
        { limit: 9 },
      );
      expect(entries).toEqual([event]);
    });

    it('pages newest first, by what is wanted', async () => {
      const organization = newOrganization();
      const events: AuditRecord[] = [];
      for (let at = 0; at < 7; at++) {
        const action = at % 2 === 0 ? 'key.create' : 'key.revoke';
        const actor = { type: 'key', id: `key_${at % 3}` } as const;
        events.unshift(await insert(newEvent(organization, { at: NOW * 1_000 + at, action, actor, target: `t${at}` })));
      }
      const walk = async (filter: object, limit = 2) => {
        const found: AuditRecord[] = [];
        for (let after: string | undefined; ; ) {
          const page = await engine.stores.listAuditEvents(organization, filter, { limit, after });
          expect(page.entries.length).toBeLessThanOrEqual(limit);
          found.push(...page.entries);
          after = page.next;
          if (after === undefined) return found;
        }
      };
      expect(await walk({})).toEqual(events);
      expect(await walk({ action: 'key.create' })).toEqual(events.filter(({ action }) => action === 'key.create'));
      expect(await walk({ actor: 'key_1' })).toEqual(events.filter(({ actor }) => actor.id === 'key_1'));
      expect(await walk({ target: 't3', outcome: 'unknown' })).toEqual([events[3]]);
      expect(await walk({ outcome: 'failed' })).toEqual([]);
      const [from, to] = [NOW * 1_000 + 2, NOW * 1_000 + 4];
      expect(await walk({ from, to })).toEqual(events.slice(2, 5));
      expect((await engine.stores.listAuditEvents(newOrganization(), {}, { limit: 9 })).entries).toEqual([]);
    });
  });
}
