import type { ErrorCode } from './errors.ts';

/** Names of the metrics, which the functions count by and the alarms and the dashboard look for. */

/** Where CloudWatch has them. */
export const METRICS_NAMESPACE = 'Latchkey';

/** What they are told apart by: the function's name, which is its own in an account and Region. Never who called. */
export const METRICS_DIMENSION = 'Function';

/** Why the authorizer answers 401. The caller is not told. */
export const refusals = ['no_credential', 'malformed', 'unknown', 'revoked', 'expired', 'outdated'] as const;
export type Refusal = (typeof refusals)[number];

/** Why it answers 403, but for a limit. */
export const denials = [
  'insufficient_permissions',
  'no_organization',
  'address_not_allowed',
  'origin_not_allowed',
  'secret_key_exposed',
] as const satisfies readonly ErrorCode[];
export type DenialCode = (typeof denials)[number];

/** Each request is one of `authorized`, `denied`, `limited` and `unavailable`. */
export const metric = {
  authorized: 'Authorized',
  /** 401 and 403; by their code, `deniedBy`. */
  denied: 'Denied',
  /** Over its limit, whether the gateway says so (403) or the function (429). */
  limited: 'Limited',
  /** 503: it could not be decided. */
  unavailable: 'Unavailable',
  /** Milliseconds that the authorizer took for a request. */
  latency: 'AuthorizerLatency',
  /** Attempts at the table that were repeated. */
  storeRetries: 'StoreRetries',
  /** Attempts that the table answered with a throttle. */
  storeThrottles: 'StoreThrottles',
  /** Runs of the rotation that went well, whether or not one was due. */
  rotationChecks: 'RotationChecks',
} as const;

export const deniedBy = <C extends Refusal | DenialCode>(code: C): `Denied_${C}` => `Denied_${code}`;

export type CounterName =
  | Exclude<(typeof metric)[keyof typeof metric], typeof metric.latency>
  | `Denied_${Refusal | DenialCode}`;
