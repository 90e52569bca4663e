import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { Profile } from '../contract/profile.ts';
import type { Audit } from '../core/audit.ts';
import type { Actor } from '../core/authority.ts';
import { ApiError } from '../core/errors.ts';
import type { Log } from '../http/log.ts';
import { principalOf } from '../http/with-auth.ts';

export interface HandlerOptions {
  readonly profile: Profile;
  readonly log: Log;
}

export interface AuditedOptions extends HandlerOptions {
  readonly audit: Audit;
}

/**
 * Who acts, for the operations within an organization.
 * @throws no_organization
 */
export function actorOf(event: APIGatewayProxyEvent): Actor & Pick<ReturnType<typeof principalOf>, 'mode'> {
  const { type, id, organizationId, mode, role, scopes } = principalOf(event);
  if ((type !== 'key' && type !== 'member') || !organizationId)
    throw new ApiError('no_organization', 'You belong to no organization.');
  return { type, id, organizationId, mode, scopes, ...(role && { role }) };
}
