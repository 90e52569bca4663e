import type { DenialCode } from '../contract/metrics.ts';
import type { KeyType } from '../contract/profile.ts';
import { type Role, roleHolds } from '../contract/roles.ts';
import type { PrincipalType, ProtectedRoute } from '../contract/routes.ts';
import type { PrincipalRecord } from './ports.ts';

/** The scope that stands for all that its holder's type can have. */
export const ALL_SCOPES = '*';

export interface Denial {
  readonly code: DenialCode | 'rate_limited';
  /** Shown to the caller. A gateway response prints it as it is: no quotes, no backslashes. */
  readonly detail: string;
}

/** What a principal may do, as long as its item does not change. */
export type Grantee = Pick<PrincipalRecord, 'type' | 'organizationId' | 'role' | 'keyType' | 'scopes' | 'guest'>;

/** Who has scopes: those that they list, or their role's. */
export interface Holder {
  readonly role?: Role;
  readonly scopes?: readonly string[];
}

/** Whether a principal has a scope. `*` is had only by who has whatever there is. */
export function holds({ role, scopes }: Holder, scope: string): boolean {
  if (scopes) return scopes.includes(ALL_SCOPES) || scopes.includes(scope);
  if (scope === ALL_SCOPES) return role === 'owner' || role === 'admin';
  return role !== undefined && roleHolds(role, scope);
}

/** Characters of a role's scopes that a function is told at most: API Gateway bounds the context. */
const TOLD = 1_700;

/**
 * The scopes of a principal, as a function is told them: a role's are spelled out where they are not too many.
 * @param all every scope that a member can have
 */
export function scopesToTell({ role, scopes }: Grantee, all: ReadonlySet<string>): string {
  if (scopes) return scopes.join(' ');
  if (role === undefined) return '';
  if (holds({ role }, ALL_SCOPES)) return ALL_SCOPES;
  const text = [...all].filter((scope) => roleHolds(role, scope)).join(' ');
  return text.length <= TOLD ? text : '';
}

/** What the route table calls a principal. */
function typesOf({ type, keyType, guest }: Grantee): readonly PrincipalType[] {
  if (type === 'consumer') return [guest ? 'guest' : 'consumer'];
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
      grantee.type === 'key'
        ? grantee.keyType === 'admin'
          ? 'API keys'
          : 'API keys of this type'
        : `${grantee.guest ? 'guest' : grantee.type}s`;
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
  const missing = route.scopes.find((scope) => !holds(grantee, scope));
  return missing === undefined
    ? undefined
    : { code: 'insufficient_permissions', detail: `The scope ${missing} is required.` };
}

/** What the scopes of a key of a type may be. */
export type Grantable = (type: KeyType) => ReadonlySet<string>;

/** The scopes that a key of a type can be given: those that some route asks of it. */
export const keyScopes = (routes: readonly ProtectedRoute[], keyType: KeyType): ReadonlySet<string> =>
  new Set(routes.filter((route) => isOpenTo(route, { type: 'key', keyType })).flatMap(({ scopes }) => scopes));

/** The scopes that a member can be given. */
export const memberScopes = (routes: readonly ProtectedRoute[]): ReadonlySet<string> =>
  new Set(routes.filter((route) => isOpenTo(route, { type: 'member' })).flatMap(({ scopes }) => scopes));

/** The scopes that a widget token can be given. */
export const widgetScopes = (routes: readonly ProtectedRoute[]): ReadonlySet<string> =>
  new Set(routes.filter((route) => isOpenTo(route, { type: 'widget' })).flatMap(({ scopes }) => scopes));

/** Whether a holder has all of these scopes. */
export const holdsAll = (holder: Holder, wanted: readonly string[]): boolean =>
  wanted.every((scope) => holds(holder, scope));
