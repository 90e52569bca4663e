import { prefix } from '../../contract/table.ts';
import type { OrganizationRecord, OrganizationStore } from '../../core/ports.ts';
import type { ItemKey, Table } from './table.ts';
import type { Item } from './transport.ts';

const keyOf = (id: string): ItemKey => ({ partition: prefix.organization + id, sort: 'ORGANIZATION' });

export const toOrganizationRecord = ({ id, name, createdAt, consumers }: Item): OrganizationRecord => ({
  id,
  name,
  createdAt,
  ...(consumers !== undefined && { consumers }),
});

export const createOrganizationStore = (table: Table): OrganizationStore => ({
  async insertOrganization(organization, owner) {
    await table.insert(keyOf(organization.id), { ...organization, owners: new Set([owner]) });
  },

  async getOrganization(id) {
    const item = await table.get(keyOf(id));
    return item && toOrganizationRecord(item);
  },

  async updateOrganization(id, { name, consumers }) {
    const sets = [...(name === undefined ? [] : ['#name = :name']), ...(consumers ? ['consumers = :consumers'] : [])];
    // Succeeds when there is such an organization.
    const { done, item } = await table.update(keyOf(id), {
      update: `SET ${sets.join(', ')}`,
      condition: 'attribute_exists(id)',
      ...(name !== undefined && { names: { '#name': 'name' } }),
      values: { ':name': name, ':consumers': consumers },
    });
    return done ? toOrganizationRecord(item) : undefined;
  },

  deleteOrganization: (id) => table.remove(keyOf(id)),

  async addOwner(id, subject) {
    // Succeeds when there is such an organization.
    await table.update(keyOf(id), {
      update: 'ADD owners :owners',
      condition: 'attribute_exists(id)',
      values: { ':owners': new Set([subject]) },
    });
  },

  async dropOwner(id, subject) {
    // Succeeds when the person is one of several owners. One from before owners were counted is the only one.
    const { done, item } = await table.update(keyOf(id), {
      update: 'DELETE owners :owners',
      condition: 'contains(owners, :subject) AND size(owners) > :one',
      values: { ':owners': new Set([subject]), ':subject': subject, ':one': 1 },
    });
    const others: ReadonlySet<string> = item?.owners ?? new Set();
    // Not counted, while others are: a repeated attempt after a lost answer finds its own write.
    return done || (others.size > 0 && !others.has(subject));
  },
});
