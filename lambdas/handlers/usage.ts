import type { APIGatewayProxyEvent } from 'aws-lambda';
import * as usageSchemas from '../contract/usage-schemas.ts';
import { ApiError, invalid } from '../core/errors.ts';
import type { Principal } from '../core/principal.ts';
import { toRfc3339 } from '../core/time.ts';
import type { Usage, UsageRow } from '../core/usage.ts';
import type { UsageBook } from '../core/usage-ports.ts';
import { type IssueWidgetToken, WIDGET_TOKEN_LASTS } from '../core/widget-tokens.ts';
import { createApiFunction } from '../http/api-function.ts';
import { parseBody, parseQuery } from '../http/request.ts';
import { respondJson } from '../http/respond.ts';
import { principalOf } from '../http/with-auth.ts';
import type { HandlerOptions } from './actor.ts';

export interface UsageHandlerDependencies {
  readonly usage: Usage;
  readonly issueWidgetToken: IssueWidgetToken;
}

const toRow = ({ day, meter, customer, keyId, quantity, events }: UsageRow) => ({
  ...(day !== undefined && { day }),
  ...(meter !== undefined && { meter_token: meter }),
  ...(customer !== undefined && { customer_external_id: customer }),
  ...(keyId !== undefined && { keyId }),
  quantity,
  events,
});

/** A key, and a widget of it, has the mode that it has; a member says which they look at. */
function bookOf({ type, organizationId, mode }: Principal, wanted?: UsageBook['mode']): UsageBook {
  if (organizationId === undefined) throw new Error('The route is open to somebody without an organization');
  if (type === 'member') return { organizationId, mode: wanted ?? 'live' };
  if (wanted !== undefined && wanted !== mode) {
    throw new ApiError('insufficient_permissions', `This key is for ${mode} usage.`);
  }
  return { organizationId, mode };
}

/** A widget is for one customer, and is told of nobody else. */
function assertOwn({ type, customer }: Principal, wanted: string | undefined): void {
  if (type !== 'widget' || wanted === customer) return;
  throw new ApiError('insufficient_permissions', 'This token is for the usage of one customer, and not of another.');
}

/** What the sender calls the event. @throws validation_failed */
function idempotencyKeyOf({ multiValueHeaders }: APIGatewayProxyEvent): string | undefined {
  const given = Object.entries(multiValueHeaders ?? {}).flatMap(([name, values = []]) =>
    name.toLowerCase() === 'idempotency-key' ? values : [],
  );
  if (given.length === 0) return undefined;
  const { data, error } = usageSchemas.idempotencyKey.safeParse(given.length === 1 ? given[0] : undefined);
  if (data !== undefined) return data;
  throw invalid({ field: 'Idempotency-Key', message: error?.issues[0]?.message ?? 'Not one value' });
}

export function createUsageHandler({ usage, issueWidgetToken }: UsageHandlerDependencies, options: HandlerOptions) {
  return createApiFunction<'usage'>(
    {
      async trackUsage(event) {
        const principal = principalOf(event);
        const body = parseBody(usageSchemas.trackUsage, event);
        const { meter_token: meter, customer_external_id: customer, quantity } = body;
        assertOwn(principal, customer);
        const sent = { meter, customer, quantity, keyId: principal.id, byWidget: principal.type === 'widget' };
        const receivedAt = await usage.track(bookOf(principal), sent, idempotencyKeyOf(event));
        return respondJson(201, { ...body, created_at: toRfc3339(receivedAt) });
      },

      async listUsage(event) {
        const principal = principalOf(event);
        const query = parseQuery(usageSchemas.listUsage, event);
        const { customer = query.customer_external_id } = principal;
        assertOwn(principal, query.customer_external_id ?? customer);
        const wanted = customer === undefined ? query : { ...query, customer_external_id: customer };
        const { entries, from, to, next } = await usage.list(bookOf(principal, query.mode), wanted);
        return respondJson(200, { from, to, usage: entries.map(toRow), ...(next && { nextCursor: next }) });
      },

      async createWidgetToken(event) {
        const body = parseBody(usageSchemas.createWidgetToken, event);
        const { token, scopes } = await issueWidgetToken(principalOf(event), body);
        const { customer_external_id } = body;
        return respondJson(201, { token, expiresIn: WIDGET_TOKEN_LASTS, scopes, customer_external_id });
      },
    },
    options,
  );
}
