import { createPrincipalStore } from '../lambdas/adapters/dynamodb/principal-store.ts';
import { createAuthorizer } from '../lambdas/core/authorize.ts';
import { openTable } from '../lambdas/entry/open-table.ts';
import { clock, handlerOptions, profile, readRoutes } from '../lambdas/entry/settings.ts';
import { createAuthorizerHandler } from '../lambdas/handlers/authorizer.ts';

/** The peer of `lambdas/entry/authorizer.ts`: the same authorizer on the SDK's client. */
export const handler = createAuthorizerHandler(
  createAuthorizer({
    profile,
    clock,
    routes: readRoutes(),
    principals: createPrincipalStore(openTable()),
    tokens: { verify: async () => undefined },
    ownOrigin: 'https://api.example.com',
  }),
  { ...handlerOptions, clock },
);
