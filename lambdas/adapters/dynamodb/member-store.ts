import { isRole } from '../../contract/roles.ts';
import { attribute, prefix } from '../../contract/table.ts';
import type { Hold, ListedMember, MemberRecord, MemberStore } from '../../core/member-ports.ts';
import { DAY } from '../../core/time.ts';
import { listByOwner } from './list-by-owner.ts';
import { principalKey } from './principal-store.ts';
import type { Table } from './table.ts';
import type { Item } from './transport.ts';

/** For how long a sign-up that is not finished is kept. */
const INTENDED_FOR = 30 * DAY;

const keyOf = (subject: string) => principalKey({ type: 'member', id: subject });

/** How a member's place in the index begins. */
const MEMBER = 'MEMBER#';

function toRecord(item: Item): MemberRecord {
  const { organizationId, role, email, joinedAt, intendedId, intendedName, endedAt, heldBy, heldUntil } = item;
  return {
    ...(organizationId !== undefined && isRole(role) && { organizationId, role }),
    ...(email !== undefined && { email }),
    ...(joinedAt !== undefined && { joinedAt }),
    ...(intendedId !== undefined && { intended: { id: intendedId, name: intendedName } }),
    ...(endedAt !== undefined && { endedAt }),
    ...(heldBy !== undefined && { held: { id: heldBy, until: heldUntil } }),
  };
}

/** Says when a person was removed from an organization: from each, since an invitation is into one. */
const removedFrom = (organizationId: string): string => `removed ${organizationId}`;

/** What every item that can be spent from has, for a person who may have made no request yet. */
const SPENDABLE =
  '#status = if_not_exists(#status, :active), #mode = if_not_exists(#mode, :live),' +
  ' perMinute = if_not_exists(perMinute, :perMinute), perHour = if_not_exists(perHour, :perHour)';
const spendableNames = { '#status': 'status', '#mode': 'mode' };
const spendableValues = ({ perMinute, perHour }: { perMinute: number; perHour: number }) => ({
  ':active': 'active',
  ':live': 'live',
  ':perMinute': perMinute,
  ':perHour': perHour,
});

export const createMemberStore = (table: Table): MemberStore => ({
  async getMember(subject) {
    return toRecord((await table.get(keyOf(subject))) ?? {});
  },

  async intendOrganization(subject, email, { id, name }, limits, now) {
    // Succeeds when the person has no organization yet. Who never signs in is forgotten.
    await table.update(keyOf(subject), {
      update: `SET intendedId = :id, intendedName = :name, email = :email, #ttl = :ttl, ${SPENDABLE}`,
      condition: 'attribute_not_exists(organizationId)',
      names: { '#ttl': attribute.ttl, ...spendableNames },
      values: {
        ':id': id,
        ':name': name,
        ':email': email,
        ':ttl': now + INTENDED_FOR,
        ...spendableValues(limits),
      },
    });
  },

  async joinSession(sessionId, { organizationId, role }) {
    // Succeeds when the session is active and in no organization.
    await table.update(principalKey({ type: 'session', id: sessionId }), {
      update: 'SET organizationId = :organization, #role = :role ADD version :one',
      condition: '#status = :active AND attribute_not_exists(organizationId)',
      names: { '#role': 'role', '#status': 'status' },
      values: { ':organization': organizationId, ':role': role, ':active': 'active', ':one': 1 },
    });
  },

  async joinOrganization(subject, { organizationId, role, email, invitedAt }, limits, now) {
    // Succeeds when the person has no organization, and was not removed from one since they were invited. Their first
    // request usually made the item; it may not have.
    const invited = invitedAt === undefined ? '' : ' AND (attribute_not_exists(#removed) OR #removed < :invitedAt)';
    const { done, item } = await table.update(keyOf(subject), {
      update:
        'SET organizationId = :organization, #role = :role, joinedAt = :now, #indexPartition = :indexPartition,' +
        ` #indexSort = :indexSort, ${email === undefined ? '' : 'email = :email, '}${SPENDABLE}` +
        ' REMOVE intendedId, intendedName, #ttl ADD version :one',
      condition: `attribute_not_exists(organizationId)${invited}`,
      names: {
        '#ttl': attribute.ttl,
        '#role': 'role',
        '#indexPartition': attribute.indexPartition,
        '#indexSort': attribute.indexSort,
        ...(invitedAt !== undefined && { '#removed': removedFrom(organizationId) }),
        ...spendableNames,
      },
      values: {
        ':organization': organizationId,
        ':role': role,
        ':email': email,
        ':invitedAt': invitedAt,
        ':now': now,
        ':indexPartition': prefix.organization + organizationId,
        ':indexSort': MEMBER + subject,
        ':one': 1,
        ...spendableValues(limits),
      },
    });
    // A repeated attempt after a lost answer finds its own write.
    return done || (item?.organizationId === organizationId && item.role === role);
  },

  async listMembers(organizationId, after) {
    const { found, next } = await listByOwner(table, prefix.organization + organizationId, MEMBER, keyOf, after);
    const entries = found.flatMap(([subject, item]): ListedMember[] => {
      const { organizationId: current, role, email, joinedAt } = toRecord(item);
      if (current !== organizationId || role === undefined) return [];
      const known = { ...(email !== undefined && { email }), ...(joinedAt !== undefined && { joinedAt }) };
      return [{ subject, organizationId, role, ...known }];
    });
    return { entries, ...(next !== undefined && { next }) };
  },

  async holdMember(subject, organizationId, hold, now) {
    // Succeeds when they are a member of the organization, and nobody holds them.
    const { done, item } = await table.update(keyOf(subject), {
      update: 'SET heldBy = :hold, heldUntil = :until',
      condition: 'organizationId = :organization AND (attribute_not_exists(heldBy) OR heldUntil <= :now)',
      values: { ':organization': organizationId, ':hold': hold.id, ':until': hold.until, ':now': now },
    });
    const member = item && toRecord(item);
    const own = member?.organizationId === organizationId ? member : undefined;
    return { held: done || own?.held?.id === hold.id, member: own };
  },

  async setRole(subject, hold, role, now) {
    // Succeeds when the hold goes on.
    const { done } = await table.update(keyOf(subject), {
      update: 'SET #role = :role ADD version :one',
      condition: HELD,
      names: { '#role': 'role' },
      values: { ':role': role, ':one': 1, ...heldValues(hold, now) },
    });
    return done;
  },

  async removeMember(subject, organizationId, hold, now) {
    // Succeeds when the hold goes on.
    const { done, item } = await table.update(keyOf(subject), {
      update:
        'SET #removed = :removedAt' +
        ' REMOVE organizationId, #role, joinedAt, #indexPartition, #indexSort, heldBy, heldUntil ADD version :one',
      condition: HELD,
      names: {
        '#role': 'role',
        '#removed': removedFrom(organizationId),
        '#indexPartition': attribute.indexPartition,
        '#indexSort': attribute.indexSort,
      },
      values: { ':removedAt': now, ':one': 1, ...heldValues(hold, Math.floor(now / 1_000)) },
    });
    return done || (item?.[removedFrom(organizationId)] === now && item.organizationId === undefined);
  },

  async releaseMember(subject, hold) {
    // Succeeds when the hold is this one.
    await table.update(keyOf(subject), {
      update: 'REMOVE heldBy, heldUntil',
      condition: 'heldBy = :hold',
      values: { ':hold': hold.id },
    });
  },
});

const HELD = 'heldBy = :hold AND heldUntil > :now';
const heldValues = ({ id }: Hold, now: number) => ({ ':hold': id, ':now': now });
