import { type ProtectedRoute, routeKey } from '../contract/routes.ts';
import { denialOf, type Grantee } from './grants.ts';

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
  /** The routes that the patterns allow, by `routeKey`. The others get the ARN of the single request. */
  readonly covered: ReadonlySet<string>;
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

/**
 * Lists what a principal may call in as few patterns as it takes. A pattern is listed only if no route that is denied
 * could match it; a route that cannot be listed so (`/a/{id}` allowed, `/a/{id}/b` denied: an ARN's `*` crosses
 * slashes), or for which there is no room, is left to the single request's ARN.
 */
export function compilePolicy(
  grantee: Grantee,
  routes: readonly ProtectedRoute[],
  stage: string,
  budget: number = POLICY_BUDGET,
): CompiledPolicy {
  const allowed = routes.filter((route) => denialOf(grantee, route) === undefined);
  const denied = routes.filter((route) => denialOf(grantee, route) !== undefined).map(patternOf);
  const safe = (pattern: string): boolean => !denied.some((other) => overlap(pattern, other));

  const patterns: string[] = [];
  const covered = new Set<string>();
  let size = 0;
  for (const route of allowed) {
    const own = patternOf(route);
    let pattern = patterns.find((listed) => matches(listed, own));
    if (!pattern) {
      pattern = [...widerPatterns(own), own].find(safe);
      const length = pattern ? stage.length + pattern.length + 4 : 0;
      if (!pattern || size + length > budget) continue;
      patterns.push(pattern);
      size += length;
    }
    covered.add(routeKey(route.method, route.path));
  }
  return { resources: patterns.map((pattern) => `${stage}/${pattern}`), covered };
}

/** `*`, `GET/*`, `GET/api/*`, …: the widest first. */
function widerPatterns(pattern: string): string[] {
  const segments = pattern.split('/');
  return segments.map((_, length) => [...segments.slice(0, length), '*'].join('/'));
}

/** Whether a pattern with its only wildcard at the end, or none, allows all that `own` stands for. */
const matches = (listed: string, own: string): boolean =>
  listed === own || (listed.endsWith('*') && own.startsWith(listed.slice(0, -1)));

const document = (Effect: 'Allow' | 'Deny', Resource: readonly string[]): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [{ Action: 'execute-api:Invoke', Effect, Resource }],
});

/** The policy for one request that is allowed. */
export const allow = (policy: CompiledPolicy, route: ProtectedRoute, methodArn: string): PolicyDocument =>
  document(
    'Allow',
    policy.covered.has(routeKey(route.method, route.path)) ? policy.resources : [...policy.resources, methodArn],
  );

export const deny = (methodArn: string): PolicyDocument => document('Deny', [methodArn]);
