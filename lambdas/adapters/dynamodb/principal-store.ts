import type { KeyType } from '../../contract/profile.ts';
import { isRole } from '../../contract/roles.ts';
import { attribute, prefix } from '../../contract/table.ts';
import { UnavailableError } from '../../core/errors.ts';
import type { PrincipalRecord, PrincipalStore, Spend } from '../../core/ports.ts';
import { spentFrom } from '../../core/spender.ts';
import { isCounter } from '../../core/windows.ts';
import type { ItemKey, Table, Write } from './table.ts';
import type { Item } from './transport.ts';

/** Sort key of every item that can be spent from. */
export const PRINCIPAL = 'PRINCIPAL';

const prefixes = {
  key: prefix.key,
  widget: prefix.key,
  member: prefix.user,
  session: prefix.session,
  anonymous: prefix.address,
} as const;

export const principalKey = ({ type, id }: Pick<Spend, 'type' | 'id'>): ItemKey => ({
  partition: prefixes[type] + id,
  sort: PRINCIPAL,
});

/**
 * A spend succeeds when
 * - the item exists, or is a member's, which its first spend makes;
 * - its secret's hash is the one presented (keys; of a session, and a widget's key, that it is named is proof enough);
 * - it is active and not expired, and a member has signed in since their sign-ins were last ended;
 * - the minute's counter is below the minute's limit, and the hour's below the hour's;
 * - of a batch, both are below by as many as it counts, and the limits are those that it was counted by.
 * The limits are the item's own, so a change of them holds from the next request.
 */
function writeOf(spend: Spend): Write {
  if (spend.type === 'anonymous') return writeOfAddress(spend);
  const stale = spend.stale.map((_, index) => `#stale${index}`);
  const room =
    '#status = :active AND (attribute_not_exists(expiresAt) OR expiresAt > :now)' +
    ' AND (attribute_not_exists(#minute) OR #minute < perMinute) AND (attribute_not_exists(#hour) OR #hour < perHour)';
  const member = spend.type === 'member';
  const batch = spend.type === 'key' ? spend.batch : undefined;
  const roomForAll =
    ' AND perMinute = :perMinute AND perHour = :perHour AND perMinute >= :count AND perHour >= :count' +
    ' AND (attribute_not_exists(#minute) OR #minute <= :minuteRoom)' +
    ' AND (attribute_not_exists(#hour) OR #hour <= :hourRoom)';
  return {
    update: [
      'ADD #minute :count, #hour :count',
      'SET lastUsedAt = :now',
      member
        ? ', #status = if_not_exists(#status, :active), #mode = if_not_exists(#mode, :live)' +
          ', perMinute = if_not_exists(perMinute, :perMinute), perHour = if_not_exists(perHour, :perHour)'
        : '',
      stale.length > 0 ? `REMOVE ${stale.join(', ')}` : '',
    ].join(' '),
    condition: {
      member: `attribute_not_exists(#status) OR (${room} AND (attribute_not_exists(notBefore) OR notBefore < :signedIn))`,
      session: room,
      widget: room,
      key: `secretHash = :secretHash AND ${room}${batch ? roomForAll : ''}`,
    }[spend.type],
    names: {
      '#minute': spend.windows.minute,
      '#hour': spend.windows.hour,
      '#status': 'status',
      ...(member && { '#mode': 'mode' }),
      ...Object.fromEntries(spend.stale.map((name, index) => [`#stale${index}`, name])),
    },
    values: {
      ':count': batch?.count ?? 1,
      ':now': spend.now,
      ':active': 'active',
      ...(member && {
        ':live': 'live',
        ':perMinute': spend.limits.perMinute,
        ':perHour': spend.limits.perHour,
        ':signedIn': spend.signedInAt,
      }),
      ...(spend.type === 'key' && { ':secretHash': spend.secretHash }),
      ...(batch && {
        ':perMinute': batch.limits.perMinute,
        ':perHour': batch.limits.perHour,
        ':minuteRoom': batch.limits.perMinute - batch.count,
        ':hourRoom': batch.limits.perHour - batch.count,
      }),
    },
  };
}

/** After this an address that is not used again has no counter left, in seconds. */
const ADDRESS_KEPT = 2 * 3_600;

