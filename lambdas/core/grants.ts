import type { KeyType } from '../contract/profile.ts';
import type { PrincipalType, ProtectedRoute } from '../contract/routes.ts';
import type { ErrorCode } from './errors.ts';
import type { PrincipalRecord } from './ports.ts';

/** The scope that stands for all that its holder's type can have. */
export const ALL_SCOPES = '*';

export interface Denial {
  readonly code: ErrorCode;
  /** Shown to the caller. A gateway response prints it as it is: no quotes, no backslashes. */
  readonly detail: string;
}

/** What a principal may do, as long as its item does not change. */
export type Grantee = Pick<PrincipalRecord, 'type' | 'organizationId' | 'role' | 'keyType' | 'scopes'>;

/** The scopes of a principal: its own, or all of them for the owner of an organization. */
export const scopesOf = ({ role, scopes }: Grantee): readonly string[] =>
  scopes ?? (role === 'owner' ? [ALL_SCOPES] : []);

/** What the route table calls a principal. */
function typesOf({ type, keyType }: Grantee): readonly PrincipalType[] {
  if (type !== 'key') return [type];
  if (keyType === 'publishable') return ['publishable-key'];
  return keyType === 'admin' ? ['key', 'admin-key'] : ['key'];
}

const isOpenTo = ({ principals }: Pick<ProtectedRoute, 'principals'>, grantee: Grantee): boolean =>
  typesOf(grantee).some((type) => principals.includes(type));

/** Whether a route is for whoever comes, so that no credential is looked at. */
export const isForAnyone = ({ principals }: Pick<ProtectedRoute, 'principals'>): boolean =>
  principals.every((type) => type === 'anonymous');

/** Why the principal may not call the route, or undefined when it may. */
export function denialOf(grantee: Grantee, route: ProtectedRoute): Denial | undefined {
  if (!isOpenTo(route, grantee)) {
    const whom =
      grantee.type === 'member' ? 'members' : grantee.keyType === 'admin' ? 'API keys' : 'API keys of this type';
    return { code: 'insufficient_permissions', detail: `This operation is not open to ${whom}.` };
  }
  const needsOrganization = route.organization !== 'optional' && !route.principals.includes('anonymous');
  if (grantee.type === 'member' && !grantee.organizationId && needsOrganization) {
    return {
      code: 'no_organization',
      detail: 'You belong to no organization yet. Create one first.',
    };
  }
  if (grantee.type === 'anonymous') return undefined;
  const held = scopesOf(grantee);
  const missing = held.includes(ALL_SCOPES) ? undefined : route.scopes.find((scope) => !held.includes(scope));
  return missing === undefined
    ? undefined
    : { code: 'insufficient_permissions', detail: `The scope ${missing} is required.` };
}

/** What the scopes of a key of a type may be; undefined when a key of it could do nothing at all. */
export type Grantable = (type: KeyType) => ReadonlySet<string> | undefined;

/** The scopes that a key of a type can be given: those that some route asks of it. */
export function keyScopes(routes: readonly ProtectedRoute[], keyType: KeyType): ReadonlySet<string> | undefined {
  const open = routes.filter((route) => isOpenTo(route, { type: 'key', keyType }));
  return open.length === 0 ? undefined : new Set(open.flatMap(({ scopes }) => scopes));
}

/** The scopes that a member can be given. */
export const memberScopes = (routes: readonly ProtectedRoute[]): ReadonlySet<string> =>
  new Set(routes.filter((route) => isOpenTo(route, { type: 'member' })).flatMap(({ scopes }) => scopes));

/** Whether whoever has the scopes `held` has all of `wanted`. */
export const holdsAll = (held: readonly string[], wanted: readonly string[]): boolean =>
  held.includes(ALL_SCOPES) || wanted.every((scope) => held.includes(scope));
