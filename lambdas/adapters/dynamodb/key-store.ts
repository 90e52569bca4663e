import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { attribute, ORGANIZATION_INDEX, prefix } from '../../contract/table.ts';
import type { EpochSeconds, KeyName, KeyRecord, KeyStore } from '../../core/ports.ts';
import { keyPosition, revokedKeyPosition } from '../../core/position.ts';
import { DAY } from '../../core/time.ts';
import { countersOf, PRINCIPAL, principalKey } from './principal-store.ts';
import { BATCH, readAll } from './read-all.ts';
import type { Table } from './table.ts';
import type { Item } from './transport.ts';

/** A dead key can be looked at for this long; then DynamoDB may delete it. */
const KEPT = 90 * DAY;

const keyOf = ({ id }: Pick<KeyName, 'id'>) => principalKey({ type: 'key', id });
const indexSort = (position: string) => prefix.key + position;

const optional = [
  'allowedCidrs',
  'allowedOrigins',
  'expiresAt',
  'lastUsedAt',
  'revokedAt',
  'replaces',
  'replacedBy',
] as const;

const toItem = ({ limits, counters, ...key }: KeyRecord): Item => ({
  ...key,
  ...limits,
  [attribute.indexPartition]: prefix.organization + key.organizationId,
  [attribute.indexSort]: indexSort(keyPosition(key)),
  ...(key.expiresAt !== undefined && { [attribute.ttl]: key.expiresAt + KEPT }),
});

function countersIn(item: Item): Pick<KeyRecord, 'counters'> {
  const counters = countersOf(item);
  return Object.keys(counters).length > 0 ? { counters } : {};
}

export const toKeyRecord = (item: Item): KeyRecord => ({
  id: item.id,
  organizationId: item.organizationId,
  status: item.status,
  // Keys from before there were types and formats.
  type: item.type ?? 'secret',
  format: item.format ?? 'opaque',
  mode: item.mode,
  label: item.label,
  keyPrefix: item.keyPrefix,
  secretHash: item.secretHash,
  scopes: item.scopes,
  limits: { perMinute: item.perMinute, perHour: item.perHour },
  createdAt: item.createdAt,
  createdBy: item.createdBy,
  version: item.version,
  ...countersIn(item),
  ...Object.fromEntries(optional.flatMap((name) => (item[name] === undefined ? [] : [[name, item[name]]]))),
});

/** A change succeeds when the key is the organization's, is active and has not expired; revoking, even if it has. */
const OWN_AND_ACTIVE = 'organizationId = :organization AND #status = :active';
const NOT_EXPIRED = '(attribute_not_exists(expiresAt) OR expiresAt > :now)';

