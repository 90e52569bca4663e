import { attribute, prefix } from '../../contract/table.ts';
import { UnavailableError } from '../../core/errors.ts';
import type { UserPoolRecord, UserPoolStore } from '../../core/token-ports.ts';
import { listByOwner } from './list-by-owner.ts';
import type { ItemKey, Table } from './table.ts';
import type { Item } from './transport.ts';

const keyOf = (userPoolId: string): ItemKey => ({ partition: prefix.pool + userPoolId, sort: 'REGISTRATION' });

/** Reads an item that decides who gets in: one that is not as this code writes them opens nothing. */
function toRecord({ userPoolId, organizationId, status, clientIds, scopes, registeredAt }: Item): UserPoolRecord {
  const texts = [userPoolId, organizationId].every((text) => typeof text === 'string' && text !== '');
  const known = status === 'active' || status === 'removed';
  if (!texts || !known || !Array.isArray(clientIds) || !Array.isArray(scopes)) {
    throw new UnavailableError('the store returned a malformed item');
  }
  return { userPoolId, organizationId, status, clientIds, scopes, registeredAt };
}

export const createUserPoolStore = (table: Table): UserPoolStore => ({
  async getUserPool(userPoolId) {
    const item = await table.get(keyOf(userPoolId));
    return item && toRecord(item);
  },

  async listUserPools(organizationId) {
    const { found } = await listByOwner(table, prefix.organization + organizationId, prefix.pool, keyOf);
    const records = found.map(([, item]) => toRecord(item));
    // The index may lag behind a pool that has moved, or was removed.
    return records.filter((record) => record.organizationId === organizationId && record.status === 'active');
  },

  async putUserPool(pool, from = pool.organizationId) {
    // Succeeds when the pool is nobody's, the organization's already, or that of who gives it up.
    const { done } = await table.update(keyOf(pool.userPoolId), {
      update:
        'SET userPoolId = :userPoolId, organizationId = :organization, clientIds = :clientIds, scopes = :scopes,' +
        ' #status = :status, registeredAt = :registeredAt, #indexPartition = :indexPartition, #indexSort = :indexSort',
      condition: 'attribute_not_exists(organizationId) OR organizationId = :organization OR organizationId = :from',
      names: {
        '#status': 'status',
        '#indexPartition': attribute.indexPartition,
        '#indexSort': attribute.indexSort,
      },
      values: {
        ':status': pool.status,
        ':userPoolId': pool.userPoolId,
        ':organization': pool.organizationId,
        ':from': from,
        ':clientIds': pool.clientIds,
        ':scopes': pool.scopes,
        ':registeredAt': pool.registeredAt,
        ':indexPartition': prefix.organization + pool.organizationId,
        ':indexSort': prefix.pool + pool.userPoolId,
      },
    });
    return done;
  },

  async removeUserPool(organizationId, userPoolId) {
    // Succeeds when the pool is the organization's, also when it was removed before.
    const { done } = await table.update(keyOf(userPoolId), {
      update: 'SET #status = :removed REMOVE #indexPartition, #indexSort',
      condition: 'organizationId = :organization',
      names: {
        '#status': 'status',
        '#indexPartition': attribute.indexPartition,
        '#indexSort': attribute.indexSort,
      },
      values: { ':removed': 'removed', ':organization': organizationId },
    });
    return done;
  },
});
