import type { Mode } from '../contract/profile.ts';
import type { Role } from '../contract/roles.ts';

/** Who makes a request, as the authorizer told the function. */
export interface Principal {
  readonly type: 'key' | 'widget' | 'member' | 'consumer' | 'anonymous';
  /** `key_…`, also of a widget, the member's Cognito subject, `con_…`, or the caller's address. */
  readonly id: string;
  /** Absent only on routes that who has no organization, or no credential, may call. */
  readonly organizationId?: string;
  readonly mode: Mode;
  readonly role?: Role;
  /** The session that a member or consumer came by. */
  readonly sessionId?: string;
  /** Whose usage a widget is for. */
  readonly customer?: string;
  readonly scopes: readonly string[];
}
