import { attribute, prefix } from '../../contract/table.ts';
import { UnavailableError } from '../../core/errors.ts';
import type { SessionRecord, SessionStore } from '../../core/session-ports.ts';
import { DAY } from '../../core/time.ts';
import { listByOwner } from './list-by-owner.ts';
import { PRINCIPAL, principalKey } from './principal-store.ts';
import type { ItemKey, Table } from './table.ts';
import type { Item } from './transport.ts';

/** An ended session can be looked at for this long; then DynamoDB may delete it. */
const KEPT = 7 * DAY;

const keyOf = (id: string): ItemKey => ({ partition: prefix.session + id, sort: PRINCIPAL });

const positionOf = ({ createdAt, id }: Pick<SessionRecord, 'createdAt' | 'id'>): string =>
  `${prefix.session}${String(createdAt).padStart(11, '0')}#${id}`;

/** By what follows the prefix in a session's position. */
const keyAt = (place: string): ItemKey => keyOf(place.slice(place.indexOf('#') + 1));

function toItem({ refresh, limits, ...session }: SessionRecord): Item {
  return {
    ...session,
    ...limits,
    mode: session.mode ?? 'live',
    version: 1,
    ...(refresh && { familyHash: refresh.familyHash, refreshHash: refresh.hash }),
    [attribute.ttl]: session.expiresAt + KEPT,
    // A guest has no other session: there is nothing to list, and one write less to pay.
    ...(!session.guest && {
      [attribute.indexPartition]: prefix.user + session.subject,
      [attribute.indexSort]: positionOf(session),
    }),
  };
}

function toRecord(item: Item): SessionRecord {
  const { id, status, subject, organizationId, role, perMinute, perHour, createdAt, expiresAt, device, address } = item;
  const { kind, guest, mode, scopes } = item;
  const { lastUsedAt, familyHash, refreshHash, previousHash, previousSalt, rotatedAt, rotatedBy } = item;
  const known = status === 'active' || status === 'revoked';
  if (!known || typeof subject !== 'string' || !Number.isSafeInteger(expiresAt)) {
    throw new UnavailableError('the store returned a malformed item');
  }
  return {
    id,
    status,
    subject,
    ...(kind === 'consumer' && { kind, mode }),
    ...(guest === true && { guest }),
    ...(scopes !== undefined && { scopes }),
    ...(organizationId !== undefined && { organizationId }),
    ...(role !== undefined && { role }),
    limits: { perMinute, perHour },
    createdAt,
    expiresAt,
    ...(lastUsedAt !== undefined && { lastUsedAt }),
    ...(device !== undefined && { device }),
    ...(address !== undefined && { address }),
    ...(familyHash !== undefined && {
      refresh: {
        familyHash,
        hash: refreshHash,
        ...(previousHash !== undefined && {
          previous: { hash: previousHash, salt: previousSalt, at: rotatedAt, caller: rotatedBy },
        }),
      },
    }),
  };
}

export const createSessionStore = (table: Table): SessionStore => ({
  async insertSession(session) {
    // An id is drawn once: what stands there is this very session, written by an attempt whose answer was lost.
    const { done, item } = await table.insert(keyOf(session.id), toItem(session));
    if (!done && item?.refreshHash !== session.refresh?.hash) throw new UnavailableError('the session id is taken');
  },

  async getSession(id) {
    const item = await table.get(keyOf(id));
    return item && toRecord(item);
  },

  async rotateSession(id, rotation) {
    const { familyHash, presentedHash, nextHash, salt, caller, now, expiresAt, openedAfter } = rotation;
    const { membership } = rotation;
    // Succeeds when the session is active, neither expired nor too old, and the presented token is the one that counts.
    const { done, item } = await table.update(keyOf(id), {
      update:
        'SET refreshHash = :next, previousHash = :presented, previousSalt = :salt, rotatedAt = :now,' +
        ' rotatedBy = :caller, expiresAt = :expiresAt, #ttl = :ttl' +
        `${membership ? ', organizationId = :organization, #role = :role' : ''}` +
        `${membership === null ? ' REMOVE organizationId, #role' : ''} ADD version :one`,
      condition:
        '#status = :active AND expiresAt > :now AND createdAt > :openedAfter AND familyHash = :family' +
        ' AND refreshHash = :presented',
      names: { '#status': 'status', '#ttl': attribute.ttl, ...(membership !== undefined && { '#role': 'role' }) },
      values: {
        ':active': 'active',
        ':now': now,
        ':openedAfter': openedAfter,
        ':organization': membership?.organizationId,
        ':role': membership?.role,
        ':family': familyHash,
        ':presented': presentedHash,
        ':next': nextHash,
        ':salt': salt,
        ':caller': caller,
        ':expiresAt': expiresAt,
        ':ttl': expiresAt + KEPT,
        ':one': 1,
      },
    });
    // A repeated attempt after a lost answer finds its own write.
    const own = item?.previousSalt === salt && item.status === 'active';
    return { rotated: done || own, session: item && toRecord(item) };
  },

  async listSessions(subject, after) {
    const { found, next } = await listByOwner(table, prefix.user + subject, prefix.session, keyAt, after);
    const records = found.map(([, item]) => toRecord(item));
    const entries = records.filter((record) => record.status === 'active' && record.subject === subject);
    return { entries, ...(next !== undefined && { next }) };
  },

  async refuseSignIns(subject, until, limits) {
    // Succeeds when nobody has said so for a later time, also for a person who has made no request yet.
    await table.update(principalKey({ type: 'member', id: subject }), {
      update:
        'SET notBefore = :seconds, endedAt = :until, #status = if_not_exists(#status, :active), #mode = if_not_exists(#mode, :live),' +
        ' perMinute = if_not_exists(perMinute, :perMinute), perHour = if_not_exists(perHour, :perHour)' +
        ' REMOVE #ttl ADD version :one',
      condition: 'attribute_not_exists(endedAt) OR endedAt < :until',
      names: { '#status': 'status', '#mode': 'mode', '#ttl': attribute.ttl },
      values: {
        ':until': until,
        ':seconds': Math.floor(until / 1_000),
        ':active': 'active',
        ':live': 'live',
        ':perMinute': limits.perMinute,
        ':perHour': limits.perHour,
        ':one': 1,
      },
    });
  },

  async revokeSession(id, now, familyHash) {
    // Succeeds when the session is active, and, where a family is named, of it.
    await table.update(keyOf(id), {
      update:
        'SET #status = :revoked, revokedAt = :now, #ttl = :ttl REMOVE #indexPartition, #indexSort ADD version :one',
      condition: `#status = :active${familyHash === undefined ? '' : ' AND familyHash = :family'}`,
      names: {
        '#status': 'status',
        '#ttl': attribute.ttl,
        '#indexPartition': attribute.indexPartition,
        '#indexSort': attribute.indexSort,
      },
      values: {
        ':active': 'active',
        ':revoked': 'revoked',
        ':now': now,
        ':ttl': now + KEPT,
        ':one': 1,
        ':family': familyHash,
      },
    });
  },
});
