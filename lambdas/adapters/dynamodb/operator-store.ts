import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { attribute, prefix } from '../../contract/table.ts';
import type { LiveCredential, Looked, OperatorStore } from '../../core/operator-ports.ts';
import { toKeyRecord } from './key-store.ts';
import { toOrganizationRecord } from './organization-store.ts';
import { principalKey } from './principal-store.ts';
import type { Table } from './table.ts';
import type { Item, Operations } from './transport.ts';

/** Parts of the table that are looked through at once. */
const SEGMENTS = 4;

interface Wanted {
  readonly filter: string;
  readonly names?: Record<string, string>;
  readonly values: Item;
}

/** How the partition keys begin of what lets somebody in. */
const CREDENTIALS = {
  [prefix.key]: 'key',
  [prefix.session]: 'session',
  [prefix.user]: 'member',
  [prefix.invitation]: 'invitation',
  [prefix.pool]: 'userPool',
} as const;

function toCredential(item: Item): LiveCredential {
  const partition = String(item[attribute.partition]);
  const start = partition.slice(0, partition.indexOf('#') + 1) as keyof typeof CREDENTIALS;
  const [kind, id] = [CREDENTIALS[start], partition.slice(start.length)];
  if (kind === 'session') {
    return { kind, id, of: item.kind === 'consumer' ? 'consumer' : 'member', createdAt: item.createdAt };
  }
  return kind === 'member' ? { kind, id, ...(item.endedAt !== undefined && { endedAt: item.endedAt }) } : { kind, id };
}

export function createOperatorStore(table: Table): OperatorStore {
  /** Looks through the whole table. A page holds the wanted ones among 1 MB of items: often none. */
  async function scan(
    { filter, names, values }: Wanted,
    found: (items: readonly Item[]) => Promise<void>,
  ): Promise<Looked> {
    let items = 0;
    const segments = Array.from({ length: SEGMENTS }, async (_, Segment) => {
      let ExclusiveStartKey: Operations['Scan']['output']['LastEvaluatedKey'];
      do {
        const {
          Items = [],
          LastEvaluatedKey,
          ScannedCount = 0,
        } = await table.transport('Scan', {
          TableName: table.tableName,
          FilterExpression: filter,
          ExpressionAttributeNames: { '#partition': attribute.partition, ...names },
          ExpressionAttributeValues: marshall(values),
          ConsistentRead: true,
          Segment,
          TotalSegments: SEGMENTS,
          ...(ExclusiveStartKey && { ExclusiveStartKey }),
        });
        items += ScannedCount;
        if (Items.length > 0) await found(Items.map((item) => unmarshall(item)));
        ExclusiveStartKey = LastEvaluatedKey;
      } while (ExclusiveStartKey);
    });
    await Promise.all(segments);
    return { items };
  }

  return {
    async findKey(id) {
      const item = await table.get(principalKey({ type: 'key', id }));
      return item && toKeyRecord(item);
    },

    everyKeyBy: (keyPrefix, found) =>
      scan(
        {
          filter: 'begins_with(#partition, :start) AND keyPrefix = :keyPrefix',
          values: { ':start': prefix.key, ':keyPrefix': keyPrefix },
        },
        (items) => found(items.map(toKeyRecord)),
      ),

    everyOrganization: (found) =>
      scan({ filter: 'begins_with(#partition, :start)', values: { ':start': prefix.organization } }, (items) =>
        found(items.map((item) => ({ ...toOrganizationRecord(item), owners: [...(item.owners ?? [])].map(String) }))),
      ),

    everyCredential(organizationId, found) {
      const starts = Object.keys(CREDENTIALS).map((start, index) => [`:start${index}`, start] as const);
      const ofKind = starts.map(([name]) => `begins_with(#partition, ${name})`).join(' OR ');
      return scan(
        {
          filter: `organizationId = :organization AND #status IN (:active, :pending) AND (${ofKind})`,
          names: { '#status': 'status' },
          values: {
            ':organization': organizationId,
            ':active': 'active',
            ':pending': 'pending',
            ...Object.fromEntries(starts),
          },
        },
        (items) => found(items.map(toCredential)),
      );
    },

    async allowSignIns(subject, after) {
      // Succeeds when sign-ins are refused until later.
      const { done } = await table.update(principalKey({ type: 'member', id: subject }), {
        update: 'SET notBefore = :seconds, endedAt = :after ADD version :one',
        condition: 'endedAt > :after',
        values: { ':after': after, ':seconds': Math.floor(after / 1_000), ':one': 1 },
      });
      return done;
    },
  };
}
