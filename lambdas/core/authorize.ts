import { timingSafeEqual } from 'node:crypto';
import { codeIn } from '../contract/dialect.ts';
import type { Refusal } from '../contract/metrics.ts';
import type { Profile } from '../contract/profile.ts';
import { type ProtectedRoute, routeKey } from '../contract/routes.ts';
import { UnavailableError } from './errors.ts';
import { type Denial, denialOf, holds, isForAnyone, memberScopes, scopesToTell } from './grants.ts';
import { createKeyReader, hashSecret, toPublicId } from './key-format.ts';
import { isWithin, networkOf } from './networks.ts';
import { allow, type CompiledPolicy, compilePolicy, deny, type PolicyDocument, stageArn } from './policy.ts';
import type { Clock, EpochSeconds, PrincipalRecord, PrincipalStore, Spend } from './ports.ts';
import { Recent } from './recent.ts';
import { sentenceOf } from './render-error.ts';
import { createSpender } from './spender.ts';
import type { PoolMembership, TokenVerifier, WidgetGrant } from './token-ports.ts';
import {
  CLOCKS_APART,
  DROPPED_AT_ONCE,
  type Spending,
  spending,
  staleCounters,
  sweepable,
  windowsAt,
} from './windows.ts';

/** A credential as it was presented: nothing about it is known yet. */
export interface UnverifiedCredential {
  /** Where it stood: a bearer token may be anybody's, the headers for keys hold keys of their kind alone. */
  readonly source: 'key-header' | 'publishable-key-header' | 'bearer' | 'cookie';
  readonly text: string;
}

/** What a request presents: `unreadable` when it is more than one, or none that there is. */
export type Presented = UnverifiedCredential | 'none' | 'unreadable';

export interface AuthorizeRequest {
  readonly presented: Presented;
  readonly method: string;
  /** The route's path as the gateway matched it, `/api/v1/keys/{keyId}`. */
  readonly resource: string;
  /** `arn:aws:execute-api:region:account:api/stage/METHOD/path` */
  readonly methodArn: string;
  /** The caller's address, as the gateway saw it. */
  readonly sourceIp: string | undefined;
  /** The page that a browser says it makes the request for. */
  readonly origin: string | undefined;
  /** Where that page is from, as the browser sees it: `Sec-Fetch-Site`. */
  readonly fetchSite: string | undefined;
}

/** What the function behind the authorizer is told; API Gateway passes strings, numbers and booleans. */
type AuthorizerContext = Readonly<Record<string, string | number | boolean>>;

export type Decision =
  /** 401. `reason` and the id that was claimed are for the log alone. */
  | { readonly outcome: 'unauthorized'; readonly reason: Refusal; readonly principalId?: string }
  /** 403, with `code`, as the dialect writes it, and `detail` in the context. */
  | {
      readonly outcome: 'denied';
      readonly code: Denial['code'];
      readonly principalId: string;
      readonly policy: PolicyDocument;
      readonly context: AuthorizerContext;
    }
  /** `limited`: let through to a function that answers 429 itself. */
  | {
      readonly outcome: 'allowed';
      readonly limited: boolean;
      readonly principalId: string;
      readonly policy: PolicyDocument;
      readonly context: AuthorizerContext;
    };

export interface AuthorizerDependencies {
  readonly profile: Profile;
  readonly routes: readonly ProtectedRoute[];
  readonly principals: PrincipalStore;
  readonly tokens: TokenVerifier;
  readonly clock: Clock;
  /** The API's own: pages of it may change things with a cookie. */
  readonly ownOrigin: string;
}

/** For how long "limited" is believed without asking: a raised limit is obeyed after that, in milliseconds. */
const LIMITED_FOR = 1_000;

/** Principals, and sets of grants, that one container remembers. */
const REMEMBERED = { principals: 10_000, policies: 500 };

/** What a container remembers of a principal. It shortens the way to a refusal and lets nobody in. */
interface Memory {
  readonly record: PrincipalRecord;
  /** Milliseconds; before then a request is limited without asking. */
  readonly limitedUntil: number;
}

type Verified =
  | { readonly type: 'key'; readonly id: string; readonly secretHash: string }
  | {
      readonly type: 'member';
      readonly id: string;
      readonly signedInAt: EpochSeconds;
      readonly membership?: PoolMembership;
    }
  | { readonly type: 'widget'; readonly id: string; readonly customer: string; readonly scopes: readonly string[] }
  /** `use`: whose session the token says it is of. */
  | { readonly type: 'session'; readonly id: string; readonly use: 'member' | 'consumer' }
  | { readonly type: 'anonymous'; readonly id: string };

