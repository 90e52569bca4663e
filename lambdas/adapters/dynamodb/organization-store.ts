import { attribute, prefix } from '../../contract/table.ts';
import type { OrganizationStore } from '../../core/ports.ts';
import { DAY } from '../../core/time.ts';
import { principalKey } from './principal-store.ts';
import type { ItemKey, Table } from './table.ts';

/** For how long a sign-up that is not finished is kept. */
const INTENDED_FOR = 30 * DAY;

const keyOf = (id: string): ItemKey => ({ partition: prefix.organization + id, sort: 'ORGANIZATION' });

export const createOrganizationStore = (table: Table): OrganizationStore => ({
  async insertOrganization(organization) {
    await table.insert(keyOf(organization.id), { ...organization });
  },

  async getOrganization(id) {
    const item = await table.get(keyOf(id));
    return item && { id: item.id, name: item.name, createdAt: item.createdAt };
  },

  deleteOrganization: (id) => table.remove(keyOf(id)),

  async getMember(subject) {
    const item = await table.get(principalKey({ type: 'member', id: subject }));
    const { organizationId, role, intendedId, intendedName, endedAt } = item ?? {};
    return {
      ...(organizationId !== undefined && { organizationId }),
      ...(role !== undefined && { role }),
      ...(intendedId !== undefined && { intended: { id: intendedId, name: intendedName } }),
      ...(endedAt !== undefined && { endedAt }),
    };
  },

  async intendOrganization(subject, { id, name }, limits, now) {
    // Succeeds when the person has no organization yet. Who never signs in is forgotten.
    await table.update(principalKey({ type: 'member', id: subject }), {
      update:
        'SET intendedId = :id, intendedName = :name, #ttl = :ttl, #status = if_not_exists(#status, :active),' +
        ' #mode = if_not_exists(#mode, :live), perMinute = if_not_exists(perMinute, :perMinute),' +
        ' perHour = if_not_exists(perHour, :perHour)',
      condition: 'attribute_not_exists(organizationId)',
      names: { '#ttl': attribute.ttl, '#status': 'status', '#mode': 'mode' },
      values: {
        ':id': id,
        ':name': name,
        ':ttl': now + INTENDED_FOR,
        ':active': 'active',
        ':live': 'live',
        ':perMinute': limits.perMinute,
        ':perHour': limits.perHour,
      },
    });
  },

  async joinSession(sessionId, organizationId, role) {
    // Succeeds when the session is active and in no organization.
    await table.update(principalKey({ type: 'session', id: sessionId }), {
      update: 'SET organizationId = :organization, #role = :role ADD version :one',
      condition: '#status = :active AND attribute_not_exists(organizationId)',
      names: { '#role': 'role', '#status': 'status' },
      values: { ':organization': organizationId, ':role': role, ':active': 'active', ':one': 1 },
    });
  },

  async joinOrganization(subject, organizationId, role, limits, now) {
    // Succeeds when the person has no organization yet. Their first request usually made the item; it may not have.
    const { done, item } = await table.update(principalKey({ type: 'member', id: subject }), {
      update:
        'SET organizationId = :organization, #role = :role, joinedAt = :now, #indexPartition = :indexPartition,' +
        ' #indexSort = :indexSort, #status = if_not_exists(#status, :active), #mode = if_not_exists(#mode, :live),' +
        ' perMinute = if_not_exists(perMinute, :perMinute), perHour = if_not_exists(perHour, :perHour)' +
        ' REMOVE intendedId, intendedName, #ttl ADD version :one',
      condition: 'attribute_not_exists(organizationId)',
      names: {
        '#ttl': attribute.ttl,
        '#role': 'role',
        '#status': 'status',
        '#mode': 'mode',
        '#indexPartition': attribute.indexPartition,
        '#indexSort': attribute.indexSort,
      },
      values: {
        ':organization': organizationId,
        ':role': role,
        ':now': now,
        ':indexPartition': prefix.organization + organizationId,
        ':indexSort': `MEMBER#${subject}`,
        ':active': 'active',
        ':live': 'live',
        ':perMinute': limits.perMinute,
        ':perHour': limits.perHour,
        ':one': 1,
      },
    });
    // A repeated attempt after a lost answer finds its own write.
    return done || item?.organizationId === organizationId;
  },
});
