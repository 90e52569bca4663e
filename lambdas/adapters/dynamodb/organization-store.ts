import { attribute, prefix } from '../../contract/table.ts';
import type { OrganizationStore } from '../../core/ports.ts';
import { principalKey } from './principal-store.ts';
import type { ItemKey, Table } from './table.ts';

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

  async joinOrganization(subject, organizationId, role, limits, now) {
    // Succeeds when the person has no organization yet. Their first request usually made the item; it may not have.
    const { done, item } = await table.update(principalKey({ type: 'member', id: subject }), {
      update:
        'SET organizationId = :organization, #role = :role, joinedAt = :now, #indexPartition = :indexPartition,' +
        ' #indexSort = :indexSort, #status = if_not_exists(#status, :active), #mode = if_not_exists(#mode, :live),' +
        ' perMinute = if_not_exists(perMinute, :perMinute), perHour = if_not_exists(perHour, :perHour)' +
        ' ADD version :one',
      condition: 'attribute_not_exists(organizationId)',
      names: {
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
