import type { Mode } from '../contract/profile.ts';
import type { Role } from '../contract/roles.ts';
import type { AuditAction } from '../contract/route.ts';
import type { ListAuditEvents } from '../contract/usage-schemas.ts';
import { randomBase62 } from './base62.ts';
import { ApiError, invalid } from './errors.ts';
import type { Clock, EpochSeconds, Page, PageRequest, Random } from './ports.ts';
import { decodeCursor, encodeCursor } from './position.ts';
import type { Caller } from './session-refresh.ts';
import { DAY } from './time.ts';

/** Who did it. */
export interface AuditActor {
  /** `operator`: who runs the deployment. */
  readonly type: 'key' | 'member' | 'operator';
  /** `key_…`, the member's subject, or `operator`. */
  readonly id: string;
  readonly role?: Role;
  /** Which operator, by their ARN, or `local`: for operators alone, organizations are not told. */
  readonly operator?: string;
}

/** Where what concerns the whole deployment is recorded, in the place of an organization. */
export const DEPLOYMENT = 'deployment';

/** What is about to be done. */
export interface AuditEntry extends Caller {
  readonly organizationId: string;
  /** Of what is done in one of both. */
  readonly mode?: Mode;
  readonly action: AuditAction;
  readonly actor: AuditActor;
  /** What it is done to, as the request named it. */
  readonly target?: string;
  /** What the request asked for: fields that are no secret. */
  readonly details?: Readonly<Record<string, unknown>> | undefined;
  readonly requestId?: string;
}

/** `unknown`: it had begun, and nobody was left to say how it ended; or the store did not answer, and it may have been done. */
type AuditOutcome = 'succeeded' | 'failed' | 'unknown';

interface AuditEnd {
  readonly outcome: AuditOutcome;
  /** The error's, when it failed. */
  readonly code?: string;
  /** What it made. */
  readonly created?: string;
}

export interface AuditRecord extends AuditEntry, AuditEnd {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** What is looked for; times in milliseconds, both included. */
export type AuditFilter = Pick<ListAuditEvents, 'from' | 'to' | 'action' | 'actor' | 'target' | 'outcome'>;

/** Every method throws UnavailableError when the store cannot answer. A change is one conditional write. */
export interface AuditStore {
  /** @param until when it may be deleted */
  insertAuditEvent(event: AuditRecord, until: EpochSeconds): Promise<void>;
  endAuditEvent(event: Pick<AuditRecord, 'organizationId' | 'at' | 'id'>, end: AuditEnd): Promise<void>;
  /** Newest first. A page that is filtered may be short though more follow. */
  listAuditEvents(organizationId: string, filter: AuditFilter, page: PageRequest): Promise<Page<AuditRecord>>;
}

export interface AuditDependencies {
  readonly store: AuditStore;
  readonly clock: Clock;
  readonly random: Random;
}

/** For how long events are kept. */
const KEPT = 400 * DAY;

export const auditPosition = ({ at, id }: Pick<AuditRecord, 'at' | 'id'>): string =>
  `${String(at).padStart(14, '0')}#${id}`;
const ANY_POSITION = /^\d{14}#[0-9A-Za-z]{16}$/;

/**
 * Who changed what. An event is written before its effect, so that nothing happens unrecorded, and is told afterwards how
 * that went.
 */
export function createAudit({ store, clock, random }: AuditDependencies) {
  /**
   * Runs what an entry announces.
   * @param createdBy what it made, by its result
   * @throws UnavailableError, and nothing is done, when the event cannot be written
   */
  async function record<T>(
    entry: AuditEntry,
    effect: () => Promise<T>,
    createdBy: (result: T) => string | undefined = () => undefined,
  ): Promise<T> {
    const at = clock.now();
    const event: AuditRecord = { ...entry, id: randomBase62(16, random), at, outcome: 'unknown' };
    await store.insertAuditEvent(event, Math.floor(at / 1_000) + KEPT);
    // What was done was done: a lost end leaves the event open, and takes nothing back.
    const end = (how: AuditEnd) => store.endAuditEvent(event, how).catch(() => {});
    try {
      const result = await effect();
      const created = createdBy(result);
      await end({ outcome: 'succeeded', ...(created !== undefined && { created }) });
      return result;
    } catch (error) {
      if (error instanceof ApiError && error.status < 500) await end({ outcome: 'failed', code: error.code });
      throw error;
    }
  }

  async function list(organizationId: string, query: ListAuditEvents): Promise<Page<AuditRecord>> {
    const { limit, cursor, ...filter } = query;
    const { from = 0, to = Number.MAX_SAFE_INTEGER } = filter;
    if (from > to) throw invalid({ field: 'to', message: 'It is before from' });
    const after = cursor === undefined ? undefined : decodeCursor(cursor, ANY_POSITION);
    const at = after === undefined ? from : Number(after.slice(0, 14));
    if (at < from || at > to) throw invalid({ field: 'cursor', message: 'Not a cursor of this list' });
    const { entries, next } = await store.listAuditEvents(organizationId, filter, { limit, after });
    return { entries, ...(next !== undefined && { next: encodeCursor(next) }) };
  }

  return { record, list };
}

/** Records what is about to be changed, and how that went. */
export type Recorder = <T>(target: string, details: AuditEntry['details'], effect: () => Promise<T>) => Promise<T>;

export type Audit = ReturnType<typeof createAudit>;
