import type { Limits, Mode } from '../contract/profile.ts';
import type { Role } from '../contract/roles.ts';
import { ApiError } from './errors.ts';
import { ALL_SCOPES, type Holder, holds, holdsAll } from './grants.ts';
import { fromPublicId } from './key-format.ts';
import { areWithin } from './networks.ts';
import type { EpochSeconds, KeyRecord, KeyStore } from './ports.ts';

/** Who acts, and for which organization. */
export interface Actor {
  readonly type: 'key' | 'member';
  /** `key_…`, or a member's subject. */
  readonly id: string;
  readonly organizationId: string;
  /** As they were when the request was let in: a member's role, or else the scopes. */
  readonly role?: Role;
  readonly scopes: readonly string[];
}

/** What whoever acts has, and so can hand on: nobody gives a key more than they have themselves. */
export interface Authority extends Holder {
  /** The only mode whose keys there are for it; both without. */
  readonly mode?: Mode;
  /** Networks that it is bound to itself. */
  readonly allowedCidrs?: readonly string[];
  /** Its own limits; any up to the highest without. */
  readonly limits?: Limits;
  /** When it ends. */
  readonly expiresAt?: EpochSeconds;
}

/** What a key is to be given. */
export type Grant = Pick<KeyRecord, 'scopes' | 'mode' | 'allowedCidrs' | 'limits'>;

/**
 * A member's authority is their role, or their scopes; a key's is what stands on its item now.
 * @throws unauthorized for a key that is gone
 */
export async function authorityOf(actor: Actor, store: Pick<KeyStore, 'getKey'>): Promise<Authority> {
  if (actor.type === 'member') return holderOf(actor);
  const id = fromPublicId(actor.id);
  const key = id === undefined ? undefined : await store.getKey({ organizationId: actor.organizationId, id });
  if (key?.status !== 'active') throw new ApiError('unauthorized', 'The key that asks is revoked.');
  return key;
}

/** A role says all: the scopes beside it are for reading. */
export const holderOf = ({ role, scopes }: Pick<Actor, 'role' | 'scopes'>): Holder => (role ? { role } : { scopes });

/**
 * What an authority gives a key by naming no scopes: all that there is for a key of the type, or what it has of that.
 * @param known the scopes that a key of the type can have
 */
export function scopesToGive(authority: Authority, known: ReadonlySet<string>): readonly string[] {
  const all = authority.role ? holdsAll(authority, [...known]) : holds(authority, ALL_SCOPES);
  return all ? [ALL_SCOPES] : [...known].filter((scope) => holds(authority, scope));
}

/**
 * `*` is given by who has it, and by a role that holds all that it stands for: what a role holds grows as that does.
 * @throws insufficient_permissions for a grant that goes beyond the authority
 */
export function assertCanGive(authority: Authority, grant: Grant, known: ReadonlySet<string>): void {
  const { scopes, mode, allowedCidrs, limits } = grant;
  const wanted = authority.role && scopes.includes(ALL_SCOPES) ? [...known] : scopes;
  const beyond =
    (!holdsAll(authority, wanted) && 'scopes that you do not have') ||
    (authority.limits &&
      (limits.perMinute > authority.limits.perMinute || limits.perHour > authority.limits.perHour) &&
      'limits above your own') ||
    (authority.mode !== undefined && authority.mode !== mode && 'a mode other than your own') ||
    (authority.allowedCidrs &&
      !(allowedCidrs && areWithin(authority.allowedCidrs, allowedCidrs)) &&
      'use from networks beyond your own');
  if (beyond) throw new ApiError('insufficient_permissions', `You cannot give a key ${beyond}.`);
}

/** Limits that the authority can give: these, or its own where those are lower. */
export const least = ({ perMinute, perHour }: Limits, { limits }: Authority): Limits => ({
  perMinute: Math.min(perMinute, limits?.perMinute ?? perMinute),
  perHour: Math.min(perHour, limits?.perHour ?? perHour),
});

/** The earlier of a key's own end and its maker's; undefined when neither ends. */
export function endOf(wanted: EpochSeconds | undefined, { expiresAt }: Authority): EpochSeconds | undefined {
  return wanted === undefined || expiresAt === undefined ? (wanted ?? expiresAt) : Math.min(wanted, expiresAt);
}

/** Whether a key is there for an authority: to a test key, live ones are not. */
export const canSee = ({ mode }: Authority, key: Pick<KeyRecord, 'mode'>): boolean =>
  mode === undefined || key.mode === mode;