export function createKeyStore(table: Table): KeyStore {
  const change = (
    name: KeyName,
    { set, remove = '' }: { set: string; remove?: string },
    condition: string,
    values: Item,
    names: Record<string, string> = {},
  ) =>
    table.update(keyOf(name), {
      update: `${set && `SET ${set} `}${remove && `REMOVE ${remove} `}ADD version :one`,
      condition,
      names: { '#status': 'status', ...names },
      values: { ':organization': name.organizationId, ':active': 'active', ':one': 1, ...values },
    });

  const revoke = (name: KeyName, now: EpochSeconds, more = '', condition = OWN_AND_ACTIVE, values: Item = {}) =>
    change(
      name,
      { set: `#status = :revoked, revokedAt = :now, #ttl = :ttl, #indexSort = :indexSort${more}` },
      condition,
      {
        ':revoked': 'revoked',
        ':now': now,
        ':ttl': now + KEPT,
        ':indexSort': indexSort(revokedKeyPosition(name.id, now)),
        ...values,
      },
      { '#ttl': attribute.ttl, '#indexSort': attribute.indexSort },
    );

  return {
    async insertKey(key) {
      const { done, item } = await table.insert(keyOf(key), toItem(key));
      // A repeated attempt after a lost answer finds its own item.
      return done || item?.secretHash === key.secretHash;
    },

    async getKey(name) {
      const item = await table.get(keyOf(name));
      return item?.organizationId === name.organizationId ? toKeyRecord(item) : undefined;
    },

    async listKeys(organizationId, includeRevoked, { limit, after }) {
      const { Items = [], LastEvaluatedKey } = await table.transport('Query', {
        TableName: table.tableName,
        IndexName: ORGANIZATION_INDEX,
        KeyConditionExpression: '#partition = :partition AND begins_with(#sort, :sort)',
        ExpressionAttributeNames: { '#partition': attribute.indexPartition, '#sort': attribute.indexSort },
        ExpressionAttributeValues: marshall({
          ':partition': prefix.organization + organizationId,
          ':sort': indexSort(includeRevoked ? '' : 'active#'),
        }),
        Limit: Math.min(limit, BATCH),
        ...(after !== undefined && { ExclusiveStartKey: startAfter(organizationId, after) }),
      });
      const positions = Items.map((item) => String(unmarshall(item)[attribute.indexSort]).slice(prefix.key.length));
      const ids = new Set(positions.map(idAt));
      const items = await readAll(
        table,
        [...ids].map((id) => keyOf({ id })),
      );
      const records = new Map(items.map(toKeyRecord).map((record) => [record.id, record]));
      const last = positions.at(-1);
      return {
        entries: positions.flatMap((position) => {
          const key = records.get(idAt(position));
          return key ? { position, key } : [];
        }),
        ...(LastEvaluatedKey && last !== undefined && { next: last }),
      };
    },

    async updateKey(name, { label, scopes, limits, allowedCidrs, allowedOrigins }, now, version) {
      const set = [
        label !== undefined && 'label = :label',
        scopes !== undefined && 'scopes = :scopes',
        limits !== undefined && 'perMinute = :perMinute, perHour = :perHour',
        allowedCidrs && 'allowedCidrs = :allowedCidrs',
        allowedOrigins && 'allowedOrigins = :allowedOrigins',
      ];
      const remove = [allowedCidrs === null && 'allowedCidrs', allowedOrigins === null && 'allowedOrigins'];
      const { done, item } = await change(
        name,
        { set: set.filter(Boolean).join(', '), remove: remove.filter(Boolean).join(', ') },
        `${OWN_AND_ACTIVE} AND ${NOT_EXPIRED}${version === undefined ? '' : ' AND version = :version'}`,
        {
          ':now': now,
          ':label': label,
          ':scopes': scopes,
          ':perMinute': limits?.perMinute,
          ':perHour': limits?.perHour,
          ':allowedCidrs': allowedCidrs ?? undefined,
          ':allowedOrigins': allowedOrigins ?? undefined,
          ':version': version,
        },
      );
      return done ? toKeyRecord(item) : undefined;
    },

    async revokeKey(name, now) {
      return (await revoke(name, now)).done;
    },

    async replaceKey(key, replacedBy, until, now) {
      const condition = `${OWN_AND_ACTIVE} AND ${NOT_EXPIRED} AND attribute_not_exists(replacedBy) AND version = :version`;
      const values = { ':now': now, ':replacedBy': replacedBy, ':version': key.version };
      const set = 'replacedBy = :replacedBy';
      const write = () => {
        if (until <= now) return revoke(key, now, `, ${set}`, condition, values);
        // Its own expiry, where that comes first, stays.
        if (key.expiresAt !== undefined && key.expiresAt <= until) return change(key, { set }, condition, values);
        const end = { ':until': until, ':ttl': until + KEPT };
        const names = { '#ttl': attribute.ttl };
        const both = { set: `${set}, expiresAt = :until, #ttl = :ttl` };
        return change(key, both, condition, { ...values, ...end }, names);
      };
      const { done, item } = await write();
      // A repeated attempt after a lost answer finds its own write.
      return done || item?.replacedBy === replacedBy;
    },

    deleteKey: (name) => table.remove(keyOf(name)),
  };
}

const idAt = (position: string): string => position.slice(position.lastIndexOf('#') + 1);

const startAfter = (organizationId: string, position: string) =>
  marshall({
    [attribute.indexPartition]: prefix.organization + organizationId,
    [attribute.indexSort]: indexSort(position),
    [attribute.partition]: prefix.key + idAt(position),
    [attribute.sort]: PRINCIPAL,
  });
