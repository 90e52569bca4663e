import type { Profile } from '../contract/profile.ts';
import { type ProtectedRoute, routeKey } from '../contract/routes.ts';
import { UnavailableError } from './errors.ts';
import { denialOf, scopesOf } from './grants.ts';
import { parseKey, toPublicId } from './key-format.ts';
import { allow, type CompiledPolicy, compilePolicy, deny, type PolicyDocument, stageArn } from './policy.ts';
import type { Clock, PrincipalRecord, PrincipalStore, Spend, SpendOutcome, TokenVerifier } from './ports.ts';
import { Recent } from './recent.ts';
import { type Spending, spending, staleCounters, windowsAt } from './windows.ts';

/** A credential as it was presented: nothing about it is known yet. */
export interface UnverifiedCredential {
  /** Where it stood: a bearer token may be a key or a JWT, the key header holds keys alone. */
  readonly source: 'key-header' | 'bearer';
  readonly text: string;
}

export interface AuthorizeRequest {
  readonly credential: UnverifiedCredential | undefined;
  readonly method: string;
  /** The route's path as the gateway matched it, `/api/v1/keys/{keyId}`. */
  readonly resource: string;
  /** `arn:aws:execute-api:region:account:api/stage/METHOD/path` */
  readonly methodArn: string;
}

/** What the function behind the authorizer is told; API Gateway passes strings, numbers and booleans. */
type AuthorizerContext = Readonly<Record<string, string | number | boolean>>;

export type Decision =
  /** 401. `reason` is for the log alone. */
  | { readonly outcome: 'unauthorized'; readonly reason: Refusal }
  /** 403, with `code` and `detail` in the context. */
  | {
      readonly outcome: 'denied';
      readonly principalId: string;
      readonly policy: PolicyDocument;
      readonly context: AuthorizerContext;
    }
  | {
      readonly outcome: 'allowed';
      readonly principalId: string;
      readonly policy: PolicyDocument;
      readonly context: AuthorizerContext;
    };

export type Refusal = 'no_credential' | 'malformed' | 'unknown' | 'revoked' | 'expired';

export interface AuthorizerDependencies {
  readonly profile: Profile;
  readonly routes: readonly ProtectedRoute[];
  readonly principals: PrincipalStore;
  readonly tokens: TokenVerifier;
  readonly clock: Clock;
}

/** For how long "limited" is believed without asking: a raised limit is obeyed after that, in milliseconds. */
const LIMITED_FOR = 1_000;

/** Principals that one container remembers. */
const REMEMBERED = 10_000;

/** What a container remembers of a principal. It only ever shortens the way to a refusal, or saves compiling. */
interface Memory {
  record: PrincipalRecord;
  policy: CompiledPolicy;
  stage: string;
  limitedUntil: number;
}

type Verified =
  | { readonly type: 'key'; readonly id: string; readonly secretHash: string }
  | { readonly type: 'member'; readonly id: string };

/**
 * Makes the authorizer: one credential in, one decision out, and one conditional write in between. Nothing is allowed
 * from memory; every request that is let in was spent in the store first, so a revocation holds from the next one on.
 */
