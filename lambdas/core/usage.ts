import { createHash } from 'node:crypto';
import type { ListUsage, USAGE_DIMENSIONS } from '../contract/usage-schemas.ts';
import { randomBase62 } from './base62.ts';
import { ApiError, invalid } from './errors.ts';
import type { Clock, Page, Random } from './ports.ts';
import { decodeCursor, encodeCursor } from './position.ts';
import { Recent } from './recent.ts';
import { DAY, dayOf, secondsOf } from './time.ts';
import {
  type Tally,
  USAGE_PARTS,
  type UsageBook,
  type UsageClaim,
  type UsageLine,
  type UsageQuestion,
  type UsageStore,
} from './usage-ports.ts';

export interface UsageDependencies {
  readonly store: UsageStore;
  readonly clock: Clock;
  readonly random: Random;
}

/** An event as it was sent. */
export interface UsageEvent extends Omit<UsageLine, 'day'> {
  readonly quantity: number;
  /** By a page of the customer's, and not by a server. */
  readonly byWidget?: boolean;
}

/** Usage added up: the dimensions that were asked for, and no other. */
export type UsageRow = Partial<UsageLine> & Pick<Tally, 'quantity' | 'events'>;

/** Events that share an item, so that it stays under 1 KB: DynamoDB charges by that. */
const TOGETHER = 48;

/** Lines whose slots one container remembers. */
const REMEMBERED = 10_000;

const SLOT_LENGTH = 8;
const EVENT_ID_LENGTH = 12;

/** Days that one question may be about, and that it is about when it names none. */
const MOST_DAYS = 366;
const USUAL_DAYS = 30;

/** Pages of one part, about 1 MB each, that one question may read: what a function can do in its time. */
const MOST_PAGES = 5;

/**
 * Usage that an organization's product sends, added up. Events of one line are counted in slots, items of a few dozen
 * events that know the events they have counted: so an event is counted by one conditional write, once, and what is read
 * is a small part of what was sent. An event that has a name is claimed first, by a write that says when it came and in
 * which slot it counts: whoever repeats it, whenever, gets there too. Dying between the two leaves it uncounted and
 * unanswered, and the next attempt counts it.
 */
export function createUsage({ store, clock, random }: UsageDependencies) {
  const slots = new Recent<string, string>(REMEMBERED);

  const slotOf = (name: string): string => {
    const slot = slots.get(name) ?? randomBase62(SLOT_LENGTH, random);
    slots.set(name, slot);
    return slot;
  };

  /**
   * @param idempotencyKey what the sender calls this one event, within its organization and mode
   * @returns when it was first received, in epoch seconds
   * @throws idempotency_key_reused for another event of that name
   */
  async function track(book: UsageBook, event: UsageEvent, idempotencyKey: string | undefined): Promise<number> {
    const { meter, customer, quantity } = event;
    const now = secondsOf(clock);
    const lineAt = (claim: Pick<UsageClaim, 'receivedAt' | 'keyId'>): UsageLine => ({
      day: dayOf(claim.receivedAt),
      meter,
      customer,
      keyId: claim.keyId,
    });
    const fresh = { receivedAt: now, keyId: event.keyId };
    const name = JSON.stringify([book, lineAt(fresh)]);
    const slot = slotOf(name);

    if (idempotencyKey === undefined) {
      await count(book, lineAt(fresh), slot, { id: randomBase62(EVENT_ID_LENGTH, random), quantity }, name);
      return now;
    }
    // What a customer's page calls an event is no name for what a server sends, nor for another customer's.
    const namer = event.byWidget ? [customer] : [];
    const id = hash([book.organizationId, book.mode, idempotencyKey, ...namer]);
    const fingerprint = hash([meter, customer, quantity]);
    const claim = await store.claimUsage(id, { fingerprint, slot, ...fresh });
    if (claim.fingerprint !== fingerprint) {
      throw new ApiError('idempotency_key_reused', 'This idempotency key was used for another event.');
    }
    await count(book, lineAt(claim), claim.slot, { id: id.slice(0, EVENT_ID_LENGTH), quantity }, name);
    return claim.receivedAt;
  }

  async function count(
    book: UsageBook,
    line: UsageLine,
    slot: string,
    event: { id: string; quantity: number },
    name: string,
  ) {
    const events = await store.countUsage(book, line, slot, event);
    if (events >= TOGETHER && slots.get(name) === slot) slots.set(name, randomBase62(SLOT_LENGTH, random));
  }

  /**
   * Usage from one day to another, added up by what is asked for, in that order.
   * @throws validation_failed
   */
  async function list(book: UsageBook, query: ListUsage): Promise<Page<UsageRow> & { from: string; to: string }> {
    const { from, to } = daysOf(query, secondsOf(clock));
    const after = query.cursor === undefined ? undefined : decodeCursor(query.cursor, ANY_ROW);
    const rows = new Map<string, UsageRow & { names: readonly string[] }>();
    const add = (tally: Tally) => {
      const names = query.by.map((dimension) => nameIn(tally, dimension));
      const key = JSON.stringify(names);
      const { quantity = 0, events = 0 } = rows.get(key) ?? {};
      const line = Object.fromEntries(query.by.map((dimension) => [fieldOf(dimension), nameIn(tally, dimension)]));
      rows.set(key, { ...line, names, quantity: rounded(quantity + tally.quantity), events: events + tally.events });
    };
    await readAll(book, { from, to, ...filterOf(query) }, add);
    const sorted = [...rows.values()].toSorted((a, b) => compare(a.names, b.names));
    const start = after === undefined ? 0 : sorted.findIndex(({ names }) => hash(names) === after) + 1;
    if (after !== undefined && start === 0) throw notOfThisList();
    const page = sorted.slice(start, start + query.limit);
    const last = page.at(-1);
    return {
      from,
      to,
      entries: page.map(({ names, ...row }) => row),
      ...(sorted.length > start + page.length && last && { next: encodeCursor(hash(last.names)) }),
    };
  }

  /** Reads what is asked about, all parts at once, and keeps none of it. */
  async function readAll(book: UsageBook, question: UsageQuestion, add: (tally: Tally) => void): Promise<void> {
    const days = question.customer === undefined ? 1 : daysIn(question);
    // One customer's are found by the day; of very many days, all are looked through.
    const questions = days === 1 || days > DAYS_APART ? [question] : apart(question);
    for (const each of questions) {
      await Promise.all(parts.map((part) => readPart(book, part, each, add)));
    }
  }

  async function readPart(book: UsageBook, part: number, question: UsageQuestion, add: (tally: Tally) => void) {
    let after: string | undefined;
    for (let page = 0; page < MOST_PAGES; page++) {
      const { tallies, next } = await store.readUsage(book, part, question, after);
      for (const tally of tallies) add(tally);
      if (next === undefined) return;
      after = next;
    }
    throw invalid({ field: 'from', message: 'There is too much usage in these days to add up at once: ask for fewer' });
  }

  return { track, list };
}

