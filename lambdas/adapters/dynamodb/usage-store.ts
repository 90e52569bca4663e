import { createHash } from 'node:crypto';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { attribute, prefix } from '../../contract/table.ts';
import { DAY } from '../../core/time.ts';
import { partOf, type UsageBook, type UsageLine, type UsageStore } from '../../core/usage-ports.ts';
import type { ItemKey, Table } from './table.ts';

/** How long a claim stays, so that a repetition is known, and a tally, in seconds. */
const CLAIM_KEPT = 2 * DAY;
const TALLY_KEPT = 400 * DAY;

const claimKey = (id: string): ItemKey => ({ partition: prefix.event + id, sort: 'CLAIM' });

const partitionOf = ({ organizationId, mode }: UsageBook, part: number): string =>
  `${prefix.usage}${organizationId}#${mode}#${part}`;

/** By day first, so that days are read together. Names are of any length and content: their hash stands for them. */
function tallyKey(book: UsageBook, { day, meter, customer, keyId }: UsageLine, slot: string): ItemKey {
  const line = createHash('sha256')
    .update(JSON.stringify([meter, customer, keyId]))
    .digest('base64url')
    .slice(0, 16);
  return { partition: partitionOf(book, partOf(slot)), sort: `${day}#${line}#${slot}` };
}

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

  async readUsage(book, part, { from, to }, after) {
    const partition = partitionOf(book, part);
    const { Items = [], LastEvaluatedKey } = await table.transport('Query', {
      TableName: table.tableName,
      // Whatever follows the day sorts before `~`.
      KeyConditionExpression: '#partition = :partition AND #sort BETWEEN :from AND :to',
      ProjectionExpression: '#day, meter, customer, keyId, quantity, events',
      ExpressionAttributeNames: { '#partition': attribute.partition, '#sort': attribute.sort, '#day': 'day' },
      ExpressionAttributeValues: marshall({ ':partition': partition, ':from': from, ':to': `${to}~` }),
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
