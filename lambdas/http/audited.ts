import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { AuditAction } from '../contract/route.ts';
import type { Audit, AuditActor, AuditEntry, Recorder } from '../core/audit.ts';
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
const SHOWN = [
  ...['label', 'type', 'format', 'mode', 'scopes', 'tier', 'limits', 'expiresInDays', 'graceSeconds'],
  ...['allowedCidrs', 'allowedOrigins', 'name', 'consumers', 'role', 'email', 'clientIds', 'disabled', 'redirect'],
];

/** Bytes of them that an event has room for: with them it is 1 KB, by which DynamoDB charges. */
const ROOM = 500;

/** What a request asked for, as far as there is room: nothing of it has been checked. */
function detailsOf({ body, isBase64Encoded }: APIGatewayProxyEvent): AuditEntry['details'] {
  if (!body) return undefined;
  try {
    const sent: unknown = JSON.parse(isBase64Encoded ? Buffer.from(body, 'base64').toString() : body);
    let left = ROOM;
    // By the names that there are: a text has an entry for each character, and a body may have a million fields.
    const fields = Object(sent) as Record<string, unknown>;
    const shown = SHOWN.filter((name) => Object.hasOwn(fields, name)).flatMap((name) => {
      const size = Buffer.byteLength(JSON.stringify({ [name]: fields[name] }));
      if (size > left) return [];
      left -= size;
      return [[name, fields[name]]];
    });
    return shown.length > 0 ? Object.fromEntries(shown) : undefined;
  } catch {
    return undefined;
  }
}

/** As the stack's own ids are, and those of user pools and their people. */
const ID = /^(?:(?:key|con|inv|ses|org)_[\w-]{10,64}|[a-z]{2}(?:-[a-z]+)+-\d_\w{1,55}|(?:[\w-]+:)?[0-9a-f-]{36})$/;

/** A target that is no id may be a secret in the wrong place: its beginning says enough. */
const targetOf = (named: string): string => (ID.test(named) ? named : named.slice(0, 12));

function entryOf(event: APIGatewayProxyEvent, action: AuditAction, organizationId: string): AuditEntry {
  const { type, id, role, mode } = principalOf(event);
  if (type !== 'key' && type !== 'member') {
    throw new ApiError('insufficient_permissions', 'This operation is for keys and members.');
  }
  const actor: AuditActor = { type, id, ...(role && { role }) };
  const named = Object.values(event.pathParameters ?? {})[0];
  const details = detailsOf(event);
  return {
    ...whereOf(event),
    organizationId,
    mode,
    action,
    actor,
    ...(named !== undefined && { target: targetOf(named) }),
    ...(details && { details }),
  };
}

/** Records one thing, where it is known only along the way whether anything changes. */
export const recorderOf =
  (audit: Audit, event: APIGatewayProxyEvent, action: AuditAction): Recorder =>
  (target, details, effect) => {
    const { organizationId = '' } = principalOf(event);
    return audit.record({ ...entryOf(event, action, organizationId), target, details }, effect);
  };

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