/**
 * Makes the authorizer: one credential in, one decision out, and one conditional write in between. A request that
 * reaches a function unlimited was spent in the store first, so a revocation holds from the next request on.
 */
export function createAuthorizer(dependencies: AuthorizerDependencies) {
  const { profile, routes, principals, tokens, clock, ownOrigin } = dependencies;
  const routesByKey = new Map(routes.map((route) => [routeKey(route.method, route.path), route]));
  const memories = new Recent<string, Memory>(REMEMBERED.principals);
  /** Apart, so that strangers in great number make nobody forgotten who has a credential. */
  const strangers = new Recent<string, Memory>(REMEMBERED.principals);
  /** By principal. What is refused for good never comes back: ids are not used twice. */
  const refusals = new Recent<string, Refusal>(REMEMBERED.principals);
  const policies = new Recent<string, CompiledPolicy>(REMEMBERED.policies);
  const allScopes = memberScopes(routes);
  const keys = createKeyReader(profile.keyPrefixes);
  const spendOne = createSpender(principals, REMEMBERED.principals);

  /** @throws UnavailableError when the store or the issuer's keys are out of reach */
  return async function authorize(request: AuthorizeRequest): Promise<Decision> {
    const route = routesByKey.get(routeKey(request.method, request.resource));
    if (!route) throw new UnavailableError('the authorizer does not know this route');
    const verified = await identify(request, route);
    if (typeof verified === 'string') return { outcome: 'unauthorized', reason: verified };

    const name = `${verified.type} ${verified.id}`;
    const milliseconds = clock.now();
    const now = Math.floor(milliseconds / 1_000);
    const remembered = verified.type === 'anonymous' ? strangers : memories;
    const memory = remembered.get(name);
    const refused = refusals.get(name) ?? (memory && !hasSecret(memory.record, verified) ? 'unknown' : undefined);
    if (refused) return unauthorized(refused, verified);
    if (memory && memory.limitedUntil > milliseconds && route.limited !== 'ignore') {
      const spent = spending(memory.record.counters, memory.record.limits, now, false);
      if (spent.limited) return decide(route, request, asVerified(memory.record, verified), spent);
    }

    const { granted, record } = await spendOne(spendOf(verified, now, memory?.record), memory?.record, milliseconds);
    // Of a session it is seen only now whether it is of whom the token says; of all else, the spend was the proof.
    const impostor = verified.type === 'session' && record?.type !== verified.use;
    const reason = granted && !impostor ? undefined : refusalOf(record, verified, now);
    if (record) {
      // Also when the secret was wrong: whoever guesses at the secret of a key is refused next time without asking.
      const limited = !granted && reason === undefined;
      remembered.set(name, { record, limitedUntil: limited ? milliseconds + LIMITED_FOR : 0 });
    }
    if (reason) {
      if (!record || isLast(reason, record, now)) refusals.set(name, reason);
      return unauthorized(reason, verified);
    }
    if (!record) throw new UnavailableError('the request could not be accounted for');
    const spent = spending(record.counters, record.limits, now, granted);
    // Refused for none of the reasons there are: never a reason to let it in.
    if (!granted && !spent.limited) throw new UnavailableError('the request could not be accounted for');
    // A lease hands out the same record again and again: it is looked at once.
    if (granted && record !== memory?.record) await sweep(record, now);
    return decide(route, request, asVerified(record, verified), spent);
  };

  /** Whoever makes the request, as far as that can be said without the store; or why they are nobody. */
  async function identify({ presented, sourceIp }: AuthorizeRequest, route: ProtectedRoute) {
    // A stale credential must not keep anyone from what needs none.
    if (isForAnyone(route) || (presented === 'none' && route.principals.includes('anonymous'))) {
      const id = networkOf(sourceIp ?? '');
      if (id === undefined) throw new UnavailableError("the caller's address is not known");
      return { type: 'anonymous', id } satisfies Verified;
    }
    if (presented === 'none') return 'no_credential';
    return (presented === 'unreadable' ? undefined : await verify(presented)) ?? 'malformed';
  }

  async function verify({ source, text }: UnverifiedCredential): Promise<Verified | undefined> {
    if (source !== 'cookie' && (keys.isLikeKey(text) || source === 'publishable-key-header')) {
      const key = keys.read(text);
      return key?.publishable === (source === 'publishable-key-header') ? { type: 'key', ...key } : undefined;
    }
    if (source === 'bearer' && isSessionToken(text)) return { type: 'session', id: hashSecret(text), use: 'member' };
    if (source === 'key-header' && !isLikeJwt(text)) return undefined;
    const proven = await tokens.verify(text);
    // A cookie holds a session and a header for keys a key: nothing else is looked for there.
    if (proven?.type === 'key') return source === 'cookie' ? undefined : { ...proven, secretHash: hashSecret(text) };
    if (proven?.type === 'session') return isSentIn(proven, source) ? proven : undefined;
    return source === 'bearer' ? proven : undefined;
  }

  function spendOf(verified: Verified, now: number, remembered: PrincipalRecord | undefined): Spend {
    const stale = staleCounters(remembered?.counters ?? {}, now).slice(0, DROPPED_AT_ONCE);
    const common = { id: verified.id, now, windows: windowsAt(now), stale };
    if (verified.type === 'key') return { ...common, type: 'key', secretHash: verified.secretHash };
    if (verified.type === 'session' || verified.type === 'widget') return { ...common, type: verified.type };
    if (verified.type === 'anonymous') return { ...common, type: 'anonymous', limits: profile.addressLimits };
    return { ...common, type: 'member', limits: profile.memberLimits, signedInAt: verified.signedInAt };
  }

  /**
   * A principal that always meets a container that has not seen it leaves its counters behind. Once in a while they
   * are dropped by a write of their own; if that fails, by the next.
   */
  async function sweep(record: PrincipalRecord, now: number): Promise<void> {
    const swept = sweepable(record.counters, now);
    if (swept.length > 0) await principals.dropCounters(record, swept).catch(() => {});
  }

  function decide(
    route: ProtectedRoute,
    request: AuthorizeRequest,
    record: PrincipalRecord,
    spent: Spending,
  ): Decision {
    const principalId = publicId(record);
    const limited = spent.limited && route.limited !== 'ignore';
    // Whoever finds a key may end it, from wherever they are.
    const anywhere = route.limited === 'ignore';
    const denial =
      (anywhere ? undefined : (whereDenied(record, request) ?? exposed(record, route, request))) ??
      (record.type === 'member' && mayBeForged(request) ? NOT_FOR_THIS_PAGE : undefined) ??
      denialOf(record, route) ??
      (limited && route.limited === 'deny' ? RATE_LIMITED : undefined);
    if (denial) {
      const context = {
        code: codeIn(profile.dialect, denial.code),
        detail: sentenceOf(profile, denial.code, denial.detail),
        rateLimit: spent.rateLimit,
        rateLimitPolicy: spent.rateLimitPolicy,
        ...(denial === RATE_LIMITED && { retryAfter: spent.retryAfter }),
      };
      return { outcome: 'denied', code: denial.code, principalId, policy: deny(request.methodArn), context };
    }
    const context: AuthorizerContext = {
      principalType: record.type,
      mode: record.mode,
      scopes: scopesToTell(record, allScopes),
      rateLimit: spent.rateLimit,
      rateLimitPolicy: spent.rateLimitPolicy,
      ...(record.organizationId && { organizationId: record.organizationId }),
      ...(record.role && { role: record.role }),
      ...(record.guest && { guest: true }),
      ...(record.customer !== undefined && { customer: record.customer }),
      ...(record.sessionId !== undefined && { sessionId: record.sessionId }),
      ...(limited && { limited: true, retryAfter: spent.retryAfter }),
    };
    const policy = allow(policyOf(record, stageArn(request.methodArn)), route, request.methodArn);
    return { outcome: 'allowed', limited, principalId, policy, context };
  }

  /** A secret in a page is a secret no more: said before anybody else finds it. */
  function exposed(record: PrincipalRecord, route: ProtectedRoute, { origin }: AuthorizeRequest): Denial | undefined {
    const secret = record.type === 'key' && record.keyType !== 'publishable';
    const refused = profile.secretKeysIn === 'servers' || route.secretKeysIn === 'servers';
    return secret && refused && origin !== undefined && origin !== ownOrigin ? EXPOSED : undefined;
  }

  /** Whether another page may have made a browser send its cookie, for something that changes. */
  function mayBeForged({ presented, method, origin, fetchSite }: AuthorizeRequest): boolean {
    const byCookie = typeof presented === 'object' && presented.source === 'cookie';
    return byCookie && method !== 'GET' && origin !== ownOrigin && fetchSite !== 'same-origin';
  }

  /** Principals with the same grants share a policy. */
  function policyOf(record: PrincipalRecord, stage: string): CompiledPolicy {
    const { type, keyType = '', role = '', organizationId, scopes = [], guest = false } = record;
    const name = [stage, type, keyType, role, guest, organizationId ? 'member' : '', ...scopes].join(' ');
    const known = policies.get(name) ?? compilePolicy(record, routes, stage);
    policies.set(name, known);
    return known;
  }
}

