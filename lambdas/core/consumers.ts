import type { Recorder } from './audit.ts';
import { randomBase62 } from './base62.ts';
import type {
  Attributes,
  ConsumerChanges,
  ConsumerRecord,
  ConsumerStore,
  Identifier,
  Market,
} from './consumer-ports.ts';
import { ApiError, invalid, UnavailableError } from './errors.ts';
import type { Clock, Page, PageRequest, Random } from './ports.ts';
import { decodeCursor, encodeCursor } from './position.ts';
import type { EndListedSessions } from './session-ender.ts';
import { secondsOf } from './time.ts';

export interface ConsumerDependencies {
  readonly store: ConsumerStore;
  readonly endSessions: EndListedSessions;
  readonly clock: Clock;
  readonly random: Random;
}

/** What a server says of a consumer. */
export interface Introduction {
  readonly externalId: string;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
  readonly attributes?: Attributes | undefined;
}

/** Each time, somebody else was faster. */
const ATTEMPTS = 4;

const POSITION = /^CONSUMER#\d{11}#con_[0-9A-Za-z]{20}$/;
const ID = /^con_[0-9A-Za-z]{20}$/;

export const newConsumerId = (random: Random): string => `con_${randomBase62(20, random)}`;

/** An identifier as a consumer has it on their record, which is the truth of it. */
const identifierOf = (consumer: ConsumerRecord, kind: Identifier['kind']): string | undefined =>
  kind === 'external' ? consumer.externalId : consumer[kind];

const fieldOf = ({ kind, value }: Identifier): ConsumerChanges =>
  kind === 'external' ? { externalId: value } : { [kind]: value };

/**
 * The people who use an organization's product. What leads from an identifier to a consumer is a pointer; it counts only
 * where their record says the same, so that whatever dies between two writes signs nobody in as somebody else.
 */
export function createConsumers({ store, endSessions, clock, random }: ConsumerDependencies) {
  const draft = (market: Market, id: string, fields: ConsumerChanges = {}): ConsumerRecord => ({
    status: 'active',
    attributes: {},
    ...(fields as Partial<ConsumerRecord>),
    ...market,
    id,
    createdAt: secondsOf(clock),
    version: 1,
  });

  /** The consumer who has an identifier, if anybody does. */
  async function find(market: Market, identifier: Identifier): Promise<ConsumerRecord | undefined> {
    const id = await store.findConsumer(market, identifier);
    const consumer = id === undefined ? undefined : await store.getConsumer(market, id);
    return consumer && identifierOf(consumer, identifier.kind) === identifier.value ? consumer : undefined;
  }

  /**
   * The consumer who has proven that an identifier is theirs: made, where nobody has it, under a guest's id where there
   * was one.
   */
  async function recognize(market: Market, identifier: Identifier, guestId?: string): Promise<ConsumerRecord> {
    let wanted = guestId;
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const id =
        (await store.findConsumer(market, identifier)) ??
        (await store.claimIdentifier(market, identifier, wanted ?? newConsumerId(random)));
      const consumer =
        (await store.getConsumer(market, id)) ?? (await store.insertConsumer(draft(market, id, fieldOf(identifier))));
      if (identifierOf(consumer, identifier.kind) === identifier.value) return assertUsable(consumer);
      // It leads to somebody who does not have it, or has it no more.
      await store.dropIdentifier(market, identifier, id);
      wanted = undefined;
    }
    throw new UnavailableError('the consumer keeps changing');
  }

  /**
   * The consumer whom a server names, with what it says of them. Who is known by the address or the number alone is
   * known by the server's id as well from then on.
   * @throws consumer_conflict when what it says is of several consumers
   */
  async function introduce(market: Market, given: Introduction, record: Recorder): Promise<ConsumerRecord> {
    const identifiers = identifiersOf(given);
    const found = await Promise.all(identifiers.map((identifier) => find(market, identifier)));
    const known = new Map(found.flatMap((consumer) => (consumer ? [[consumer.id, consumer] as const] : [])));
    if (known.size > 1) throw conflict();
    const [before] = known.values();
    if (before?.externalId !== undefined && before.externalId !== given.externalId) throw conflict();
    const external: Identifier = { kind: 'external', value: given.externalId };
    const consumer = before ?? (await recognize(market, external));
    const changed = before === undefined ? [] : differences(before, given);
    const run = () => change(consumer, given, identifiers);
    return changed.length > 0 ? record(consumer.id, { changed }, run) : run();
  }

  async function change(
    consumer: ConsumerRecord,
    { externalId, email, phone, attributes }: Introduction,
    identifiers: readonly Identifier[],
  ): Promise<ConsumerRecord> {
    for (const identifier of identifiers) await claim(consumer, identifier);
    let current = assertUsable(consumer);
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const changes = {
        externalId,
        email,
        phone,
        ...(attributes && { attributes: merged(current.attributes, attributes) }),
      };
      const changed = await store.updateConsumer(current, changes);
      if (changed) {
        await dropFormer(current, changed);
        return changed;
      }
      current = assertUsable(await get(consumer, consumer.id));
      if (current.externalId !== undefined && current.externalId !== externalId) throw conflict();
    }
    throw new UnavailableError('the consumer keeps changing');
  }

  /** Leads from an identifier to a consumer. @throws consumer_conflict when it is somebody else's */
  async function claim(consumer: ConsumerRecord, identifier: Identifier): Promise<void> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const id = await store.claimIdentifier(consumer, identifier, consumer.id);
      if (id === consumer.id) return;
      const holder = await store.getConsumer(consumer, id);
      if (holder && identifierOf(holder, identifier.kind) === identifier.value) throw conflict();
      await store.dropIdentifier(consumer, identifier, id);
    }
    throw new UnavailableError('the consumer keeps changing');
  }

  /** What led to a consumer and does not any more. */
  async function dropFormer(before: ConsumerRecord, after: ConsumerRecord): Promise<void> {
    const now = identifiersOf(after).map(({ kind, value }) => `${kind} ${value}`);
    const former = identifiersOf(before).filter(({ kind, value }) => !now.includes(`${kind} ${value}`));
    for (const identifier of former) await store.dropIdentifier(before, identifier, before.id);
  }

  /** @throws not_found */
  async function get(market: Market, id: string): Promise<ConsumerRecord> {
    const consumer = ID.test(id) ? await store.getConsumer(market, id) : undefined;
    if (!consumer || consumer.status === 'deleting' || consumer.status === 'deleted') throw notFound();
    return consumer;
  }

  async function list(market: Market, { limit, cursor }: { limit: number; cursor?: string | undefined }) {
    const after = cursor === undefined ? undefined : decodeCursor(cursor, POSITION);
    const request: PageRequest = { limit, after };
    const { entries, next }: Page<ConsumerRecord> = await store.listConsumers(market, request);
    const shown = entries.filter(({ status }) => status !== 'deleting');
    return { entries: shown, ...(next !== undefined && { next: encodeCursor(next) }) };
  }

  /**
   * Changes a consumer's attributes, or lets them in no more; then all their sessions end.
   * @throws not_found
   */
  async function update(
    market: Market,
    id: string,
    { attributes, disabled }: { attributes?: Attributes | undefined; disabled?: boolean | undefined },
  ): Promise<ConsumerRecord> {
    const status = disabled === undefined ? undefined : disabled ? 'disabled' : 'active';
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const changed = await store.updateConsumer(await get(market, id), { attributes, status });
      if (!changed) continue;
      if (changed.status === 'disabled') await endSessions(id);
      return changed;
    }
    throw new UnavailableError('the consumer keeps changing');
  }

  /**
   * Deletes a consumer with all that is known of them. First nobody signs in as them any more, then what they are signed
   * in with ends, then what leads to them goes, and all that was known; what stays is that the id was somebody's, so that
   * nobody else is ever given it. Dying in between leaves it to the next attempt.
   * @throws not_found
   */
  async function remove(market: Market, id: string): Promise<void> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const consumer = ID.test(id) ? await store.getConsumer(market, id) : undefined;
      if (!consumer || consumer.status === 'deleted') throw notFound();
      const leaving =
        consumer.status === 'deleting' ? consumer : await store.updateConsumer(consumer, { status: 'deleting' });
      if (!leaving) continue;
      await endSessions(id);
      for (const identifier of identifiersOf(leaving)) await store.dropIdentifier(market, identifier, id);
      await store.deleteConsumer(market, id);
      return;
    }
    throw new UnavailableError('the consumer keeps changing');
  }

  return { find, recognize, introduce, get, list, update, remove };
}

