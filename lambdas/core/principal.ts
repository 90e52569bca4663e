import type { Mode } from '../contract/profile.ts';
import type { Role } from './ports.ts';

/** Who makes a request, as the authorizer told the function. */
export interface Principal {
  readonly type: 'key' | 'member';
  /** `key_…`, or the member's Cognito subject. */
  readonly id: string;
  /** Absent only on routes that a member without an organization may call. */
  readonly organizationId?: string;
  readonly mode: Mode;
  readonly role?: Role;
  readonly scopes: readonly string[];
}