export type Usage = ReturnType<typeof createUsage>;

type Dimension = (typeof USAGE_DIMENSIONS)[number];

const parts = Array.from({ length: USAGE_PARTS }, (_, part) => part);

const fieldOf = (dimension: Dimension): keyof UsageLine => (dimension === 'key' ? 'keyId' : dimension);
const nameIn = (tally: Tally, dimension: Dimension): string => tally[fieldOf(dimension)];

const hash = (values: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(values)).digest('base64url');

/** As many decimal places as an event can have: a sum in binary would show more. */
const rounded = (quantity: number): number => Number(quantity.toFixed(6));

const filterOf = ({ meter_token: meter, customer_external_id: customer, keyId }: ListUsage) => ({
  ...(meter !== undefined && { meter }),
  ...(customer !== undefined && { customer }),
  ...(keyId !== undefined && { keyId }),
});

/** Days that are asked about one by one, where one customer is. */
const DAYS_APART = 31;

const daysIn = ({ from, to }: UsageQuestion): number => (startOf(to) - startOf(from)) / DAY + 1;

const apart = (question: UsageQuestion): readonly UsageQuestion[] =>
  Array.from({ length: daysIn(question) }, (_, index) => {
    const day = dayOf(startOf(question.from) + index * DAY);
    return { ...question, from: day, to: day };
  });

/** Where a page ended: the hash of its last row's names, which may be long. */
const ANY_ROW = /^[\w-]{43}$/;

const notOfThisList = () => invalid({ field: 'cursor', message: 'Not a cursor of this list' });

function compare(a: readonly string[], b: readonly string[]): number {
  const index = a.findIndex((name, at) => name !== b[at]);
  return index < 0 ? 0 : (a[index] as string) < (b[index] as string) ? -1 : 1;
}

function daysOf({ from, to }: ListUsage, now: number): { readonly from: string; readonly to: string } {
  const last = to ?? (from === undefined ? dayOf(now) : later(from, MOST_DAYS - 1, dayOf(now)));
  const first = from ?? dayOf(startOf(last) - (USUAL_DAYS - 1) * DAY);
  const days = (startOf(last) - startOf(first)) / DAY + 1;
  if (days < 1) throw invalid({ field: 'to', message: 'It is before from' });
  if (days > MOST_DAYS) throw invalid({ field: 'from', message: `At most ${MOST_DAYS} days` });
  return { from: first, to: last };
}

const startOf = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 1_000;

/** Today, or as many days later as one question may be about; never before the day itself. */
const later = (day: string, days: number, today: string): string => {
  const most = dayOf(startOf(day) + days * DAY);
  return today < day ? day : today < most ? today : most;
};
