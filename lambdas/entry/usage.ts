import { createUsageStore } from '../adapters/dynamodb/usage-store.ts';
import { environment } from '../contract/environment.ts';
import { widgetScopes } from '../core/grants.ts';
import { createSigner } from '../core/signer.ts';
import { createUsage } from '../core/usage.ts';
import { createWidgetTokens } from '../core/widget-tokens.ts';
import { createUsageHandler } from '../handlers/usage.ts';
import { lazily } from './lazily.ts';
import { openTable } from './open-table.ts';
import { readEnv } from './read-env.ts';
import { clock, handlerOptions, random, readRoutes } from './settings.ts';

/** Who sends usage needs none. */
const signer = lazily(async () => {
  const { openVault } = await import('./open-vault.ts');
  return createSigner({ issuer: readEnv(environment.issuer), vault: openVault(), clock });
});

export const handler = createUsageHandler(
  {
    usage: createUsage({ store: createUsageStore(openTable()), clock, random }),
    issueWidgetToken: createWidgetTokens({
      grantable: widgetScopes(readRoutes()),
      loadSigner: async () => (await signer())(),
      clock,
    }),
  },
  handlerOptions,
);
