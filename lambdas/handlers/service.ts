import { createApiFunction } from '../http/api-function.ts';
import { respondJson } from '../http/respond.ts';
import type { HandlerOptions } from './actor.ts';

/** What a page or a script must know to sign a member in. Nothing in it is secret. */
export interface ServiceConfig {
  readonly region: string;
  readonly userPoolId: string;
  readonly clientId: string;
  /** Where the user pool's API answers. */
  readonly cognitoEndpoint: string;
  /** Where a browser signs in; null on one machine, where the pool has no pages. */
  readonly loginUrl: string | null;
}

export const createServiceHandler = (config: ServiceConfig, options: HandlerOptions) =>
  createApiFunction<'service'>(
    {
      getHealth: async () => respondJson(200, { status: 'ok' }),
      getConfig: async () => respondJson(200, config),
    },
    options,
  );
