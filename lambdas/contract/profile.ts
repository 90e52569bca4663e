/** How this deployment's credentials, limits and errors look. */
export interface Profile {
  /** Before `_live_` or `_test_` in every key. */
  readonly keyPrefix: string;
  /** Base of a problem's `type`; the error's code follows. */
  readonly errorTypeBase: string;
  /** The one sentence that every 401 says. */
  readonly unauthorizedDetail: string;
  /** Requests that a principal may make, by its mode. */
  readonly limits: Readonly<Record<Mode, Limits>>;
}

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
  limits: {
    test: { perMinute: 60, perHour: 1_000 },
    live: { perMinute: 600, perHour: 10_000 },
  },
};
