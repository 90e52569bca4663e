import type { AuditStore } from '../../lambdas/core/audit.ts';
import type { ConsumerStore, ExchangeCodeStore, OtpStore } from '../../lambdas/core/consumer-ports.ts';
import type { LoginStore } from '../../lambdas/core/hosted-login.ts';
import type { InvitationStore, MemberStore } from '../../lambdas/core/member-ports.ts';
import type { OperatorStore } from '../../lambdas/core/operator-ports.ts';
import type {
  EpochSeconds,
  ItemRecord,
  ItemStore,
  KeyName,
  KeyRecord,
  KeyStore,
  OrganizationStore,
  Page,
  PageRequest,
  PrincipalRecord,
  PrincipalStore,
  Shelf,
  Spend,
} from '../../lambdas/core/ports.ts';
import { itemPosition, keyPosition } from '../../lambdas/core/position.ts';
import type { SessionRecord, SessionStore } from '../../lambdas/core/session-ports.ts';
import { spentFrom } from '../../lambdas/core/spender.ts';
import type { KeySet, KeySetStore, UserPoolStore } from '../../lambdas/core/token-ports.ts';
import type { UsageStore } from '../../lambdas/core/usage-ports.ts';
import { createMemoryAudit } from './memory-audit.ts';
import { createMemoryConsumers } from './memory-consumers.ts';
import { createMemoryMembers } from './memory-members.ts';
import { createMemoryOperator } from './memory-operator.ts';
import { spendFrom } from './memory-spend.ts';
import { createMemoryUsage } from './memory-usage.ts';
import { createMemoryUserPools } from './memory-user-pools.ts';

export type Stores = PrincipalStore &
  KeyStore &
  OrganizationStore &
  MemberStore &
  InvitationStore &
  ItemStore &
  KeySetStore &
  UserPoolStore &
  SessionStore &
  LoginStore &
  ConsumerStore &
  OtpStore &
  ExchangeCodeStore &
  UsageStore &
  AuditStore &
  OperatorStore;

interface Principal {
  record: PrincipalRecord;
  key?: KeyRecord;
}

const pageOf = <T>(entries: readonly T[], positionOf: (entry: T) => string, { limit, after }: PageRequest): Page<T> => {
  const sorted = entries.toSorted((a, b) => (positionOf(a) < positionOf(b) ? -1 : 1));
  const rest = after === undefined ? sorted : sorted.filter((entry) => positionOf(entry) > after);
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  return { entries: page, ...(rest.length > limit && last && { next: positionOf(last) }) };
};