export function createAuthorizer(dependencies: AuthorizerDependencies) {
  const { profile, routes, principals, tokens, clock } = dependencies;
  const routesByKey = new Map(routes.map((route) => [routeKey(route.method, route.path), route]));
  const memories = new Recent<string, Memory>(REMEMBERED);
  /** By the credential's hash, so that a guess at a key's secret does not shut the key out. These never come back. */
  const permanentRefusals = new Recent<string, Refusal>(REMEMBERED);

  /** @throws UnavailableError when the store or the issuer's keys are out of reach */
  return async function authorize(request: AuthorizeRequest): Promise<Decision> {
    const route = routesByKey.get(routeKey(request.method, request.resource));
    if (!route) throw new UnavailableError('the authorizer does not know this route');
    if (!request.credential) return unauthorized('no_credential');
    const verified = await verify(request.credential);
    if (!verified) return unauthorized('malformed');

    const refused = verified.type === 'key' ? permanentRefusals.get(verified.secretHash) : undefined;
    if (refused) return unauthorized(refused);

    const name = verified.type === 'key' ? verified.secretHash : verified.id;
    const remembered = memories.get(name);
    const milliseconds = clock.now();
    const now = Math.floor(milliseconds / 1_000);
    if (remembered && remembered.limitedUntil > milliseconds) {
      const spent = spending(remembered.record.counters, remembered.record.limits, now, false);
      if (spent.limited) return decide(route, request, remembered, spent);
    }

    const outcome = await principals.spend(spendOf(verified, now, remembered));
    const reason = refusalOf(outcome, verified, now);
    if (reason) {
      memories.delete(name);
      if (verified.type === 'key') permanentRefusals.set(verified.secretHash, reason);
      return unauthorized(reason);
    }
    const record = outcome.record as PrincipalRecord;
    const spent = spending(record.counters, record.limits, now, outcome.granted);
    // Refused for none of the reasons there are: never a reason to let it in.
    if (!outcome.granted && !spent.limited) throw new UnavailableError('the request could not be accounted for');
    const memory = remember(remembered, record, stageArn(request.methodArn));
    memory.limitedUntil = spent.limited ? milliseconds + LIMITED_FOR : 0;
    memories.set(name, memory);
    return decide(route, request, memory, spent);
  };

  async function verify({ source, text }: UnverifiedCredential): Promise<Verified | undefined> {
    const key = parseKey(profile.keyPrefix, text);
    if (key) return { type: 'key', ...key };
    if (source === 'key-header' || text.startsWith(`${profile.keyPrefix}_`)) return undefined;
    const person = await tokens.verify(text);
    return person && { type: 'member', id: person.subject };
  }

  function spendOf(verified: Verified, now: number, remembered: Memory | undefined): Spend {
    const stale = remembered ? staleCounters(remembered.record.counters, now) : [];
    const common = { id: verified.id, now, windows: windowsAt(now), stale };
    return verified.type === 'key'
      ? { ...common, type: 'key', secretHash: verified.secretHash }
      : { ...common, type: 'member', limits: profile.limits.live };
  }

  function remember(remembered: Memory | undefined, record: PrincipalRecord, stage: string): Memory {
    const same = remembered?.record.version === record.version && remembered.stage === stage;
    const policy = same ? remembered.policy : compilePolicy(record, routes, stage);
    return { record, policy, stage, limitedUntil: 0 };
  }
}

export type Authorize = ReturnType<typeof createAuthorizer>;

const unauthorized = (reason: Refusal): Decision => ({ outcome: 'unauthorized', reason });

/** Why a spend was refused for good, or undefined when it was granted or merely limited. */
function refusalOf({ granted, record }: SpendOutcome, verified: Verified, now: number): Refusal | undefined {
  if (granted) return undefined;
  if (!record || (verified.type === 'key' && record.secretHash !== verified.secretHash)) return 'unknown';
  if (record.status !== 'active') return 'revoked';
  return record.expiresAt !== undefined && record.expiresAt <= now ? 'expired' : undefined;
}

function decide(
  route: ProtectedRoute,
  request: AuthorizeRequest,
  { record, policy }: Memory,
  spent: Spending,
): Decision {
  const principalId = record.type === 'key' ? toPublicId(record.id) : record.id;
  const limited = spent.limited && route.limited !== 'ignore';
  const denial =
    denialOf(record, route) ??
    (limited && route.limited === 'deny'
      ? ({ code: 'rate_limited', detail: 'Rate limit exceeded.' } as const)
      : undefined);
  if (denial) {
    const context = { ...denial, ...(limited && { retryAfter: spent.retryAfter }) };
    return { outcome: 'denied', principalId, policy: deny(request.methodArn), context };
  }
  const context: AuthorizerContext = {
    principalType: record.type,
    mode: record.mode,
    scopes: scopesOf(record).join(' '),
    rateLimit: spent.rateLimit,
    rateLimitPolicy: spent.rateLimitPolicy,
    ...(record.organizationId && { organizationId: record.organizationId }),
    ...(record.role && { role: record.role }),
    ...(limited && { limited: true, retryAfter: spent.retryAfter }),
  };
  return { outcome: 'allowed', principalId, policy: allow(policy, route, request.methodArn), context };
}
