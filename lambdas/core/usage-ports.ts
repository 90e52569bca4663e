import type { Mode } from '../contract/profile.ts';
import type { EpochSeconds } from './ports.ts';

/** Whose usage, and of which mode: what is in one is never seen from another. */
export interface UsageBook {
  readonly organizationId: string;
  readonly mode: Mode;
}

/** What usage is counted by. */
export interface UsageLine {
  /** `YYYY-MM-DD`, in UTC. */
  readonly day: string;
  readonly meter: string;
  readonly customer: string;
  /** `key_…` */
  readonly keyId: string;
}

/**
 * One event that its sender has a name for, as it was first received. A repetition is counted where this one says, or
 * not at all.
 */
export interface UsageClaim {
  /** Of what was sent, so that one name stands for one event. */
  readonly fingerprint: string;
  readonly receivedAt: EpochSeconds;
  readonly keyId: string;
  readonly slot: string;
}

/** Some of a line's events, added up in one item. */
export interface Tally extends UsageLine {
  readonly quantity: number;
  readonly events: number;
}

/** From one day to another, both included; where they are named, of one meter, customer or key alone. */
export interface UsageQuestion extends Partial<Omit<UsageLine, 'day'>> {
  readonly from: string;
  readonly to: string;
}

/** Every method throws UnavailableError when the store cannot answer. A change is one conditional write. */
export interface UsageStore {
  /**
   * Keeps a claim for at least two days.
   * @returns the claim that stands: the one given, or the one that was first
   */
  claimUsage(id: string, claim: UsageClaim): Promise<UsageClaim>;
  /**
   * Adds an event to the tally of its line and slot, once however often it is asked.
   * @returns events in that tally by then
   */
  countUsage(book: UsageBook, line: UsageLine, slot: string, event: { id: string; quantity: number }): Promise<number>;
  /** Tallies that are asked about, of one part of the book: a page, in no order, which may be empty though more follow. */
  readUsage(
    book: UsageBook,
    part: number,
    question: UsageQuestion,
    after?: string,
  ): Promise<{ readonly tallies: readonly Tally[]; readonly next?: string }>;
}

/**
 * Parts of a book, each with a partition key of its own: what one organization sends, thousands of events a second, is no
 * single partition's to take.
 */
export const USAGE_PARTS = 8;

/** The part that a slot is in. */
export const partOf = (slot: string): number => slot.charCodeAt(0) % USAGE_PARTS;
