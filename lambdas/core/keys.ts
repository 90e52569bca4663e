import type { KeyType } from '../contract/profile.ts';
import {
  type CreateKey,
  type ListKeys,
  PUBLISHABLE_ONLY,
  type RotateKey,
  type UpdateKey,
} from '../contract/schemas.ts';
import {
  type Actor,
  type Authority,
  assertCanGive,
  authorityOf,
  canSee,
  endOf,
  type Grant,
  least,
  scopesToGive,
} from './authority.ts';
import { ApiError, invalid, UnavailableError } from './errors.ts';
import { ALL_SCOPES } from './grants.ts';
import { fromPublicId, toPublicId } from './key-format.ts';
import { createMinter, type KeyDraft, type MinterDependencies } from './key-minter.ts';
import type { Clock, EpochSeconds, KeyName, KeyRecord, KeyStore, ListedKey, Page } from './ports.ts';
import { activeKeyPosition, anyKeyPosition, decodeCursor, encodeCursor } from './position.ts';
import { DAY, secondsOf } from './time.ts';

export interface KeyDependencies extends MinterDependencies {
  readonly store: KeyStore;
  readonly clock: Clock;
}

/** A key just made, with the one showing of its plain value. */
export interface IssuedKey {
  readonly record: KeyRecord;
  readonly apiKey: string;
}

/** Ids have 59 bits, so a second draw is already a sign of something else; a key seldom changes while it is rotated. */
const ATTEMPTS = 3;

/** Batches of 100 keys that one page may read. */
const BATCHES = 5;

export const isActive = (key: KeyRecord, now: EpochSeconds): boolean =>
  key.status === 'active' && (key.expiresAt === undefined || key.expiresAt > now);

