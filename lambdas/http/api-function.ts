import middy, { type MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import type { Profile } from '../contract/profile.ts';
import {
  allRoutes,
  type Group,
  type OperationOf,
  pathsOf,
  type Route,
  routeKey,
  withPaths,
} from '../contract/routes.ts';
import type { Audit } from '../core/audit.ts';
import { ApiError, NO_SUCH_OPERATION } from '../core/errors.ts';
import { audited, type Made } from './audited.ts';
import { singleValue } from './credentials.ts';
import type { Log } from './log.ts';
import { respondError } from './respond.ts';
import { withAuth } from './with-auth.ts';

export type OperationHandler = (event: APIGatewayProxyEvent) => Promise<Made>;

/** A Lambda function as API Gateway calls it. */
export type ApiFunction = (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult>;

export interface ApiFunctionOptions {
  readonly profile: Profile;
  readonly log: Log;
  /** Where what the group's operations change is recorded; none only where they change nothing. */
  readonly audit?: Audit;
  /** What a person is shown whose browser has come by itself; they get the API's form of an error without. */
  readonly showError?: (error: ApiError) => APIGatewayProxyResult;
}

/** Whether a browser asks for a page, and not a script for an answer. */
const wantsPage = ({ httpMethod, multiValueHeaders }: APIGatewayProxyEvent): boolean =>
  httpMethod === 'GET' && (singleValue(multiValueHeaders ?? {}, 'accept') ?? '').includes('text/html');

/** Refusals that may be somebody's attempt at what is not theirs. Mistakes in requests are their senders'. */
const LOGGED: ReadonlySet<number> = new Set([401, 403, 429]);

function principalOf({ requestContext }: APIGatewayProxyEvent): { readonly principalId?: string } {
  const id: unknown = requestContext.authorizer?.principalId;
  return typeof id === 'string' && id !== '' ? { principalId: id } : {};
}

/** Renders whatever was thrown. What is no ApiError says nothing to the caller and everything to the log. */
const renderErrors = ({
  profile,
  log,
  showError,
}: ApiFunctionOptions): MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult> => ({
  onError(request) {
    const { requestId } = request.event.requestContext;
    const known = request.error instanceof ApiError ? request.error : undefined;
    const error = known ?? new ApiError('internal_error', 'Something went wrong on our side.');
    const { code, status, message } = error;
    if (status >= 500)
      log({ level: 'error', message, code, requestId, ...principalOf(request.event), error: request.error });
    else if (LOGGED.has(status)) log({ level: 'info', message, code, requestId, ...principalOf(request.event) });
    request.response =
      showError && wantsPage(request.event) ? showError(error) : respondError(profile, error, requestId);
  },
});

/** An operation that changes something is never without its record. */
function recorded(route: Route, handle: OperationHandler, { audit }: ApiFunctionOptions): OperationHandler {
  if (route.method === 'GET' || route.audit === null) return handle;
  if (!audit) throw new Error(`${route.method} ${route.path} changes something, and has no audit log`);
  return audited(audit, route.audit, handle);
}

/** The function of one group: each of its operations by the route that API Gateway matched. */
export function createApiFunction<G extends Group>(
  handlers: Record<OperationOf<G>, OperationHandler>,
  options: ApiFunctionOptions,
): ApiFunction {
  const { profile } = options;
  const table = new Map<string, { handle: ApiFunction }>();
  const routes = withPaths(allRoutes, profile);
  for (const operation of Object.keys(handlers) as OperationOf<G>[]) {
    const route = routes[operation] as Route;
    const handler = middy(recorded(route, handlers[operation], options), { timeoutEarlyInMillis: 0 });
    if (route.auth !== 'public') handler.use(withAuth(profile));
    handler.use(renderErrors(options));
    for (const path of pathsOf(route)) {
      table.set(routeKey(route.method, path), { handle: (event, context) => handler(event, context) });
    }
  }
  return async (event, context) => {
    const entry = table.get(routeKey(event.httpMethod, event.resource));
    if (entry) return entry.handle(event, context);
    return respondError(profile, new ApiError('not_found', NO_SUCH_OPERATION), event.requestContext.requestId);
  };
}
