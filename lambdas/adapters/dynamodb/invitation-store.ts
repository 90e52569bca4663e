import { isRole } from '../../contract/roles.ts';
import { attribute, prefix } from '../../contract/table.ts';
import { UnavailableError } from '../../core/errors.ts';
import type { InvitationRecord, InvitationStore } from '../../core/member-ports.ts';
import { DAY } from '../../core/time.ts';
import { listByOwner } from './list-by-owner.ts';
import type { ItemKey, Table } from './table.ts';
import type { Item } from './transport.ts';

/** An invitation that is over can be looked at for this long. */
const KEPT = 30 * DAY;

const keyOf = (id: string): ItemKey => ({ partition: prefix.invitation + id, sort: 'INVITATION' });

/** Reads an item that decides who gets in: one that is not as this code writes them opens nothing. */
function toRecord(item: Item): InvitationRecord {
  const { id, status, organizationId, role, email, tokenHash, invitedAt, invitedBy, expiresAt, acceptedBy } = item;
  const texts = [id, organizationId, email, tokenHash, invitedBy].every((text) => typeof text === 'string' && text);
  const known = status === 'pending' || status === 'accepted' || status === 'revoked';
  if (!texts || !known || !isRole(role) || ![invitedAt, expiresAt].every(Number.isSafeInteger)) {
    throw new UnavailableError('the store returned a malformed item');
  }
  const record = { id, status, organizationId, role, email, tokenHash, invitedAt, invitedBy, expiresAt } as const;
  return { ...record, ...(acceptedBy !== undefined && { acceptedBy }) };
}

export const createInvitationStore = (table: Table): InvitationStore => ({
  async putInvitation(invitation) {
    await table.put(keyOf(invitation.id), {
      ...invitation,
      [attribute.ttl]: invitation.expiresAt + KEPT,
      [attribute.indexPartition]: prefix.organization + invitation.organizationId,
      [attribute.indexSort]: prefix.invitation + invitation.id,
    });
  },

  async getInvitation(id) {
    const item = await table.get(keyOf(id));
    return item && toRecord(item);
  },

  async listInvitations(organizationId) {
    const { found } = await listByOwner(table, prefix.organization + organizationId, prefix.invitation, keyOf);
    const records = found.map(([, item]) => toRecord(item));
    return records.filter((record) => record.status === 'pending' && record.organizationId === organizationId);
  },

  async acceptInvitation(id, tokenHash, subject, now) {
    // Succeeds when the token is this invitation's, and it is pending and not expired.
    const { done, item } = await table.update(keyOf(id), {
      update: 'SET #status = :accepted, acceptedBy = :subject REMOVE #indexPartition, #indexSort',
      condition: 'tokenHash = :tokenHash AND #status = :pending AND expiresAt > :now',
      names: {
        '#status': 'status',
        '#indexPartition': attribute.indexPartition,
        '#indexSort': attribute.indexSort,
      },
      values: {
        ':tokenHash': tokenHash,
        ':pending': 'pending',
        ':accepted': 'accepted',
        ':subject': subject,
        ':now': now,
      },
    });
    const own = item?.status === 'accepted' && item.acceptedBy === subject && item.tokenHash === tokenHash;
    return done || (own && item.expiresAt > now);
  },

  async revokeInvitation(organizationId, id) {
    // Succeeds when it is the organization's, and pending.
    const { done, item } = await table.update(keyOf(id), {
      update: 'SET #status = :revoked REMOVE #indexPartition, #indexSort',
      condition: 'organizationId = :organization AND #status = :pending',
      names: {
        '#status': 'status',
        '#indexPartition': attribute.indexPartition,
        '#indexSort': attribute.indexSort,
      },
      values: { ':organization': organizationId, ':pending': 'pending', ':revoked': 'revoked' },
    });
    // A repeated attempt after a lost answer finds its own write.
    return done || (item?.organizationId === organizationId && item.status === 'revoked');
  },
});
