import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { Profile } from '../contract/profile.ts';
import type { Actor } from '../core/authority.ts';
import { ApiError } from '../core/errors.ts';
import type { Caller } from '../core/session-refresh.ts';
import { singleValue } from '../http/credentials.ts';
import type { Log } from '../http/log.ts';
import { principalOf } from '../http/with-auth.ts';

export interface HandlerOptions {
  readonly profile: Profile;
  readonly log: Log;
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

/** Some of what a browser says that it is. */
const DEVICE_LENGTH = 200;

/** Where a request comes from. */
export function callerOf({ multiValueHeaders, requestContext }: APIGatewayProxyEvent): Caller {
  const device = singleValue(multiValueHeaders ?? {}, 'user-agent')?.slice(0, DEVICE_LENGTH);
  const address = requestContext.identity?.sourceIp;
  return { ...(device && { device }), ...(address && { address }) };
}
