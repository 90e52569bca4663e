import type { CreateWidgetToken } from '../contract/usage-schemas.ts';
import { ApiError, invalid } from './errors.ts';
import { holds } from './grants.ts';
import type { Clock } from './ports.ts';
import type { Principal } from './principal.ts';
import type { LoadSigner } from './signer.ts';
import { secondsOf } from './time.ts';

export interface WidgetTokenDependencies {
  /** The scopes that a widget can have. */
  readonly grantable: ReadonlySet<string>;
  readonly loadSigner: LoadSigner;
  readonly clock: Clock;
}

/** For how long a widget's token is good, in seconds: its key may end it earlier. */
export const WIDGET_TOKEN_LASTS = 15 * 60;

/** What a token has that names no scopes: to read, where its key can; else to write. */
const USUAL = ['usage.read', 'usage.write'];

export interface WidgetToken {
  readonly token: string;
  readonly scopes: readonly string[];
}

/**
 * Signs a token for a page that shows, or counts, what one customer uses. It is spent from its key's item, so it counts
 * against the key's limits, works from the key's networks alone, and is dead when the key is.
 */
export function createWidgetTokens({ grantable, loadSigner, clock }: WidgetTokenDependencies) {
  /** @throws validation_failed, insufficient_permissions for what the key has not itself */
  return async function issue(key: Principal, input: CreateWidgetToken): Promise<WidgetToken> {
    const { customer_external_id: customer } = input;
    const unknown = input.scopes?.find((scope) => !grantable.has(scope));
    if (unknown !== undefined) throw invalid({ field: 'scopes', message: `No widget can have the scope ${unknown}` });
    const scopes = input.scopes ?? USUAL.filter((scope) => holds(key, scope)).slice(0, 1);
    const missing = scopes.find((scope) => !holds(key, scope));
    if (missing !== undefined) {
      throw new ApiError('insufficient_permissions', `Your key has not the scope ${missing} itself.`);
    }
    const exp = secondsOf(clock) + WIDGET_TOKEN_LASTS;
    const sign = await loadSigner();
    return { token: sign({ typ: 'widget', key: key.id, customer, scope: scopes.join(' '), exp }), scopes };
  };
}

export type IssueWidgetToken = ReturnType<typeof createWidgetTokens>;