export type Consumers = ReturnType<typeof createConsumers>;

const identifiersOf = ({
  externalId,
  email,
  phone,
}: Partial<Pick<Introduction, 'externalId' | 'email' | 'phone'>>): readonly Identifier[] => [
  ...(externalId === undefined ? [] : [{ kind: 'external', value: externalId } as const]),
  ...(email === undefined ? [] : [{ kind: 'email', value: email } as const]),
  ...(phone === undefined ? [] : [{ kind: 'phone', value: phone } as const]),
];

/** What is said of a consumer that was not known, or otherwise: by name, since what it is is theirs. */
function differences(before: ConsumerRecord, { externalId, email, phone, attributes = {} }: Introduction): string[] {
  const said = Object.entries({ externalId, email, phone }).flatMap(([name, value]) =>
    value !== undefined && before[name as keyof typeof before] !== value ? [name] : [],
  );
  const others = Object.entries(attributes).some(([name, value]) => before.attributes[name] !== value);
  return others ? [...said, 'attributes'] : said;
}

const MOST_ATTRIBUTES = 30;

/** @throws validation_failed */
function merged(before: Attributes, given: Attributes): Attributes {
  const after = { ...before, ...given };
  if (Object.keys(after).length <= MOST_ATTRIBUTES) return after;
  throw invalid({ field: 'attributes', message: `With those before, more than ${MOST_ATTRIBUTES}` });
}

/** @throws consumer_disabled */
export function assertUsable(consumer: ConsumerRecord): ConsumerRecord {
  if (consumer.status === 'active') return consumer;
  if (consumer.status !== 'disabled') throw new UnavailableError('the consumer is being deleted');
  throw new ApiError('consumer_disabled', 'This account is disabled.');
}

const notFound = () => new ApiError('not_found', 'There is no such consumer.');
const conflict = () => new ApiError('consumer_conflict', 'What you say of this consumer is known of another one.');
