import { createHash } from 'node:crypto';
import { attribute, prefix } from '../../contract/table.ts';
import type { ConsumerRecord, ConsumerStore, Identifier, Market } from '../../core/consumer-ports.ts';
import { UnavailableError } from '../../core/errors.ts';
import { listByOwner } from './list-by-owner.ts';
import type { ItemKey, Table } from './table.ts';
import type { Item } from './transport.ts';

const keyOf = (id: string): ItemKey => ({ partition: prefix.consumer + id, sort: 'CONSUMER' });

/** What it is of stands in no key: nobody who lists keys reads an address. */
function identifierKey({ organizationId, mode }: Market, { kind, value }: Identifier): ItemKey {
  const hash = createHash('sha256')
    .update(JSON.stringify([organizationId, mode, kind, value]))
    .digest('base64url');
  return { partition: prefix.identifier + hash, sort: 'IDENTIFIER' };
}

const ownerOf = ({ organizationId, mode }: Market): string => `${prefix.organization}${organizationId}#${mode}`;

const placeOf = ({ createdAt, id }: Pick<ConsumerRecord, 'createdAt' | 'id'>): string =>
  `${prefix.consumer}${String(createdAt).padStart(11, '0')}#${id}`;

function toRecord(item: Item): ConsumerRecord {
  const { id, organizationId, mode, status, email, phone, externalId, attributes, createdAt, version } = item;
  const known = status === 'active' || status === 'disabled' || status === 'deleting' || status === 'deleted';
  if (!known || typeof organizationId !== 'string' || (mode !== 'live' && mode !== 'test')) {
    throw new UnavailableError('the store returned a malformed item');
  }
  return {
    id,
    organizationId,
    mode,
    status,
    ...(email !== undefined && { email }),
    ...(phone !== undefined && { phone }),
    ...(externalId !== undefined && { externalId }),
    attributes: attributes ?? {},
    createdAt,
    version,
  };
}

const isOf = ({ organizationId, mode }: Market, item: Item): boolean =>
  item.organizationId === organizationId && item.mode === mode;

export const createConsumerStore = (table: Table): ConsumerStore => ({
  async findConsumer(market, identifier) {
    return (await table.get(identifierKey(market, identifier)))?.consumerId;
  },

  async claimIdentifier(market, identifier, consumerId) {
    const { done, item } = await table.insert(identifierKey(market, identifier), { consumerId });
    if (done) return consumerId;
    if (item?.consumerId === undefined) throw new UnavailableError('an identifier came and went');
    return item.consumerId;
  },

  async dropIdentifier(market, identifier, consumerId) {
    // Succeeds when it is theirs.
    await table.remove(identifierKey(market, identifier), {
      condition: 'consumerId = :id',
      values: { ':id': consumerId },
    });
  },

  async insertConsumer(consumer) {
    const { done, item } = await table.insert(keyOf(consumer.id), {
      ...consumer,
      [attribute.indexPartition]: ownerOf(consumer),
      [attribute.indexSort]: placeOf(consumer),
    });
    return done || !item ? consumer : toRecord(item);
  },

  async getConsumer(market, id) {
    const item = await table.get(keyOf(id));
    return item && isOf(market, item) ? toRecord(item) : undefined;
  },

  async updateConsumer(consumer, changes) {
    const given = Object.entries(changes).filter(([, value]) => value !== undefined);
    // Succeeds when the consumer is as they were read.
    const { done, item } = await table.update(keyOf(consumer.id), {
      update: `SET ${given.map(([name]) => `#${name} = :${name}`).join(', ')} ADD version :one`,
      condition: 'version = :version',
      names: Object.fromEntries(given.map(([name]) => [`#${name}`, name])),
      values: {
        ...Object.fromEntries(given.map(([name, value]) => [`:${name}`, value])),
        ':version': consumer.version,
        ':one': 1,
      },
    });
    return done ? toRecord(item) : undefined;
  },

  async deleteConsumer(market, id) {
    // Succeeds when it is the market's.
    await table.update(keyOf(id), {
      update:
        'SET #status = :deleted REMOVE email, phone, externalId, #attributes, #indexPartition, #indexSort ADD version :one',
      condition: 'organizationId = :organization AND #mode = :mode',
      names: {
        '#mode': 'mode',
        '#status': 'status',
        '#attributes': 'attributes',
        '#indexPartition': attribute.indexPartition,
        '#indexSort': attribute.indexSort,
      },
      values: {
        ':organization': market.organizationId,
        ':mode': market.mode,
        ':deleted': 'deleted',
        ':one': 1,
      },
    });
  },

  async listConsumers(market, { limit, after }) {
    const keyAt = (place: string): ItemKey => keyOf(place.slice(place.indexOf('#') + 1));
    const { found, next } = await listByOwner(table, ownerOf(market), prefix.consumer, keyAt, after, limit);
    const entries = found.flatMap(([, item]) => (isOf(market, item) ? toRecord(item) : []));
    return { entries, ...(next !== undefined && { next }) };
  },
});
