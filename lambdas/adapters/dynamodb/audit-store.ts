import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { attribute, prefix } from '../../contract/table.ts';
import { type AuditFilter, type AuditRecord, type AuditStore, auditPosition } from '../../core/audit.ts';
import type { ItemKey, Table } from './table.ts';
import type { Item } from './transport.ts';

/** Events that a page looks through, where not all are wanted. */
const LOOKED_THROUGH = 500;

const partitionOf = (organizationId: string): string => prefix.audit + organizationId;

const keyOf = (event: Pick<AuditRecord, 'organizationId' | 'at' | 'id'>): ItemKey => ({
  partition: partitionOf(event.organizationId),
  sort: auditPosition(event),
});

const toItem = ({ actor, details, ...event }: AuditRecord): Item => ({
  ...event,
  actorType: actor.type,
  actorId: actor.id,
  actorRole: actor.role,
  operator: actor.operator,
  // As text: what a caller sent is not to be taken for anything else.
  ...(details && { details: JSON.stringify(details) }),
});

function toRecord({
  [attribute.partition]: _,
  [attribute.sort]: __,
  [attribute.ttl]: ___,
  ...item
}: Item): AuditRecord {
  const { actorType, actorId, actorRole, operator, details, ...event } = item;
  return {
    ...(event as Omit<AuditRecord, 'actor' | 'details'>),
    actor: {
      type: actorType,
      id: actorId,
      ...(actorRole !== undefined && { role: actorRole }),
      ...(operator !== undefined && { operator }),
    },
    ...(details !== undefined && { details: JSON.parse(details) }),
  };
}

const FILTERED = { action: 'action', actor: 'actorId', target: 'target', outcome: 'outcome' } as const;

/** Attributes that an event must have. */
function wantedIn(filter: AuditFilter): readonly (readonly [attribute: string, value: string])[] {
  return Object.entries(FILTERED).flatMap(([name, stored]) => {
    const value = filter[name as keyof typeof FILTERED];
    return value === undefined ? [] : [[stored, value] as const];
  });
}

export const createAuditStore = (table: Table): AuditStore => ({
  async insertAuditEvent(event, until) {
    await table.insert(keyOf(event), { ...toItem(event), [attribute.ttl]: until });
  },

  async endAuditEvent(event, { outcome, code, created }) {
    const set = [
      '#outcome = :outcome',
      code !== undefined && 'code = :code',
      created !== undefined && 'created = :created',
    ];
    // Succeeds when the event is there, and has no end yet.
    await table.update(keyOf(event), {
      update: `SET ${set.filter(Boolean).join(', ')}`,
      condition: '#outcome = :open',
      names: { '#outcome': 'outcome' },
      values: { ':outcome': outcome, ':open': 'unknown', ':code': code, ':created': created },
    });
  },

  async listAuditEvents(organizationId, { from = 0, to = 99_999_999_999_999, ...filter }, { limit, after }) {
    const partition = partitionOf(organizationId);
    const wanted = wantedIn(filter);
    const timeOf = (at: number) => String(at).padStart(14, '0');
    const { Items = [], LastEvaluatedKey } = await table.transport('Query', {
      TableName: table.tableName,
      KeyConditionExpression: '#partition = :partition AND #sort BETWEEN :from AND :to',
      ExpressionAttributeNames: {
        '#partition': attribute.partition,
        '#sort': attribute.sort,
        ...Object.fromEntries(wanted.map(([stored]) => [`#${stored}`, stored])),
      },
      ExpressionAttributeValues: marshall({
        ':partition': partition,
        ':from': timeOf(Math.max(0, from)),
        ':to': `${timeOf(Math.max(0, to))}~`,
        ...Object.fromEntries(wanted.map(([stored, value]) => [`:${stored}`, value])),
      }),
      ...(wanted.length > 0 && {
        FilterExpression: wanted.map(([stored]) => `#${stored} = :${stored}`).join(' AND '),
      }),
      ScanIndexForward: false,
      ConsistentRead: true,
      Limit: wanted.length > 0 ? LOOKED_THROUGH : limit,
      ...(after !== undefined && {
        ExclusiveStartKey: marshall({ [attribute.partition]: partition, [attribute.sort]: after }),
      }),
    });
    const found = Items.map((item) => toRecord(unmarshall(item)));
    const entries = found.slice(0, limit);
    const last = entries.at(-1);
    const next =
      found.length > limit && last
        ? auditPosition(last)
        : LastEvaluatedKey && String(unmarshall(LastEvaluatedKey)[attribute.sort]);
    return { entries, ...(next !== undefined && { next }) };
  },
});
