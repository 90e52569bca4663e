import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { AuditAction } from '../contract/route.ts';
import type { Audit, AuditActor, AuditEntry } from '../core/audit.ts';
import { ApiError } from '../core/errors.ts';
import type { Caller } from '../core/session-refresh.ts';
import { singleValue } from './credentials.ts';
import { principalOf } from './with-auth.ts';

/** An answer, with the id of what was made, for the audit log alone. */
export interface Made extends APIGatewayProxyResult {
  readonly created?: string;
}

type Handler = (event: APIGatewayProxyEvent) => Promise<Made>;

/** Some of what a browser says that it is. */
const DEVICE_LENGTH = 200;

/** Where a request comes from. */
export function callerOf({ multiValueHeaders, requestContext }: APIGatewayProxyEvent): Caller {
  const device = singleValue(multiValueHeaders ?? {}, 'user-agent')?.slice(0, DEVICE_LENGTH);
  // Of who came by CloudFront, the authorizer knows.
  const { address = requestContext.identity?.sourceIp } = requestContext.authorizer ?? {};
  return { ...(device && { device }), ...(address && { address }) };
}

/** Where from, for the audit log. */
export const whereOf = (event: APIGatewayProxyEvent): Pick<AuditEntry, 'device' | 'address' | 'requestId'> => ({
  ...callerOf(event),
  requestId: event.requestContext.requestId,
});

/** Fields of requests that are no secret, whatever the operation. */
const SHOWN = new Set([
  ...['label', 'type', 'format', 'mode', 'scopes', 'tier', 'limits', 'expiresInDays', 'graceSeconds'],
  ...['allowedCidrs', 'allowedOrigins', 'name', 'consumers', 'role', 'email', 'clientIds', 'disabled', 'redirect'],
]);

/** Characters of them that an event has room for. */
const ROOM = 4_000;

/** What a request asked for: nothing of it has been checked. */
function detailsOf({ body, isBase64Encoded }: APIGatewayProxyEvent): AuditEntry['details'] {
  if (!body) return undefined;
  try {
    const sent: unknown = JSON.parse(isBase64Encoded ? Buffer.from(body, 'base64').toString() : body);
    const shown = Object.entries(sent ?? {}).filter(([name]) => SHOWN.has(name));
    const details = Object.fromEntries(shown);
    return shown.length > 0 && JSON.stringify(details).length <= ROOM ? details : undefined;
  } catch {
    return undefined;
  }
}

/** As long as any id of the stack's own. */
const TARGET_LENGTH = 200;

function entryOf(event: APIGatewayProxyEvent, action: AuditAction, organizationId: string): AuditEntry {
  const { type, id, role, mode } = principalOf(event);
  if (type !== 'key' && type !== 'member') {
    throw new ApiError('insufficient_permissions', 'This operation is for keys and members.');
  }
  const actor: AuditActor = { type, id, ...(role && { role }) };
  const target = Object.values(event.pathParameters ?? {})[0]?.slice(0, TARGET_LENGTH);
  const details = detailsOf(event);
  return {
    ...whereOf(event),
    organizationId,
    mode,
    action,
    actor,
    ...(target !== undefined && { target }),
    ...(details && { details }),
  };
}

/**
 * An operation that is recorded in the audit log of the caller's organization, before it runs. Who belongs to none has
 * no log to be recorded in.
 */
export const audited =
  (audit: Audit, action: AuditAction, handle: Handler): Handler =>
  async (event) => {
    const { organizationId } = principalOf(event);
    if (organizationId === undefined) return withoutMade(await handle(event));
    const entry = entryOf(event, action, organizationId);
    return withoutMade(
      await audit.record(
        entry,
        () => handle(event),
        ({ created }) => created,
      ),
    );
  };

const withoutMade = ({ created, ...answer }: Made): APIGatewayProxyResult => answer;