export type Authorize = ReturnType<typeof createAuthorizer>;

const NOT_FROM_HERE = { code: 'address_not_allowed', detail: 'This key may not be used from your address.' } as const;
const NOT_FOR_THIS_PAGE = { code: 'origin_not_allowed', detail: 'This may not be done from your origin.' } as const;
const EXPOSED = {
  code: 'secret_key_exposed',
  detail: 'This secret key was sent from a browser and may be exposed. Revoke it, and use a publishable key there.',
} as const;
const RATE_LIMITED = { code: 'rate_limited', detail: 'Rate limit exceeded.' } as const;

/** What begins as a JSON object does in base64url, in three parts. */
const isLikeJwt = (text: string): boolean => /^eyJ[\w-]*\.[\w-]+\.[\w-]+$/.test(text);

/** A member's in a cookie or as a bearer token; a consumer's as a bearer token alone. */
const isSentIn = ({ use }: { use: 'member' | 'consumer' }, source: UnverifiedCredential['source']): boolean =>
  source === 'bearer' || (source === 'cookie' && use === 'member');

/** A UUID, as `POST /auth/token` gives it. */
const isSessionToken = (text: string): boolean => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);

const publicId = ({ type, id }: { readonly type: string; readonly id: string }): string =>
  type === 'key' || type === 'widget' ? toPublicId(id) : id;

