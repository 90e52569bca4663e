import type { ProtectedRoute } from '../contract/routes.ts';
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
export type Grantee = Pick<PrincipalRecord, 'type' | 'organizationId' | 'role' | 'scopes'>;

/** The scopes of a principal: a key's own; all of them for the owner of an organization. */
export const scopesOf = ({ type, role, scopes }: Grantee): readonly string[] =>
  type === 'key' ? (scopes ?? []) : role === 'owner' ? [ALL_SCOPES] : [];

/** Why the principal may not call the route, or undefined when it may. */
export function denialOf(grantee: Grantee, route: ProtectedRoute): Denial | undefined {
  if (!route.principals.includes(grantee.type)) {
    return {
      code: 'insufficient_permissions',
      detail: `This operation is not open to ${grantee.type === 'key' ? 'API keys' : 'members'}.`,
    };
  }
  if (grantee.type === 'member' && !grantee.organizationId && route.organization !== 'optional') {
    return {
      code: 'no_organization',
      detail: 'You belong to no organization. Create one with POST /api/v1/organization.',
    };
  }
  const held = scopesOf(grantee);
  const missing = held.includes(ALL_SCOPES) ? undefined : route.scopes.find((scope) => !held.includes(scope));
  return missing === undefined
    ? undefined
    : { code: 'insufficient_permissions', detail: `The scope ${missing} is required.` };
}

/** The scopes that a key can be given: those that some route asks of keys. */
export const keyScopes = (routes: readonly ProtectedRoute[]): ReadonlySet<string> =>
  new Set(routes.filter(({ principals }) => principals.includes('key')).flatMap(({ scopes }) => scopes));
