import { fromPublicId } from '../core/key-format.ts';
import type { Clock } from '../core/ports.ts';
import { Recent } from '../core/recent.ts';
import type { Proven, TokenVerifier, UserPoolRecord, UserPoolStore } from '../core/token-ports.ts';
import { createCognitoVerifier, type UserPoolAddress } from './cognito-verifier.ts';
import { createIssuerVerifier, type IssuerVerifierOptions } from './issuer-verifier.ts';
import type { VerifyJwt } from './jwt-verifier.ts';

export interface TokenVerifierOptions {
  readonly own: Omit<IssuerVerifierOptions, 'clock'>;
  /** The deployment's user pool. */
  readonly userPoolId: string;
  readonly clientIds: readonly string[];
  readonly addressOf: UserPoolAddress;
  /** The pools of organizations. */
  readonly registrations: Pick<UserPoolStore, 'getUserPool'>;
  readonly clock: Clock;
  /** For fetching a user pool's key set, in milliseconds. */
  readonly timeout?: number;
}

/** For how long a registration is believed without asking, in milliseconds: then a change of it holds. */
const KNOWN_FOR = 1_000;

/** Registrations, and their absence, that one container remembers. */
const REMEMBERED = 1_000;

interface Registration {
  readonly record: UserPoolRecord | undefined;
  readonly until: number;
}

/** Verifies a JWT by the issuer that it names, with that issuer's keys and no other's. */
export function createTokenVerifier(options: TokenVerifierOptions): TokenVerifier {
  const { own, userPoolId, clientIds, addressOf, registrations, clock, timeout } = options;
  const verifyOwn = createIssuerVerifier({ ...own, clock });
  const verifiers = new Recent<string, VerifyJwt>(REMEMBERED);
  const known = new Recent<string, Registration>(REMEMBERED);

  async function ofOwnIssuer(token: string): Promise<Proven | undefined> {
    const claims = await verifyOwn(token);
    if (claims?.typ === 'member' || claims?.typ === 'consumer') {
      return { type: 'session', id: String(claims.sid), use: claims.typ };
    }
    if (claims?.typ === 'widget') {
      const [key, customer, scope] = [claims.key, claims.customer, claims.scope].map(String) as [
        string,
        string,
        string,
      ];
      return { type: 'widget', id: fromPublicId(key) ?? '', customer, scopes: scope.split(' ') };
    }
    const id = claims && fromPublicId(claims.jti ?? '');
    return id === undefined ? undefined : { type: 'key', id };
  }

  async function registrationOf(poolId: string): Promise<UserPoolRecord | undefined> {
    const now = clock.now();
    const seen = known.get(poolId);
    if (seen && seen.until > now) return seen.record;
    const found = await registrations.getUserPool(poolId);
    const record = found?.status === 'active' ? found : undefined;
    known.set(poolId, { record, until: now + KNOWN_FOR });
    return record;
  }

  /** One for each pool and set of clients, since it remembers the pool's keys. */
  function verifierOf(poolId: string, clients: readonly string[]): VerifyJwt | undefined {
    const name = [poolId, ...clients].join(' ');
    const address = addressOf(poolId);
    const verifier =
      verifiers.get(name) ??
      (address && createCognitoVerifier({ ...address, clientIds: clients, clock, ...(timeout && { timeout }) }));
    if (verifier) verifiers.set(name, verifier);
    return verifier;
  }

  async function member(poolId: string, token: string): Promise<Proven | undefined> {
    const registration = poolId === userPoolId ? undefined : await registrationOf(poolId);
    if (poolId !== userPoolId && !registration) return undefined;
    const claims = await verifierOf(poolId, registration?.clientIds ?? clientIds)?.(token);
    if (claims?.sub === undefined) return undefined;
    const signedInAt = Number(claims.auth_time ?? claims.iat ?? 0);
    if (!registration) return { type: 'member', id: claims.sub, signedInAt };
    const { organizationId, scopes } = registration;
    return { type: 'member', id: `${poolId}:${claims.sub}`, signedInAt, membership: { organizationId, scopes } };
  }

  return {
    async verify(token) {
      const issuer = unverifiedIssuerOf(token);
      if (issuer === undefined) return undefined;
      if (issuer === own.issuer) return ofOwnIssuer(token);
      const poolId = issuer.slice(issuer.lastIndexOf('/') + 1);
      return addressOf(poolId)?.issuer === issuer ? member(poolId, token) : undefined;
    },
  };
}

/** Only says whose verifier is asked, which parses the token whole and compares the issuer. */
function unverifiedIssuerOf(token: string): string | undefined {
  try {
    const claims = JSON.parse(Buffer.from(token.split('.', 2)[1] ?? '', 'base64url').toString());
    return typeof claims?.iss === 'string' ? claims.iss : undefined;
  } catch {
    return undefined;
  }
}