/** The key operations. Each throws ApiError with the codes it names, and UnavailableError when the store is away. */
export function createKeys(dependencies: KeyDependencies) {
  const { profile, store, clock, grantable } = dependencies;
  const mint = createMinter(dependencies);

  /**
   * @throws validation_failed for a scope that no key of the type can have
   * @throws insufficient_permissions for more than the actor has
   */
  async function create(actor: Actor, input: CreateKey): Promise<IssuedKey> {
    const { type, label, expiresInDays, allowedOrigins } = input;
    const known = grantable(type);
    checkScopes(input.scopes, type);
    const authority = await authorityOf(actor, store);
    const mode = input.mode ?? authority.mode ?? 'live';
    const allowedCidrs = input.allowedCidrs ?? authority.allowedCidrs;
    const limits =
      input.limits ??
      (input.tier ? profile.tiers[input.tier] : least(profile.tiers[profile.defaultTier[mode]], authority));
    const grant: Grant = {
      scopes: input.scopes ?? scopesToGive(authority, known),
      mode,
      limits,
      ...(allowedCidrs && { allowedCidrs }),
    };
    if (grant.scopes.length === 0) {
      throw new ApiError('insufficient_permissions', `You have no scope that a ${type} key can have.`);
    }
    assertCanGive(authority, grant, known);
    const now = secondsOf(clock);
    const expiresAt = endOf(expiresInDays === undefined ? undefined : now + expiresInDays * DAY, authority);
    const format = input.format ?? (type === 'publishable' ? 'opaque' : profile.keyFormat);
    const draft: KeyDraft = {
      ...grant,
      ...(allowedOrigins && { allowedOrigins }),
      type,
      format,
      organizationId: actor.organizationId,
      status: 'active',
      label,
      createdAt: now,
      createdBy: actor.id,
      version: 1,
      ...(expiresAt !== undefined && { expiresAt }),
    };
    return issue(draft, actor);
  }

  /**
   * Active keys, and with `includeInactive` expired and revoked ones too. A page may be short though more follow, so
   * that keys that have expired in between do not make one request read for ever.
   */
  async function list(actor: Actor, { limit, cursor, includeInactive }: ListKeys): Promise<Page<KeyRecord>> {
    const now = secondsOf(clock);
    const authority = await authorityOf(actor, store);
    let after =
      cursor === undefined ? undefined : decodeCursor(cursor, includeInactive ? anyKeyPosition : activeKeyPosition);
    const found: ListedKey[] = [];
    for (let batch = 0; batch < BATCHES && found.length <= limit; batch++) {
      const page = await store.listKeys(actor.organizationId, includeInactive, { limit: 100, after });
      found.push(
        ...page.entries.filter(({ key }) => canSee(authority, key) && (includeInactive || isActive(key, now))),
      );
      after = page.next;
      if (after === undefined) break;
    }
    const entries = found.slice(0, limit);
    const next = found.length > limit ? entries.at(-1)?.position : after;
    return { entries: entries.map(({ key }) => key), ...(next !== undefined && { next: encodeCursor(next) }) };
  }

  /** @throws not_found */
  async function get(actor: Actor, keyId: string): Promise<KeyRecord> {
    return read(actor, await authorityOf(actor, store), keyId);
  }

  async function read(actor: Actor, authority: Authority, keyId: string): Promise<KeyRecord> {
    const key = await store.getKey(nameOf(actor, keyId));
    if (!key || !canSee(authority, key)) throw notFound();
    return key;
  }

  /** @throws not_found, key_inactive, validation_failed, insufficient_permissions */
  async function update(actor: Actor, keyId: string, changes: UpdateKey): Promise<KeyRecord> {
    const authority = await authorityOf(actor, store);
    const { label, scopes, allowedCidrs, allowedOrigins, tier, limits = tier && profile.tiers[tier] } = changes;
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const key = await read(actor, authority, keyId);
      checkScopes(scopes, key.type);
      if (allowedOrigins !== undefined && key.type !== 'publishable')
        throw invalid({ field: 'allowedOrigins', message: PUBLISHABLE_ONLY });
      if (scopes || allowedCidrs !== undefined || allowedOrigins !== undefined || limits) {
        const { allowedCidrs: before, ...rest } = key;
        const cidrs = allowedCidrs === undefined ? before : allowedCidrs;
        const result = { scopes: scopes ?? key.scopes, limits: limits ?? key.limits };
        assertCanGive(authority, { ...rest, ...result, ...(cidrs && { allowedCidrs: cidrs }) }, grantable(key.type));
      }
      const now = secondsOf(clock);
      if (!isActive(key, now)) throw inactive();
      // What was judged is what is changed: otherwise two changes could add up to what neither may give.
      const changed = await store.updateKey(
        key,
        { label, scopes, limits, allowedCidrs, allowedOrigins },
        now,
        key.version,
      );
      if (changed) return changed;
    }
    throw new UnavailableError('the key keeps changing');
  }

  /**
   * Ends a key for good. Saying so again is no error, so that a lost answer can be asked for anew.
   * @throws not_found
   */
  async function revoke(actor: Actor, keyId: string): Promise<void> {
    const key = await get(actor, keyId);
    await store.revokeKey(key, secondsOf(clock));
  }

  /** Ends the key that asks for it, whatever its type. */
  async function revokeSelf({ id, organizationId }: Actor): Promise<void> {
    await store.revokeKey(nameOf({ organizationId }, id), secondsOf(clock));
  }

  /**
   * Issues a successor with the same label, scopes, mode, limits and length of life, and ends the old key after
   * `graceSeconds`. The successor is written first: if the process dies in between, the old key still works and the
   * successor's secret, which nobody was given, opens nothing.
   * @throws not_found, key_inactive, key_already_rotated
   * @throws insufficient_permissions for a key that has more than the actor, who would learn the successor's secret
   */
  async function rotate(actor: Actor, keyId: string, { graceSeconds }: RotateKey): Promise<IssuedKey> {
    const now = secondsOf(clock);
    const authority = await authorityOf(actor, store);
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const old = await read(actor, authority, keyId);
      assertReplaceable(old, now);
      assertCanGive(authority, old, grantable(old.type));
      const lifetime = old.expiresAt === undefined ? undefined : old.expiresAt - old.createdAt;
      const expiresAt = endOf(lifetime === undefined ? undefined : now + lifetime, authority);
      const { id: replaces, secretHash, keyPrefix, expiresAt: _, lastUsedAt, counters, ...same } = old;
      const draft: KeyDraft = {
        ...same,
        createdAt: now,
        createdBy: actor.id,
        replaces,
        version: 1,
        ...(expiresAt !== undefined && { expiresAt }),
      };
      const issued = await issue(draft, actor);
      if (await store.replaceKey(old, issued.record.id, now + graceSeconds, now)) return issued;
      // It changed since it was read: the successor must not have what was just taken from it.
      await store.deleteKey(issued.record);
    }
    throw new UnavailableError('the key keeps changing');
  }

  async function issue(draft: KeyDraft, actor: Actor): Promise<IssuedKey> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const { apiKey, ...minted } = await mint(draft, actor);
      const record = { ...draft, ...minted };
      if (await store.insertKey(record)) return { record, apiKey };
    }
    throw new UnavailableError('no free key id was found');
  }

  function checkScopes(scopes: readonly string[] | undefined, type: KeyType): void {
    const known = grantable(type);
    const fields = (scopes ?? []).flatMap((scope, index) => {
      if (scope === ALL_SCOPES ? type !== 'restricted' : known.has(scope)) return [];
      return { field: `scopes.${index}`, message: `Unknown scope, or one that no ${type} key can have: ${scope}` };
    });
    if (fields.length > 0) throw invalid(...fields);
  }

  return { create, list, get, update, revoke, revokeSelf, rotate };
}

export type Keys = ReturnType<typeof createKeys>;

function nameOf(actor: Pick<Actor, 'organizationId'>, keyId: string): KeyName {
  const id = fromPublicId(keyId);
  if (!id) throw notFound();
  return { organizationId: actor.organizationId, id };
}

function assertReplaceable(key: KeyRecord, now: EpochSeconds): void {
  if (!isActive(key, now)) throw inactive();
  if (key.replacedBy) {
    throw new ApiError(
      'key_already_rotated',
      `This key was rotated already; ${toPublicId(key.replacedBy)} replaces it.`,
    );
  }
}

const notFound = () => new ApiError('not_found', 'There is no such key in your organization.');
const inactive = () => new ApiError('key_inactive', 'This key is revoked or expired, for good.');
