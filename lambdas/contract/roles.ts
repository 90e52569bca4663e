/** What a member is in their organization, from the most to the least. */
export const ROLES = ['owner', 'admin', 'developer', 'viewer'] as const;

export type Role = (typeof ROLES)[number];

export const isRole = (value: unknown): value is Role => ROLES.some((role) => role === value);

/** What only who administers an organization may do. (The audit log knows where its members are.) */
const ADMINISTRATION: readonly string[] = ['members:write', 'organization:write', 'audit:read'];

/**
 * Whether a role holds a scope. An owner can do one thing more than an admin, make and unmake owners, for which there is
 * no scope; a developer does not administer; a viewer has what reads.
 */
export function roleHolds(role: Role, scope: string): boolean {
  if (role === 'owner' || role === 'admin') return true;
  return !ADMINISTRATION.includes(scope) && (role === 'developer' || /[.:]read$/.test(scope));
}
