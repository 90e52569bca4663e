import type { Deployment } from '../core/deployment.ts';
import { publishedKeys } from '../core/published-keys.ts';
import type { KeySetStore } from '../core/token-ports.ts';
import { createApiFunction } from '../http/api-function.ts';
import { respondJson, respondPublic } from '../http/respond.ts';
import type { HandlerOptions } from './actor.ts';

/** What a page or a script must know to sign a member in, and to use the API. Nothing in it is secret. */
export interface ServiceConfig extends Deployment {
  readonly region: string;
  readonly userPoolId: string;
  readonly clientId: string;
  /** Where the user pool's API answers. */
  readonly cognitoEndpoint: string;
  /** Where a browser signs in; null on one machine, where the pool has no pages. */
  readonly loginUrl: string | null;
}

/** For how long a verifier may keep the key set, in seconds: keys are published long before they sign. */
const KEY_SET_KEPT = 3_600;

/** For how long a reader may keep the API's document, in seconds. */
const DOCUMENT_KEPT = 300;

export const createServiceHandler = (
  config: ServiceConfig,
  keySets: Pick<KeySetStore, 'getKeySet'>,
  openApi: () => Promise<object>,
  options: HandlerOptions,
) =>
  createApiFunction<'service'>(
    {
      getHealth: async () => respondJson(200, { status: 'ok' }),
      async getKeySet() {
        return respondPublic({ keys: await publishedKeys(keySets) }, KEY_SET_KEPT);
      },
      getOpenApi: async () => respondPublic(await openApi(), DOCUMENT_KEPT),
      getConfig: async () => respondJson(200, config),
    },
    options,
  );
