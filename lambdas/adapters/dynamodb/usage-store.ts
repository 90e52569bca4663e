import { createHash } from 'node:crypto';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { attribute, prefix } from '../../contract/table.ts';
import { DAY } from '../../core/time.ts';
import { partOf, type UsageBook, type UsageLine, type UsageQuestion, type UsageStore } from '../../core/usage-ports.ts';
import type { ItemKey, Table } from './table.ts';

/** How long a claim stays, so that a repetition is known, and a tally, in seconds. */
const CLAIM_KEPT = 2 * DAY;
const TALLY_KEPT = 400 * DAY;

const claimKey = (id: string): ItemKey => ({ partition: prefix.event + id, sort: 'CLAIM' });

const partitionOf = ({ organizationId, mode }: UsageBook, part: number): string =>
  `${prefix.usage}${organizationId}#${mode}#${part}`;

const hash = (value: unknown, length: number): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, length);

/** Of one customer on one day. */
const customerSort = (day: string, customer: string): string => `${day}#${hash(customer, 12)}#`;

/**
 * By day first, so that days are read together, and by customer, so that one customer's are. Names are of any length and
 * content: their hash stands for them.
 */
function tallyKey(book: UsageBook, { day, meter, customer, keyId }: UsageLine, slot: string): ItemKey {
  const sort = `${customerSort(day, customer)}${hash([meter, customer, keyId], 16)}#${slot}`;
  return { partition: partitionOf(book, partOf(slot)), sort };
}

/** Sort keys from and to: all of the days, or one day's of one customer. Whatever follows sorts before `~`. */
function rangeOf({ from, to, customer }: UsageQuestion): readonly [from: string, to: string] {
  if (customer === undefined || from !== to) return [from, `${to}~`];
  const start = customerSort(from, customer);
  return [start, `${start}~`];
}

const FILTERED = ['meter', 'customer', 'keyId'] as const;

export const createUsageStore = (table: Table): UsageStore => ({
  async claimUsage(id, claim) {
    const { item } = await table.insert(claimKey(id), { ...claim, [attribute.ttl]: claim.receivedAt + CLAIM_KEPT });
    const { fingerprint, receivedAt, keyId, slot } = item ?? claim;
    return { fingerprint, receivedAt, keyId, slot };
  },

  async countUsage(book, line, slot, { id, quantity }) {
    // Succeeds when the tally has not counted this event: a repeated attempt finds its own.
    const { item } = await table.update(tallyKey(book, line, slot), {
      update:
        'ADD quantity :quantity, events :one, seen :event ' +
        'SET #day = :day, meter = :meter, customer = :customer, keyId = :key, #ttl = :ttl',
      condition: 'attribute_not_exists(seen) OR NOT contains(seen, :id)',
      names: { '#day': 'day', '#ttl': attribute.ttl },
      values: {
        ':quantity': quantity,
        ':one': 1,
        ':event': new Set([id]),
        ':id': id,
        ':day': line.day,
        ':meter': line.meter,
        ':customer': line.customer,
        ':key': line.keyId,
        ':ttl': Date.parse(line.day) / 1_000 + TALLY_KEPT,
      },
    });
    return item?.events ?? 0;
  },

  async readUsage(book, part, question, after) {
    const partition = partitionOf(book, part);
    const [from, to] = rangeOf(question);
    const wanted = FILTERED.filter((name) => question[name] !== undefined);
    const { Items = [], LastEvaluatedKey } = await table.transport('Query', {
      TableName: table.tableName,
      KeyConditionExpression: '#partition = :partition AND #sort BETWEEN :from AND :to',
      ProjectionExpression: '#day, meter, customer, keyId, quantity, events',
      ExpressionAttributeNames: { '#partition': attribute.partition, '#sort': attribute.sort, '#day': 'day' },
      ExpressionAttributeValues: marshall({
        ':partition': partition,
        ':from': from,
        ':to': to,
        ...Object.fromEntries(wanted.map((name) => [`:${name}`, question[name]])),
      }),
      ...(wanted.length > 0 && { FilterExpression: wanted.map((name) => `${name} = :${name}`).join(' AND ') }),
      ConsistentRead: true,
      ...(after !== undefined && {
        ExclusiveStartKey: marshall({ [attribute.partition]: partition, [attribute.sort]: after }),
      }),
    });
    const tallies = Items.map((item) => {
      const { day, meter, customer, keyId, quantity, events } = unmarshall(item);
      return { day, meter, customer, keyId, quantity, events };
    });
    const next = LastEvaluatedKey && String(unmarshall(LastEvaluatedKey)[attribute.sort]);
    return { tallies, ...(next !== undefined && { next }) };
  },
});
