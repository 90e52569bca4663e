import { UnavailableError } from '../core/errors.ts';
import { invalidLogin, type LoginPages } from '../core/hosted-login.ts';
import type { VerifyJwt } from './jwt-verifier.ts';

export interface CognitoLoginPagesOptions {
  /** Where browsers find the pages. */
  readonly url: string;
  /** Where the token endpoint answers: the same, but in an emulator. */
  readonly tokenUrl: string;
  readonly clientId: string;
  /** Where the pages send a browser back to; the app client lists it. */
  readonly callbackUrl: string;
  /** Verifies the pool's tokens. */
  readonly verify: VerifyJwt;
  /** For the token endpoint, in milliseconds. @default 3000 */
  readonly timeout?: number;
}

/** In milliseconds. */
const TIMEOUT = 3_000;

/**
 * The hosted pages of a Cognito user pool.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/authorization-endpoint.html
 */
export function createCognitoLoginPages(options: CognitoLoginPagesOptions): LoginPages {
  const { url, tokenUrl, clientId, callbackUrl, verify, timeout = TIMEOUT } = options;

  async function redeem(code: string, codeVerifier: string): Promise<string> {
    const body = new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: clientId,
      redirect_uri: callbackUrl,
      code,
      code_verifier: codeVerifier,
    });
    const signal = AbortSignal.timeout(timeout);
    const unavailable = (cause?: unknown) => new UnavailableError('the user pool cannot be asked', cause);
    const response = await fetch(`${tokenUrl}/oauth2/token`, { method: 'POST', body, signal, redirect: 'error' }).catch(
      (cause: unknown) => {
        throw unavailable(cause);
      },
    );
    const answer: unknown = await response.json().catch(() => undefined);
    const fieldOf = (name: string): unknown => (answer as Readonly<Record<string, unknown>> | null | undefined)?.[name];
    // What OAuth says of the code; anything else is throttling, an outage, or a fault of ours: RFC 6749 section 5.2.
    const error = fieldOf('error');
    if (response.status === 400 && (error === 'invalid_grant' || error === 'invalid_request')) {
      throw invalidLogin(new Error(`The token endpoint said ${error}`));
    }
    if (!response.ok) throw unavailable(new Error(`The token endpoint answered ${response.status}`));
    const token = fieldOf('id_token');
    if (typeof token !== 'string') throw unavailable(new Error('The token endpoint gave no ID token'));
    return token;
  }

  return {
    authorizeUrl({ state, nonce, codeChallenge }) {
      const query = new URLSearchParams({
        response_type: 'code',
        client_id: clientId,
        redirect_uri: callbackUrl,
        scope: 'openid email profile',
        state,
        nonce,
        code_challenge: codeChallenge,
        code_challenge_method: 'S256',
        // Who signed out here is still signed in there, for an hour: on a shared computer, the next person would be them.
        prompt: 'login',
      });
      return `${url}/oauth2/authorize?${query}`;
    },

    async exchange(code, codeVerifier, nonce) {
      const claims = await verify(await redeem(code, codeVerifier));
      const { token_use: use, nonce: told, sub, email, auth_time: signedInAt } = claims ?? {};
      const valid =
        use === 'id' && told === nonce && sub && typeof email === 'string' && typeof signedInAt === 'number';
      if (!valid) throw invalidLogin();
      return { subject: sub, email, signedInAt };
    },
  };
}