/** Every store in one process's memory: for tests of the core, and the floor of the benchmarks. */
export function createMemoryStores(): Stores {
  const principals = new Map<string, Principal>();
  const items = new Map<string, ItemRecord[]>();
  let keySet: KeySet | undefined;

  const sessions = new Map<string, SessionRecord>();
  const logins = new Map<string, Parameters<LoginStore['insertLogin']>[0]>();
  /** When a person's sign-ins were ended, in milliseconds. */
  const ended = new Map<string, number>();

  const nameOf = ({ type, id }: Pick<Spend, 'type' | 'id'>) =>
    type === 'member' ? id : `${type === 'widget' ? 'key' : type} ${id}`;
  /** A session and the principal that it is, as one. */
  const putSession = (session: SessionRecord) => {
    sessions.set(session.id, session);
    const {
      id,
      subject,
      status,
      organizationId,
      role,
      limits,
      expiresAt,
      kind = 'member',
      mode = 'live',
      scopes,
    } = session;
    const before = principals.get(nameOf({ type: 'session', id }))?.record;
    principals.set(nameOf({ type: 'session', id }), {
      record: {
        type: kind,
        id: subject,
        sessionId: id,
        status,
        mode,
        ...(scopes && { scopes }),
        ...(session.guest && { guest: true }),
        limits,
        expiresAt,
        counters: before?.counters ?? {},
        version: (before?.version ?? 0) + 1,
        ...(organizationId !== undefined && { organizationId }),
        ...(role !== undefined && { role }),
      },
    });
  };
  const putEnd = (person: PrincipalRecord, at: number) => {
    ended.set(person.id, at);
    const notBefore = Math.floor(at / 1_000);
    principals.set(person.id, { record: { ...person, notBefore, version: person.version + 1 } });
  };
  const shelfName = ({ organizationId, mode, kind }: Shelf) => `${organizationId} ${mode} ${kind}`;
  const keyName = (id: string) => nameOf({ type: 'key', id });
  const expired = ({ expiresAt }: { expiresAt?: EpochSeconds }, now: EpochSeconds) =>
    expiresAt !== undefined && expiresAt <= now;

  const own = ({ organizationId, id }: KeyName): KeyRecord | undefined => {
    const key = principals.get(keyName(id))?.key;
    return key?.organizationId === organizationId ? key : undefined;
  };
  const withCounters = (key: KeyRecord): KeyRecord => {
    const counters = principals.get(keyName(key.id))?.record.counters ?? {};
    return Object.keys(counters).length > 0 ? { ...key, counters } : key;
  };
  const change = (key: KeyRecord): KeyRecord => put({ ...key, version: key.version + 1 });
  const put = (key: KeyRecord): KeyRecord => {
    const before = principals.get(keyName(key.id))?.record;
    const {
      id,
      status,
      organizationId,
      type: keyType,
      mode,
      scopes,
      allowedCidrs,
      allowedOrigins,
      secretHash,
      expiresAt,
      limits,
    } = key;
    principals.set(keyName(key.id), {
      key,
      record: {
        type: 'key',
        id,
        status,
        organizationId,
        mode,
        keyType,
        scopes,
        secretHash,
        limits,
        ...(allowedCidrs && { allowedCidrs }),
        ...(allowedOrigins && { allowedOrigins }),
        counters: before?.counters ?? {},
        version: key.version,
        ...(expiresAt !== undefined && { expiresAt }),
      },
    });
    return key;
  };

  const members = createMemoryMembers({
    getPerson: (subject) => principals.get(subject)?.record,
    putPerson: (record) => void principals.set(record.id, { record }),
    getSession: (id) => sessions.get(id),
    putSession,
    endedAt: (subject) => ended.get(subject),
  });
  const stores: Omit<Stores, keyof OperatorStore> = {
    async spend(spend) {
      const name = nameOf(spend);
      const found = principals.get(name);
      const made = spend.type === 'member' || spend.type === 'anonymous';
      if (!found && !made) return { granted: false, record: undefined };
      const known: PrincipalRecord = found?.record ?? {
        type: spend.type === 'anonymous' ? 'anonymous' : 'member',
        id: spend.id,
        status: 'active',
        mode: 'live',
        limits: made ? spend.limits : { perMinute: 0, perHour: 0 },
        counters: {},
        version: 0,
      };
      const outcome = spendFrom(known, spend);
      if (!outcome.granted) return outcome;
      const { record: after } = outcome;
      principals.set(name, {
        record: after,
        ...(found?.key && { key: { ...found.key, lastUsedAt: spend.now } }),
      });
      return outcome;
    },

    async dropCounters(principal, names) {
      const name = nameOf(spentFrom(principal));
      const found = principals.get(name);
      if (!found) return;
      const counters = Object.entries(found.record.counters).filter(([counter]) => !names.includes(counter));
      principals.set(name, { ...found, record: { ...found.record, counters: Object.fromEntries(counters) } });
    },

    async insertKey(key) {
      if (principals.has(keyName(key.id))) return principals.get(keyName(key.id))?.key?.secretHash === key.secretHash;
      put(key);
      return true;
    },

    async getKey(name) {
      const key = own(name);
      return key && withCounters(key);
    },

    async listKeys(organizationId, includeRevoked, page) {
      const keys = [...principals.values()].flatMap(({ key }) => (key?.organizationId === organizationId ? key : []));
      const listed = keys.filter(({ status }) => includeRevoked || status === 'active');
      const entries = listed.map((key) => ({ position: keyPosition(key), key: withCounters(key) }));
      return pageOf(entries, ({ position }) => position, page);
    },

    async updateKey(name, { label, scopes, limits, allowedCidrs, allowedOrigins }, now, version) {
      const key = own(name);
      if (key?.status !== 'active' || expired(key, now)) return undefined;
      if (version !== undefined && version !== key.version) return undefined;
      const { allowedCidrs: cidrsBefore, allowedOrigins: originsBefore, ...rest } = key;
      const cidrs = allowedCidrs === undefined ? cidrsBefore : allowedCidrs;
      const origins = allowedOrigins === undefined ? originsBefore : allowedOrigins;
      return change({
        ...rest,
        ...(label !== undefined && { label }),
        ...(scopes !== undefined && { scopes }),
        ...(limits && { limits }),
        ...(cidrs && { allowedCidrs: cidrs }),
        ...(origins && { allowedOrigins: origins }),
      });
    },

    async revokeKey(name, now) {
      const key = own(name);
      if (key?.status !== 'active') return false;
      change({ ...key, status: 'revoked', revokedAt: now });
      return true;
    },

    async replaceKey(read, replacedBy, until, now) {
      const key = own(read);
      if (key?.replacedBy !== undefined) return key.replacedBy === replacedBy;
      if (key?.status !== 'active' || expired(key, now) || key.version !== read.version) return false;
      if (until <= now) change({ ...key, status: 'revoked', revokedAt: now, replacedBy });
      else change({ ...key, replacedBy, expiresAt: Math.min(until, key.expiresAt ?? until) });
      return true;
    },

    async deleteKey({ id }) {
      principals.delete(keyName(id));
    },

    ...createMemoryConsumers(pageOf),

    ...createMemoryUsage(),
    ...createMemoryAudit(),
    ...members.stores,

    async getKeySet() {
      return keySet;
    },

    async putKeySet(next) {
      if (keySet?.version === next.version) return keySet.keys[0]?.kid === next.keys[0]?.kid;
      if ((keySet?.version ?? 0) !== next.version - 1) return false;
      keySet = next;
      return true;
    },

    async insertSession(session) {
      if (!sessions.has(session.id)) putSession(session);
    },

    async getSession(id) {
      return sessions.get(id);
    },

    async listSessions(subject, after) {
      const own = [...sessions.values()].filter(
        (session) => session.subject === subject && session.status === 'active' && !session.guest,
      );
      return pageOf(own, ({ createdAt, id }) => `${String(createdAt).padStart(11, '0')}#${id}`, { limit: 100, after });
    },

    async refuseSignIns(subject, until, limits) {
      const before = principals.get(subject)?.record;
      const known: PrincipalRecord = before ?? {
        type: 'member',
        id: subject,
        status: 'active',
        mode: 'live',
        limits,
        counters: {},
        version: 0,
      };
      if ((ended.get(subject) ?? -1) < until) putEnd(known, until);
    },

    async rotateSession(id, rotation) {
      const { familyHash, presentedHash, nextHash, salt, caller, now, expiresAt, openedAfter } = rotation;
      const session = sessions.get(id);
      const { refresh } = session ?? {};
      const counts =
        session?.status === 'active' &&
        session.expiresAt > now &&
        session.createdAt > openedAfter &&
        refresh?.familyHash === familyHash &&
        refresh.hash === presentedHash;
      if (!counts) return { rotated: false, session };
      const previous = { hash: presentedHash, salt, at: now, caller };
      const { organizationId, role, ...rest } = session;
      const after = {
        ...(rotation.membership === undefined ? session : rest),
        ...rotation.membership,
        expiresAt,
        refresh: { familyHash, hash: nextHash, previous },
      };
      putSession(after);
      return { rotated: true, session: after };
    },

    async revokeSession(id, _, familyHash) {
      const session = sessions.get(id);
      if (!session || (familyHash !== undefined && session.refresh?.familyHash !== familyHash)) return;
      putSession({ ...session, status: 'revoked' });
    },

    async insertLogin(login) {
      logins.set(login.stateHash, login);
    },

    async takeLogin(stateHash, browserHash, _, now) {
      const login = logins.get(stateHash);
      if (login?.browserHash !== browserHash || login.expiresAt <= now) return undefined;
      logins.delete(stateHash);
      return login;
    },

    ...createMemoryUserPools(),

    async insertItem(shelf, item) {
      const name = shelfName(shelf);
      items.set(name, [...(items.get(name) ?? []), item]);
    },

    async listItems(shelf, page) {
      return pageOf(items.get(shelfName(shelf)) ?? [], itemPosition, page);
    },
  };
  const operator = createMemoryOperator({
    stores,
    keys: () => [...principals.values()].flatMap(({ key }) => key ?? []),
    organizations: members.list,
    sessions: () => [...sessions.values()],
    putEnd(subject, at) {
      const person = principals.get(subject)?.record;
      if (person) putEnd(person, at);
    },
  });
  return { ...stores, ...operator };
}
