import { FetchError, JwksValidationError, JwkValidationError, JwtBaseError } from 'aws-jwt-verify/error';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';
import type { JwtPayload } from 'aws-jwt-verify/jwt-model';
import { JwtVerifier } from 'aws-jwt-verify/jwt-verifier';
import { UnavailableError } from '../core/errors.ts';
import type { Clock } from '../core/ports.ts';

export interface JwtVerifierOptions {
  /** The only `iss` that is accepted. */
  readonly issuer: string;
  readonly algorithm: 'RS256' | 'ES256';
  /**
   * The issuer's key set, as JSON. Asked for when a token names a key that is not known.
   * @throws NoSuchIssuerError when there is none, and never will be
   */
  readonly fetchKeySet: () => Promise<ArrayBuffer>;
  /** Whether the claims of a token are those of one that this API takes. */
  readonly accepts: (claims: JwtPayload) => boolean;
  readonly clock: Clock;
}

/** The claims of a token that is proven, or undefined. @throws UnavailableError when the key set cannot be had */
export type VerifyJwt = (token: string) => Promise<JwtPayload | undefined>;

/** The key set is at fault, not the token: no reason to call the token invalid. */
const KEY_SET_ERRORS = [FetchError, JwksValidationError, JwkValidationError];

/** For how long a key set that could not be had is not asked for again, in milliseconds: whoever forges pays no more. */
const FAILED_FOR = 1_000;

/** The issuer is gone: its tokens prove nobody. */
export class NoSuchIssuerError extends Error {}

/** 64 bytes in base64url: RFC 7518 section 3.4. */
const ES256_SIGNATURE = /\.[\w-]{86}$/;

/**
 * Verifies JWTs of one issuer. aws-jwt-verify checks signature, `iss`, `nbf` and, where there is one, `exp`; this adds
 * the one algorithm, and what `accepts` asks.
 */
export function createJwtVerifier(options: JwtVerifierOptions): VerifyJwt {
  const { issuer, algorithm, fetchKeySet, accepts, clock } = options;
  let failure: { readonly error: FetchError; readonly gone: boolean; readonly until: number } | undefined;
  async function fetch(uri: string): Promise<ArrayBuffer> {
    if (failure && failure.until > clock.now()) throw failure.error;
    try {
      return await fetchKeySet();
    } catch (cause) {
      const error = new FetchError(uri, cause);
      failure = { error, gone: cause instanceof NoSuchIssuerError, until: clock.now() + FAILED_FOR };
      throw error;
    }
  }
  const verifier = JwtVerifier.create(
    { issuer, audience: null, jwksUri: `${issuer}/.well-known/jwks.json` },
    { jwksCache: new SimpleJwksCache({ fetcher: { fetch } }) },
  );

  return async (token) => {
    // aws-jwt-verify fails on a signature of another length, as it would on a fault of its own.
    if (algorithm === 'ES256' && !ES256_SIGNATURE.test(token)) return undefined;
    try {
      return await verifier.verify(token, {
        customJwtCheck({ header, payload }) {
          // What names rules that have to be understood is not understood: RFC 7515 section 4.1.11.
          const understood = header.alg === algorithm && header.crit === undefined;
          if (!understood || !accepts(payload)) throw new RejectedTokenError('Not a token for this API');
        },
      });
    } catch (error) {
      if (failure?.gone && failure.error === error) return undefined;
      if (KEY_SET_ERRORS.some((type) => error instanceof type)) {
        throw new UnavailableError("the issuer's keys cannot be fetched", error);
      }
      if (error instanceof JwtBaseError) return undefined;
      throw error;
    }
  };
}

class RejectedTokenError extends JwtBaseError {}