/** Succeeds when both counters are below the limits. The item is nothing but counters: the first spend makes it. */
function writeOfAddress({ windows, now, stale, limits }: Extract<Spend, { type: 'anonymous' }>): Write {
  const removed = stale.map((_, index) => `#stale${index}`);
  return {
    update: `ADD #minute :one, #hour :one SET #ttl = :ttl${removed.length > 0 ? ` REMOVE ${removed.join(', ')}` : ''}`,
    condition:
      '(attribute_not_exists(#minute) OR #minute < :perMinute) AND (attribute_not_exists(#hour) OR #hour < :perHour)',
    names: {
      '#minute': windows.minute,
      '#hour': windows.hour,
      '#ttl': attribute.ttl,
      ...Object.fromEntries(stale.map((name, index) => [`#stale${index}`, name])),
    },
    values: { ':one': 1, ':ttl': now + ADDRESS_KEPT, ':perMinute': limits.perMinute, ':perHour': limits.perHour },
  };
}

const KEY_TYPES: readonly KeyType[] = ['secret', 'publishable', 'restricted', 'admin'];

export const countersOf = (item: Item) => Object.fromEntries(Object.entries(item).filter(([name]) => isCounter(name)));

const toRecord = (spend: Spend, item: Item): PrincipalRecord =>
  spend.type === 'anonymous'
    ? {
        type: spend.type,
        id: spend.id,
        status: 'active',
        mode: 'live',
        limits: spend.limits,
        counters: countersOf(item),
        version: 0,
      }
    : spend.type === 'session'
      ? {
          ...toPrincipal(item.kind === 'consumer' ? 'consumer' : 'member', String(item.subject), item),
          sessionId: spend.id,
          ...(item.guest === true && { guest: true }),
        }
      : toPrincipal(spend.type, spend.id, item);

/** Reads an item that decides who gets in: one that is not as this code writes them opens nothing. */
function toPrincipal(type: PrincipalRecord['type'], id: string, item: Item): PrincipalRecord {
  const { status, mode, perMinute, perHour, version = 0, organizationId, role, notBefore } = item;
  // Keys from before there were types are secret ones.
  const { type: keyType = type === 'key' ? 'secret' : undefined, scopes, secretHash, expiresAt } = item;
  const { allowedCidrs, allowedOrigins } = item;
  const wellFormed =
    (status === 'active' || status === 'revoked') &&
    (mode === 'live' || mode === 'test') &&
    [perMinute, perHour, version].every(Number.isSafeInteger) &&
    (role === undefined || isRole(role)) &&
    [allowedCidrs, allowedOrigins, scopes].every((list) => list === undefined || Array.isArray(list)) &&
    (type !== 'key' || (KEY_TYPES.includes(keyType) && Array.isArray(scopes) && typeof secretHash === 'string'));
  if (!wellFormed) throw new UnavailableError('the store returned a malformed item');
  return {
    type,
    id,
    status,
    mode,
    limits: { perMinute, perHour },
    counters: countersOf(item),
    version,
    ...(organizationId !== undefined && { organizationId }),
    ...(role !== undefined && { role }),
    ...(notBefore !== undefined && { notBefore }),
    ...(keyType !== undefined && { keyType }),
    ...(scopes !== undefined && { scopes }),
    ...(allowedCidrs !== undefined && { allowedCidrs }),
    ...(allowedOrigins !== undefined && { allowedOrigins }),
    ...(secretHash !== undefined && { secretHash }),
    ...(expiresAt !== undefined && { expiresAt }),
  };
}

export const createPrincipalStore = (table: Table): PrincipalStore => ({
  async spend(spend) {
    const { done, item } = await table.update(principalKey(spend), writeOf(spend));
    const record = item && toRecord(spend, item);
    return done ? { granted: true, record: record as PrincipalRecord } : { granted: false, record };
  },

  async dropCounters(principal, counters) {
    const names = counters.map((name, index) => [`#c${index}`, name] as const);
    // Succeeds when the item is there: otherwise it would be made.
    await table.update(principalKey(spentFrom(principal)), {
      update: `REMOVE ${names.map(([placeholder]) => placeholder).join(', ')}`,
      condition: 'attribute_exists(#partition)',
      names: { '#partition': attribute.partition, ...Object.fromEntries(names) },
    });
  },
});
