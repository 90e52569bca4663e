/** How this deployment's credentials, limits and errors look. */
export interface Profile {
  readonly name: string;
  /** Before `_live_` or `_test_` in every key. */
  readonly keyPrefix: string;
  /** The form of every error's body. */
  readonly dialect: Dialect;
  /** What an error says by its code, in place of the stack's own words; all that a 401 ever says. */
  readonly sentences: Readonly<Record<string, string> & { unauthorized: string }>;
  /** The sample resource, which stands for your own. */
  readonly sample: Sample;
  /** Requests that a key may make, by its tier; a key may have limits of its own instead. */
  readonly tiers: Readonly<Record<Tier, Limits>>;
  /** The tier of a key that names neither tier nor limits, by its mode. */
  readonly defaultTier: Readonly<Record<Mode, Tier>>;
  /** Requests that a member may make. */
  readonly memberLimits: Limits;
}

/**
 * - `problem`: RFC 9457 problem details, their `type` an address that the error's code follows.
 * - `typed`: `{"error": {"message", "type", "code"}}`
 * - `reason`: `{"error": {"reason", "details"}}`
 */
export type Dialect =
  | { readonly form: 'problem'; readonly typeBase: string }
  | { readonly form: 'typed' }
  | { readonly form: 'reason' };

export type Sample = 'items' | 'agent-runs';

type Tier = 'development' | 'production';

export type Mode = 'live' | 'test';

/** Requests per window; windows are whole minutes and hours of UTC. */
export interface Limits {
  readonly perMinute: number;
  readonly perHour: number;
}

export const fractalpack: Profile = {
  name: 'fractalpack',
  keyPrefix: 'fpk',
  dialect: { form: 'problem', typeBase: 'https://developers.fractalpack.com/errors/' },
  sentences: { unauthorized: 'Invalid or revoked API key.' },
  sample: 'items',
  tiers: {
    development: { perMinute: 60, perHour: 1_000 },
    production: { perMinute: 600, perHour: 10_000 },
  },
  defaultTier: { test: 'development', live: 'production' },
  memberLimits: { perMinute: 600, perHour: 10_000 },
};

/** The highest limits that a key can be given: 10,000 requests a second, API Gateway's own for an account. */
export const HIGHEST_LIMITS: Limits = { perMinute: 600_000, perHour: 36_000_000 };
