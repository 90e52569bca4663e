import type { KeyFormat, KeyType } from '../../lambdas/contract/profile.ts';
import { allRoutes, type Route } from '../../lambdas/contract/routes.ts';
import { pathOf } from './api.ts';
import type { Config } from './types.ts';

/** What tells of a key how it is sent and what it may call. */
interface Sent {
  readonly type: KeyType;
  readonly format: KeyFormat;
  readonly scopes: readonly string[];
}

/** For a shell: within single quotes nothing has a meaning but the quote. */
const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

function keyHeader({ keyHeaders }: Config, { type, format }: Pick<Sent, 'type' | 'format'>, value: string): string {
  if (type === 'publishable') return `${keyHeaders.publishable}: ${value}`;
  const [header] = keyHeaders.secret;
  return format === 'jwt' || header === undefined ? `Authorization: Bearer ${value}` : `${header}: ${value}`;
}

const PRINCIPALS = { secret: 'key', restricted: 'key', admin: 'key', publishable: 'publishable-key' } as const;

const has = ({ scopes }: Sent, needed: readonly string[]): boolean =>
  scopes.includes('*') || needed.every((scope) => scopes.includes(scope));

const mayCall = (key: Sent, { auth }: Route): boolean =>
  auth === 'public' || (auth.principals.includes(PRINCIPALS[key.type]) && has(key, auth.scopes));

/** The command by which a key tracks a quantity. */
export const trackCommand = (config: Config, key: Pick<Sent, 'type' | 'format'>, value: string): string =>
  post(config, key, value, pathOf('trackUsage'), {
    meter_token: 'api-calls',
    customer_external_id: 'cust_123',
    quantity: 1,
  });

const post = (config: Config, key: Pick<Sent, 'type' | 'format'>, value: string, path: string, body: object): string =>
  [
    `curl -X POST ${config.apiUrl}${path}`,
    `  -H ${quote(keyHeader(config, key, value))}`,
    "  -H 'Content-Type: application/json'",
    `  -d ${quote(JSON.stringify(body))}`,
  ].join(' \\\n');

/** A command that works with a key: the sample request, or another that its type and scopes let it make. */
export function tryCommand(config: Config, key: Sent, value: string): string | undefined {
  const sample = Object.entries(allRoutes).find(
    ([operation, { method }]) =>
      method === 'GET' && pathOf(operation as keyof typeof allRoutes) === config.sampleRequest,
  )?.[1];
  if (sample === undefined || mayCall(key, sample)) {
    return `curl ${config.apiUrl}${config.sampleRequest} \\\n  -H ${quote(keyHeader(config, key, value))}`;
  }
  if (mayCall(key, allRoutes.openGuestSession) && key.type === 'publishable') {
    return post(config, key, value, pathOf('openGuestSession'), {});
  }
  if (mayCall(key, allRoutes.trackUsage)) return trackCommand(config, key, value);
  return undefined;
}
