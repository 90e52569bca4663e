import type { Operation } from './routes.ts';

/** How this deployment's credentials, limits and errors look. */
export interface Profile {
  readonly name: string;
  /** Before `_live_` or `_test_` in a key, by its type. That of publishable keys is no other type's. */
  readonly keyPrefixes: Readonly<Record<KeyType, string>>;
  /** The form of a secret key that names none. */
  readonly keyFormat: KeyFormat;
  /** Headers that carry a key, besides `Authorization: Bearer` for those that are secret. Names have no case. */
  readonly keyHeaders: { readonly secret: readonly string[]; readonly publishable: string };
  /** The form of every error's body. */
  readonly dialect: Dialect;
  /** What an error says by its code, in place of the stack's own words; all that a 401 ever says. */
  readonly sentences: Readonly<Record<string, string> & { unauthorized: string }>;
  /** Paths of operations, in place of the route table's; several serve the same. */
  readonly paths?: Readonly<Partial<Record<Operation, readonly [string, ...string[]]>>>;
  /** The sample resource, which stands for your own. */
  readonly sample: Sample;
  /** Requests that a key may make, by its tier; a key may have limits of its own instead. */
  readonly tiers: Readonly<Record<Tier, Limits>>;
  /** The tier of a key that names neither tier nor limits, by its mode. */
  readonly defaultTier: Readonly<Record<Mode, Tier>>;
  /** Requests that a member may make. */
  readonly memberLimits: Limits;
  /** Names of the cookies that a member's session is kept in, and a sign-in that has begun at the hosted pages. */
  readonly cookies: { readonly access: string; readonly refresh: string; readonly login: string };
  /** Apps that may ask a member for a key, at `GET /get-key`. No other gets one. */
  readonly apps: readonly App[];
  /** How long members stay signed in, in seconds. */
  readonly memberSessions: SessionLifetimes;
  /**
   * Attempts at signing up and in, at codes and resets: for one e-mail address from one address of the network, for one
   * e-mail address from anywhere (of what sends a mail, no more than from one address), and from one address of the
   * network for whatever account.
   */
  readonly attemptLimits: {
    readonly perAccountAndAddress: Limits;
    readonly perAccount: Limits;
    readonly perAddress: Limits;
  };
  /** Where secret keys are taken from: a request with an `Origin` of another page comes from a browser. */
  readonly secretKeysIn: 'anything' | 'servers';
  /** Those who use an organization's product. */
  readonly consumers: {
    /** What their access tokens may do. */
    readonly scopes: readonly string[];
    /** Requests of one session. */
    readonly limits: Limits;
    /** In seconds: an access token, a session since it was last refreshed, and a session at all. An organization may set the first two. */
    readonly sessions: Omit<SessionLifetimes, 'token'>;
    /** Codes that are sent to one address or number. */
    readonly codeLimits: Limits;
    /** Codes that one organization has sent, to whomever: they go out from the deployment's own address and number. */
    readonly sendLimits: { readonly email: Limits; readonly phone: Limits };
    /** Countries whose numbers are taken, by ISO 3166 (`US`). @default all */
    readonly phoneCountries?: readonly string[];
  };
  /** Requests that one address may make without a credential, to the routes that need none. */
  readonly addressLimits: Limits;
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

export type Sample = 'items' | 'agent-runs' | 'pins' | 'metering';

type Tier = 'development' | 'production';

export type Mode = 'live' | 'test';

/**
 * A publishable key is no secret: it reads what is public. A restricted key has only the scopes it lists, an admin key
 * may manage keys.
 */
export type KeyType = 'secret' | 'publishable' | 'restricted' | 'admin';

/** `opaque`: prefix, id, secret and checksum. `jwt`: a JWT by the stack's issuer, whose `jti` is the key's id. */
export type KeyFormat = 'opaque' | 'jwt';

/** An app that runs on a person's own computer or phone, to which they give a key. */
export interface App {
  /** As the person is told. */
  readonly name: string;
  /** Where it waits for the key, such as `myapp://callback`; of `http://127.0.0.1/callback`, any port is (RFC 8252). */
  readonly redirect: string;
  /** What its keys may do. */
  readonly scopes: readonly string[];
}

/** In seconds. */
interface SessionLifetimes {
  /** Of an access token. */
  readonly access: number;
  /** Of a session since it was last refreshed. */
  readonly refresh: number;
  /** For how long a session can be refreshed at all. */
  readonly absolute: number;
  /** Of a session token, `POST /auth/token`. */
  readonly token: number;
}

/** Requests per window; windows are whole minutes and hours of UTC. */
export interface Limits {
  readonly perMinute: number;
  readonly perHour: number;
}

export const fractalpack: Profile = {
  name: 'fractalpack',
  keyPrefixes: { secret: 'fpk', publishable: 'pk', restricted: 'rk', admin: 'ak' },
  keyFormat: 'opaque',
  keyHeaders: { secret: ['X-Api-Key', 'X-Secret-Key'], publishable: 'X-Publishable-Key' },
  dialect: { form: 'problem', typeBase: 'https://developers.fractalpack.com/errors/' },
  sentences: { unauthorized: 'Invalid or revoked API key.' },
  sample: 'items',
  tiers: {
    development: { perMinute: 60, perHour: 1_000 },
    production: { perMinute: 600, perHour: 10_000 },
  },
  defaultTier: { test: 'development', live: 'production' },
  memberLimits: { perMinute: 600, perHour: 10_000 },
  cookies: { access: 'access_token', refresh: 'refresh_token', login: 'login' },
  apps: [],
  memberSessions: { access: 15 * 60, refresh: 7 * 86_400, absolute: 90 * 86_400, token: 30 * 86_400 },
  attemptLimits: {
    perAccountAndAddress: { perMinute: 10, perHour: 60 },
    perAccount: { perMinute: 100, perHour: 1_000 },
    perAddress: { perMinute: 60, perHour: 600 },
  },
  addressLimits: { perMinute: 600, perHour: 10_000 },
  secretKeysIn: 'anything',
  consumers: {
    scopes: ['items:read'],
    limits: { perMinute: 120, perHour: 3_600 },
    sessions: { access: 3_600, refresh: 30 * 86_400, absolute: 365 * 86_400 },
    codeLimits: { perMinute: 2, perHour: 10 },
    sendLimits: { email: { perMinute: 300, perHour: 3_000 }, phone: { perMinute: 60, perHour: 300 } },
  },
};

/** The highest limits that a key can be given: 10,000 requests a second, API Gateway's own for an account. */
export const HIGHEST_LIMITS: Limits = { perMinute: 600_000, perHour: 36_000_000 };
