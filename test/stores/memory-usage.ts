import type { Tally, UsageBook, UsageClaim, UsageStore } from '../../lambdas/core/usage-ports.ts';
import { partOf } from '../../lambdas/core/usage-ports.ts';

/** Usage, in one process's memory. */
export function createMemoryUsage(): UsageStore {
  const claims = new Map<string, UsageClaim>();
  const tallies = new Map<string, Tally & { book: UsageBook; slot: string; seen: Set<string> }>();

  return {
    async claimUsage(id, claim) {
      if (!claims.has(id)) claims.set(id, claim);
      return claims.get(id) ?? claim;
    },

    async countUsage({ organizationId, mode }, line, slot, { id, quantity }) {
      const { day, meter, customer, keyId } = line;
      const name = JSON.stringify([organizationId, mode, day, meter, customer, keyId, slot]);
      const book = { organizationId, mode };
      const tally = tallies.get(name) ?? { ...line, book, slot, quantity: 0, events: 0, seen: new Set() };
      if (tally.seen.has(id)) return tally.events;
      const events = tally.events + 1;
      tallies.set(name, { ...tally, quantity: tally.quantity + quantity, events, seen: tally.seen.add(id) });
      return events;
    },

    async readUsage({ organizationId, mode }, part, { from, to, ...wanted }) {
      const found = [...tallies.values()].filter(
        ({ book, slot, day, ...line }) =>
          book.organizationId === organizationId &&
          book.mode === mode &&
          partOf(slot) === part &&
          from <= day &&
          day <= to &&
          Object.entries(wanted).every(([name, value]) => line[name as keyof typeof line] === value),
      );
      return { tallies: found.map(({ book, slot, seen, ...tally }) => tally) };
    },
  };
}
