import type { ProtectedRoute } from '../contract/routes.ts';
import { denialOf, type Grantee, isForAnyone } from './grants.ts';

export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly [
    { readonly Action: 'execute-api:Invoke'; readonly Effect: 'Allow' | 'Deny'; readonly Resource: readonly string[] },
  ];
}

/** What a principal may call, compiled. */
export interface CompiledPolicy {
  /** Method ARN patterns, every one of them wholly allowed. */
  readonly resources: readonly string[];
}

/**
 * API Gateway takes 8 KB of policy and context together. The context's largest part, a key's scopes, is bounded by
 * the schema at about 1.7 KB; this leaves room for both.
 */
export const POLICY_BUDGET = 5_000;

/** The `arn:…:api/stage` that a method ARN begins with. */
export const stageArn = (methodArn: string): string => methodArn.split('/', 2).join('/');

/** `GET/api/v1/keys/*`, as it stands behind the stage in a method ARN. */
const patternOf = ({ method, path }: ProtectedRoute): string => method + path.replaceAll(/\{[^}]+\}/g, '*');

/** Whether some string matches both patterns, where `*` stands for any characters, `/` among them. */
export function overlap(one: string, other: string): boolean {
  if (!other.includes('*')) return globMatches(one, other);
  if (!one.includes('*')) return globMatches(other, one);
  // Between its first `*` and its last, each can hold all that the other has there.
  const [oneStart, otherStart] = [literalStart(one), literalStart(other)];
  const [oneEnd, otherEnd] = [literalEnd(one), literalEnd(other)];
  return (
    (oneStart.startsWith(otherStart) || otherStart.startsWith(oneStart)) &&
    (oneEnd.endsWith(otherEnd) || otherEnd.endsWith(oneEnd))
  );
}

/** Up to the first `*`, and from the last on; the whole where there is none. */
const literalStart = (pattern: string): string => pattern.split('*', 1)[0] ?? '';
const literalEnd = (pattern: string): string => pattern.slice(pattern.lastIndexOf('*') + 1);

/**
 * Lists what a principal may call in as few patterns as it takes. A pattern is listed only if no route that is denied
 * could match it; a route that cannot be listed so (`/a/{id}` allowed, `/a/{id}/b` denied: an ARN's `*` crosses
 * slashes), or for which there is no room, is left to the single request.
 */
export function compilePolicy(
  grantee: Grantee,
  routes: readonly ProtectedRoute[],
  stage: string,
  budget: number = POLICY_BUDGET,
): CompiledPolicy {
  const allowed: string[] = [];
  const denied: string[] = [];
  for (const route of routes) {
    if (denialOf(grantee, route) === undefined) allowed.push(patternOf(route));
    else if (!isForAnyone(route)) denied.push(patternOf(route));
  }
  const findWider = widerThan(denied);

  const patterns: string[] = [];
  let size = 0;
  for (const own of allowed) {
    if (patterns.some((listed) => contains(listed, own))) continue;
    const pattern = findWider(own) ?? (denied.some((other) => overlap(own, other)) ? undefined : own);
    const length = pattern ? stage.length + pattern.length + 4 : 0;
    if (!pattern || size + length > budget) continue;
    patterns.push(pattern);
    size += length;
  }
  return { resources: patterns.map((pattern) => `${stage}/${pattern}`) };
}

/**
 * Finds the widest of `*`, `GET/*`, `GET/api/*`, … that holds a pattern and nothing of what is denied: nothing that begins
 * so, and nothing with a `*` from which the rest could follow. A container's first answer waits for it.
 */
function widerThan(denied: readonly string[]): (own: string) => string | undefined {
  const starts = denied.map(literalStart);
  const open = starts.filter((start, index) => start !== denied[index]);
  // Neighbouring routes ask about the same.
  const verdicts = new Map<string, boolean>();
  function safe(start: string): boolean {
    const verdict =
      verdicts.get(start) ??
      !(starts.some((other) => other.startsWith(start)) || open.some((other) => start.startsWith(other)));
    verdicts.set(start, verdict);
    return verdict;
  }
  return (own) => {
    const start = startsOf(own).find(safe);
    return start === undefined ? undefined : `${start}*`;
  };
}

/** `''`, `GET/`, `GET/api/`, …: up to the first `*`. */
function startsOf(pattern: string): string[] {
  const starts = [''];
  const literal = literalStart(pattern);
  for (let end = literal.indexOf('/') + 1; end > 0; end = literal.indexOf('/', end) + 1) {
    starts.push(literal.slice(0, end));
  }
  return starts;
}

/** Whether a pattern with its only wildcard at the end, or none, allows all that `own` stands for. */
const contains = (listed: string, own: string): boolean =>
  listed === own || (listed.endsWith('*') && own.startsWith(listed.slice(0, -1)));

const document = (Effect: 'Allow' | 'Deny', Resource: readonly string[]): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [{ Action: 'execute-api:Invoke', Effect, Resource }],
});

/** IAM's patterns: `*` for any characters, slashes among them. */
const globMatches = (pattern: string, text: string): boolean => {
  const parts = pattern.split('*');
  const [first = ''] = parts;
  if (parts.length === 1) return pattern === text;
  if (!text.startsWith(first)) return false;
  let from = first.length;
  for (const part of parts.slice(1, -1)) {
    const at = text.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  const last = parts.at(-1) ?? '';
  return text.length - last.length >= from && text.endsWith(last);
};

/** API Gateway's limit on a resource in a policy. */
const ARN_LIMIT = 512;

/**
 * The policy for one request that is allowed. Where no listed pattern says so, its own ARN is added; where its path is
 * too long for that, or holds what IAM reads as a pattern, the route's pattern in its place.
 */
export function allow(policy: CompiledPolicy, route: ProtectedRoute, methodArn: string): PolicyDocument {
  if (policy.resources.some((pattern) => globMatches(pattern, methodArn))) return document('Allow', policy.resources);
  const literal = methodArn.length <= ARN_LIMIT && !/[*?$]/.test(methodArn);
  const own = literal ? methodArn : `${stageArn(methodArn)}/${patternOf(route)}`;
  return document('Allow', [...policy.resources, own]);
}

/** The policy for one request that is denied. The gateway keeps no policy, so it need not name the request. */
export const deny = (methodArn: string): PolicyDocument => document('Deny', [`${stageArn(methodArn)}/*`]);
