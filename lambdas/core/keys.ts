import type { Profile } from '../contract/profile.ts';
import type { CreateKey, ListKeys, RotateKey, UpdateKey } from '../contract/schemas.ts';
import { ApiError, UnavailableError } from './errors.ts';
import { ALL_SCOPES } from './grants.ts';
import { fromPublicId, type MintedKey, mintKey, toPublicId } from './key-format.ts';
import type { Clock, EpochSeconds, KeyName, KeyRecord, KeyStore, ListedKey, Page, Random } from './ports.ts';
import { activeKeyPosition, anyKeyPosition, decodeCursor, encodeCursor } from './position.ts';
import { DAY, secondsOf } from './time.ts';

export interface KeyDependencies {
  readonly profile: Profile;
  readonly store: KeyStore;
  readonly clock: Clock;
  readonly random: Random;
  /** What a key's scopes may be: those that some route asks of keys. */
  readonly grantable: ReadonlySet<string>;
}

/** A key just made, with the one showing of its plain value. */
export interface IssuedKey {
  readonly record: KeyRecord;
  readonly apiKey: string;
}

/** Who acts, and for which organization. */
export interface Actor {
  readonly id: string;
  readonly organizationId: string;
}

/** Ids have 59 bits, so a second draw is already a sign of something else; a key seldom changes while it is rotated. */
const ATTEMPTS = 3;

/** Batches of 100 keys that one page may read. */
const BATCHES = 5;

export const isActive = (key: KeyRecord, now: EpochSeconds): boolean =>
  key.status === 'active' && (key.expiresAt === undefined || key.expiresAt > now);

/** The key operations. Each throws ApiError with the codes it names, and UnavailableError when the store is away. */
export function createKeys({ profile, store, clock, random, grantable }: KeyDependencies) {
  /** @throws validation_failed for a scope that no key can have */
  async function create(actor: Actor, input: CreateKey): Promise<IssuedKey> {
    checkScopes(input.scopes);
    const now = secondsOf(clock);
    return issue(input.mode, (minted) => ({
      ...minted,
      organizationId: actor.organizationId,
      status: 'active',
      label: input.label,
      scopes: input.scopes ?? [ALL_SCOPES],
      limits: input.limits ?? profile.tiers[input.tier ?? profile.defaultTier[input.mode]],
      createdAt: now,
      createdBy: actor.id,
      version: 1,
      ...(input.expiresInDays !== undefined && { expiresAt: now + input.expiresInDays * DAY }),
    }));
  }

  /**
   * Active keys, and with `includeInactive` expired and revoked ones too. A page may be short though more follow, so
   * that keys that have expired in between do not make one request read for ever.
   */
  async function list(actor: Actor, { limit, cursor, includeInactive }: ListKeys): Promise<Page<KeyRecord>> {
    const now = secondsOf(clock);
    let after =
      cursor === undefined ? undefined : decodeCursor(cursor, includeInactive ? anyKeyPosition : activeKeyPosition);
    const found: ListedKey[] = [];
    for (let batch = 0; batch < BATCHES && found.length <= limit; batch++) {
      const page = await store.listKeys(actor.organizationId, includeInactive, { limit: 100, after });
      found.push(...page.entries.filter(({ key }) => includeInactive || isActive(key, now)));
      after = page.next;
      if (after === undefined) break;
    }
    const entries = found.slice(0, limit);
    const next = found.length > limit ? entries.at(-1)?.position : after;
    return { entries: entries.map(({ key }) => key), ...(next !== undefined && { next: encodeCursor(next) }) };
  }

  /** @throws not_found */
  async function get(actor: Actor, keyId: string): Promise<KeyRecord> {
    const key = await store.getKey(nameOf(actor, keyId));
    if (!key) throw notFound();
    return key;
  }

  /** @throws not_found, key_inactive, validation_failed */
  async function update(actor: Actor, keyId: string, changes: UpdateKey): Promise<KeyRecord> {
    checkScopes(changes.scopes);
    const { label, scopes, tier, limits = tier && profile.tiers[tier] } = changes;
    const changed = await store.updateKey(nameOf(actor, keyId), { label, scopes, limits }, secondsOf(clock));
    if (changed) return changed;
    await get(actor, keyId);
    throw inactive();
  }

  /**
   * Ends a key for good. Saying so again is no error, so that a lost answer can be asked for anew.
   * @throws not_found
   */
  async function revoke(actor: Actor, keyId: string): Promise<void> {
    const revoked = await store.revokeKey(nameOf(actor, keyId), secondsOf(clock));
    if (!revoked) await get(actor, keyId);
  }

  /**
   * Issues a successor with the same label, scopes, mode, limits and length of life, and ends the old key after
   * `graceSeconds`. The successor is written first: if the process dies in between, the old key still works and the
   * successor's secret, which nobody was given, opens nothing.
   * @throws not_found, key_inactive, key_already_rotated
   */
  async function rotate(actor: Actor, keyId: string, { graceSeconds }: RotateKey): Promise<IssuedKey> {
    const now = secondsOf(clock);
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const old = await get(actor, keyId);
      assertReplaceable(old, now);
      const issued = await issue(old.mode, (minted) => ({
        ...minted,
        organizationId: old.organizationId,
        status: 'active',
        label: old.label,
        scopes: old.scopes,
        limits: old.limits,
        createdAt: now,
        createdBy: actor.id,
        replaces: old.id,
        version: 1,
        ...(old.expiresAt !== undefined && { expiresAt: now + old.expiresAt - old.createdAt }),
      }));
      if (await store.replaceKey(old, issued.record.id, now + graceSeconds, now)) return issued;
      // It changed since it was read: the successor must not have what was just taken from it.
      await store.deleteKey(issued.record);
    }
    throw new UnavailableError('the key keeps changing');
  }

  async function issue(mode: KeyRecord['mode'], build: (minted: Omit<MintedKey, 'apiKey'>) => KeyRecord) {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const { apiKey, ...minted } = mintKey(profile.keyPrefix, mode, random);
      const record = build(minted);
      if (await store.insertKey(record)) return { record, apiKey };
    }
    throw new UnavailableError('no free key id was found');
  }

  function checkScopes(scopes: readonly string[] | undefined): void {
    const fields = (scopes ?? []).flatMap((scope, index) =>
      scope === ALL_SCOPES || grantable.has(scope)
        ? []
        : [{ field: `scopes.${index}`, message: `Unknown scope, or one that no key can have: ${scope}` }],
    );
    if (fields.length > 0) throw new ApiError('validation_failed', 'The request is not valid.', { fields });
  }

  return { create, list, get, update, revoke, rotate };
}

export type Keys = ReturnType<typeof createKeys>;

function nameOf(actor: Actor, keyId: string): KeyName {
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
