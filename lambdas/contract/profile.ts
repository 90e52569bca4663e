/** How this deployment's credentials, limits and errors look. */
export interface Profile {
  /** Before `_live_` or `_test_` in every key. */
  readonly keyPrefix: string;
  /** Base of a problem's `type`; the error's code follows. */
  readonly errorTypeBase: string;
  /** The one sentence that every 401 says. */
  readonly unauthorizedDetail: string;
  /** Requests that a key may make, by its tier; a key may have limits of its own instead. */
  readonly tiers: Readonly<Record<Tier, Limits>>;
  /** The tier of a key that names neither tier nor limits, by its mode. */
  readonly defaultTier: Readonly<Record<Mode, Tier>>;
  /** Requests that a member may make. */
  readonly memberLimits: Limits;
}

type Tier = 'development' | 'production';

export type Mode = 'live' | 'test';

/** Requests per window; windows are whole minutes and hours of UTC. */
export interface Limits {
  readonly perMinute: number;
  readonly perHour: number;
}

export const fractalpack: Profile = {
  keyPrefix: 'fpk',
  errorTypeBase: 'https://developers.fractalpack.com/errors/',
  unauthorizedDetail: 'Invalid or revoked API key.',
  tiers: {
    development: { perMinute: 60, perHour: 1_000 },
    production: { perMinute: 600, perHour: 10_000 },
  },
  defaultTier: { test: 'development', live: 'production' },
  memberLimits: { perMinute: 600, perHour: 10_000 },
};

/** The highest limits that a key can be given: 10,000 requests a second, API Gateway's own for an account. */
export const HIGHEST_LIMITS: Limits = { perMinute: 600_000, perHour: 36_000_000 };
