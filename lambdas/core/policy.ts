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
  // Most of a route table begins otherwise, and a container's first answer waits for this.
  const [oneStart, otherStart] = [literalStart(one), literalStart(other)];
  if (!oneStart.startsWith(otherStart) && !otherStart.startsWith(oneStart)) return false;
  // reachable[j]: the part of `one` read so far and the first j characters of `other` match a common string.
  let reachable = [true, ...Array.from(other, (_, j) => /^\**$/.test(other.slice(0, j + 1)))];
  for (const a of one) {
    const next = [a === '*' && reachable[0] === true];
    for (let j = 1; j <= other.length; j++) {
      const b = other[j - 1];
      next[j] =
        (a === '*' && (reachable[j] || next[j - 1])) ||
        (b === '*' && (reachable[j] || next[j - 1])) ||
        (a === b && reachable[j - 1]) ||
        false;
    }
    reachable = next;
  }
  return reachable[other.length] ?? false;
}

function literalStart(pattern: string): string {
  const end = pattern.indexOf('*');
  return end < 0 ? pattern : pattern.slice(0, end);
}

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
  const allowed = routes.filter((route) => denialOf(grantee, route) === undefined);
  const denied = routes.filter((route) => !isForAnyone(route) && denialOf(grantee, route) !== undefined).map(patternOf);
  // Neighbouring routes ask about the same wider patterns.
  const verdicts = new Map<string, boolean>();
  const safe = (pattern: string): boolean => {
    const verdict = verdicts.get(pattern) ?? !denied.some((other) => overlap(pattern, other));
    verdicts.set(pattern, verdict);
    return verdict;
  };

  const patterns: string[] = [];
  let size = 0;
  for (const own of allowed.map(patternOf)) {
    if (patterns.some((listed) => contains(listed, own))) continue;
    const pattern = [...widerPatterns(own), own].find(safe);
    const length = pattern ? stage.length + pattern.length + 4 : 0;
    if (!pattern || size + length > budget) continue;
    patterns.push(pattern);
    size += length;
  }
  return { resources: patterns.map((pattern) => `${stage}/${pattern}`) };
}

/** `*`, `GET/*`, `GET/api/*`, …: the widest first. */
function widerPatterns(pattern: string): string[] {
  const segments = pattern.split('/');
  return segments.map((_, length) => [...segments.slice(0, length), '*'].join('/'));
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
