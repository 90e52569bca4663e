import { createHash, createHmac } from 'node:crypto';
import { ApiError } from './errors.ts';
import { hashSecret } from './key-format.ts';
import type { Clock, EpochSeconds, Random } from './ports.ts';
import type { Identity } from './session-ports.ts';
import { secondsOf } from './time.ts';

/** A sign-in that has begun at the pages of the user pool. */
interface LoginRecord {
  readonly stateHash: string;
  /** Of the secret of the browser that began it. */
  readonly browserHash: string;
  /** Where the browser goes afterwards. */
  readonly next: string;
  readonly expiresAt: EpochSeconds;
}

/** Every method throws UnavailableError when the store cannot answer. */
export interface LoginStore {
  insertLogin(login: LoginRecord): Promise<void>;
  /**
   * Uses a sign-in up.
   * @param attempt names this one, so that it knows its own work after a lost answer
   * @returns undefined when it is used, expired, unknown, or another browser's.
   */
  takeLogin(
    stateHash: string,
    browserHash: string,
    attempt: string,
    now: EpochSeconds,
  ): Promise<LoginRecord | undefined>;
}

/** The pages that people sign in on: OAuth 2.0's authorization code with PKCE, and OpenID Connect's nonce. */
export interface LoginPages {
  authorizeUrl(request: { state: string; nonce: string; codeChallenge: string }): string;
  /**
   * Who has signed in, and when.
   * @throws invalid_login for a code that is not of this sign-in, UnavailableError
   */
  exchange(
    code: string,
    codeVerifier: string,
    nonce: string,
  ): Promise<Identity & { readonly signedInAt: EpochSeconds }>;
}

export interface HostedLoginDependencies {
  readonly store: LoginStore;
  readonly pages: LoginPages;
  /** Whether the pages ask for the password again when they are told to. */
  readonly asksAgain: boolean;
  readonly clock: Clock;
  readonly random: Random;
}

/** Two clocks may differ by so many seconds. */
const SKEW = 60;

/** How long a person may take, in seconds. */
export const LOGIN_LASTS = 10 * 60;

const SECRET = /^[\w-]{43}$/;

/**
 * Signing in on the user pool's pages. The browser keeps one secret; what the pool is asked with, code verifier and nonce,
 * is derived from that and from the sign-in's state, so that the table holds nothing that is worth anything.
 */
export function createHostedLogin({ store, pages, asksAgain, clock, random }: HostedLoginDependencies) {
  const newSecret = () => Buffer.from(random(32)).toString('base64url');
  const derive = (browser: string, purpose: string, state: string) =>
    createHmac('sha256', browser).update(`${purpose} ${state}`).digest('base64url');

  /**
   * @param known the secret that the browser has from an earlier sign-in: two that it begins at once both work
   * @param next where to go afterwards
   */
  async function start(known: string | undefined, next: string): Promise<{ url: string; browser: string }> {
    const browser = known !== undefined && SECRET.test(known) ? known : newSecret();
    const state = newSecret();
    const codeChallenge = createHash('sha256')
      .update(derive(browser, 'verifier', state))
      .digest('base64url');
    const url = pages.authorizeUrl({ state, nonce: derive(browser, 'nonce', state), codeChallenge });
    const expiresAt = secondsOf(clock) + LOGIN_LASTS;
    await store.insertLogin({ stateHash: hashSecret(state), browserHash: hashSecret(browser), next, expiresAt });
    return { url, browser };
  }

  /** @throws invalid_login */
  async function finish(browser: string | undefined, state: string, code: string) {
    if (browser === undefined) throw invalidLogin();
    const login = await store.takeLogin(hashSecret(state), hashSecret(browser), newSecret(), secondsOf(clock));
    if (!login) throw invalidLogin();
    const identity = await pages.exchange(code, derive(browser, 'verifier', state), derive(browser, 'nonce', state));
    // Whoever asked for it by another address than they were sent to may be somebody who was here before them.
    const begun = login.expiresAt - LOGIN_LASTS;
    if (asksAgain && identity.signedInAt < begun - SKEW) throw invalidLogin();
    return { identity, next: login.next };
  }

  return { start, finish };
}

export type HostedLogin = ReturnType<typeof createHostedLogin>;

export const invalidLogin = (cause?: unknown): ApiError =>
  new ApiError('invalid_login', 'This sign-in was not begun here, has expired, or was finished already.', { cause });