const unauthorized = (reason: Refusal, verified: Verified): Decision => ({
  outcome: 'unauthorized',
  reason,
  principalId: publicId(verified),
});

/**
 * The principal that is proven: a person of an organization's own pool has what its registration says, whatever else
 * their item does, and a widget no more than its token says, nor than its key still has.
 */
function asVerified(record: PrincipalRecord, verified: Verified): PrincipalRecord {
  if (verified.type === 'widget') return asWidget(record, verified);
  if (verified.type !== 'member' || !verified.membership) return record;
  const { role, ...rest } = record;
  return { ...rest, ...verified.membership };
}

function asWidget(record: PrincipalRecord, { customer, scopes }: WidgetGrant): PrincipalRecord {
  return { ...record, type: 'widget', customer, scopes: scopes.filter((scope) => holds(record, scope)) };
}

/** Why a key may not be used from where it was. One that lists networks or origins needs the request to name its own. */
function whereDenied(
  { allowedCidrs, allowedOrigins }: PrincipalRecord,
  { sourceIp, origin }: AuthorizeRequest,
): Denial | undefined {
  if (allowedCidrs && !isWithin(allowedCidrs, sourceIp)) return NOT_FROM_HERE;
  return allowedOrigins && !(origin !== undefined && allowedOrigins.includes(origin)) ? NOT_FOR_THIS_PAGE : undefined;
}

/**
 * Whether the secret that was presented is the record's, and a session is of whom its token says. A member's and a widget's
 * were checked with the token, an address has none.
 */
const hasSecret = ({ secretHash = '', type }: PrincipalRecord, verified: Verified): boolean =>
  (verified.type === 'session' && verified.use === type) ||
  verified.type === 'member' ||
  verified.type === 'widget' ||
  verified.type === 'anonymous' ||
  (verified.type === 'key' &&
    secretHash.length === verified.secretHash.length &&
    timingSafeEqual(Buffer.from(secretHash), Buffer.from(verified.secretHash)));

/**
 * Whether a refusal is the principal's last. A wrong secret, or an old sign-in, is not; nor is an end that another
 * container's clock may not have come to, since a session may be refreshed there.
 */
function isLast(reason: Refusal, { expiresAt = 0 }: PrincipalRecord, now: number): boolean {
  if (reason === 'expired') return expiresAt + CLOCKS_APART <= now;
  return reason === 'revoked';
}

/** Why a spend was refused for good, or undefined when it was merely limited. */
function refusalOf(record: PrincipalRecord | undefined, verified: Verified, now: number): Refusal | undefined {
  if (!record || !hasSecret(record, verified)) return 'unknown';
  if (record.status !== 'active') return 'revoked';
  if (verified.type === 'member' && verified.signedInAt <= (record.notBefore ?? -1)) return 'outdated';
  return record.expiresAt !== undefined && record.expiresAt <= now ? 'expired' : undefined;
}
