import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Method, type ProtectedRoute, protectedRoutes, routeKey, routes } from '../../lambdas/contract/routes.ts';
import { samples } from '../../lambdas/contract/sample-routes.ts';
import { denialOf, type Grantee } from '../../lambdas/core/grants.ts';
import { allow, compilePolicy, deny, overlap, POLICY_BUDGET, stageArn } from '../../lambdas/core/policy.ts';
import { isAllowed } from '../../local/gateway.ts';

const STAGE = 'arn:aws:execute-api:eu-central-1:123456789012:a1b2c3d4e5/prod';

const methods = fc.constantFrom<Method>('GET', 'POST', 'PUT', 'PATCH', 'DELETE');
const segments = fc.oneof(fc.constantFrom('a', 'b', 'items', 'keys', 'rotate'), fc.constantFrom('{id}', '{other}'));
const paths = fc.array(segments, { minLength: 1, maxLength: 4 }).map((parts) => `/${parts.join('/')}`);
const scopes = fc.subarray(['items:read', 'items:write', 'usage.write', 'storage:read']);
const route: fc.Arbitrary<ProtectedRoute> = fc.record({
  method: methods,
  path: paths,
  principals: fc.subarray(['key', 'member'] as const, { minLength: 1 }),
  scopes,
  limited: fc.constant('handler' as const),
});
const routeTables = (maxLength: number) =>
  fc.uniqueArray(route, { maxLength, selector: ({ method, path }) => routeKey(method, path) });
const grantees: fc.Arbitrary<Grantee> = fc.oneof(
  fc.record({ type: fc.constant('key' as const), organizationId: fc.constant('org_1'), scopes }),
  fc.record({ type: fc.constant('key' as const), organizationId: fc.constant('org_1'), scopes: fc.constant(['*']) }),
  fc.record({
    type: fc.constant('member' as const),
    organizationId: fc.constant('org_1'),
    role: fc.constant('owner' as const),
  }),
  fc.record({ type: fc.constant('member' as const) }),
);

/** A request to a route, its parameters filled in with segments that other routes have too. */
const requestTo = ({ method, path }: ProtectedRoute, values: readonly string[]) => {
  let next = 0;
  return `${STAGE}/${method}${path.replaceAll(/\{[^}]+\}/g, () => values[next++ % values.length] ?? 'x')}`;
};
const values = fc.array(fc.constantFrom('a', 'b', 'items', 'keys', 'rotate', '7', 'x.y'), {
  minLength: 1,
  maxLength: 3,
});

describe('a compiled policy', () => {
  it('allows every request that is allowed', () => {
    fc.assert(
      fc.property(routeTables(30), grantees, values, (routes, grantee, filling) => {
        const policy = compilePolicy(grantee, routes, STAGE);
        for (const one of routes.filter((each) => !denialOf(grantee, each))) {
          const methodArn = requestTo(one, filling);
          expect(isAllowed(allow(policy, one, methodArn) as never, methodArn)).toBe(true);
        }
      }),
    );
  });

  it('allows no request to a route that is denied', () => {
    fc.assert(
      fc.property(routeTables(30), grantees, values, (routes, grantee, filling) => {
        const { resources } = compilePolicy(grantee, routes, STAGE);
        const document = { Version: '2012-10-17', Statement: [{ Action: 'x', Effect: 'Allow', Resource: resources }] };
        for (const one of routes.filter((each) => denialOf(grantee, each))) {
          expect(isAllowed(document as never, requestTo(one, filling))).toBe(false);
        }
      }),
    );
  });

  it('stays within its budget, whatever the routes', () => {
    const long = fc.stringMatching(/^[a-z]{30}$/).map((text) => `/${text}/{id}/${text}`);
    const many = fc.uniqueArray(
      fc.record({
        method: methods,
        path: long,
        principals: fc.constant(['key'] as const),
        scopes,
        limited: fc.constant('deny' as const),
      }),
      { minLength: 250, maxLength: 300, selector: ({ method, path }) => routeKey(method, path) },
    );
    fc.assert(
      fc.property(many, scopes, (routes, held) => {
        const grantee = { type: 'key', organizationId: 'org_1', scopes: held } as const;
        const policy = compilePolicy(grantee, routes, STAGE);
        const size = Math.max(...routes.map((one) => JSON.stringify(allow(policy, one, requestTo(one, ['x']))).length));
        expect(size).toBeLessThan(POLICY_BUDGET + 512);
        // With the largest context there can be, API Gateway's 8 KB hold both.
        const context = {
          scopes: Array(32).fill('x'.repeat(50)).join(' '),
          rateLimit: 'x'.repeat(120),
          detail: 'x'.repeat(300),
        };
        expect(size + JSON.stringify(context).length).toBeLessThan(8_192);
      }),
      { numRuns: 20 },
    );
  });

  it('is one wildcard for who may do everything', () => {
    const grantee = { type: 'key', organizationId: 'org_1', scopes: ['*'] } as const;
    const forKeys = protectedRoutes(routes).filter(({ principals }) => principals.includes('key'));
    expect(compilePolicy(grantee, forKeys, STAGE).resources).toEqual([`${STAGE}/*`]);
  });

  it('of a key in the real table names the items and nothing of the keys but revoking itself', () => {
    const grantee = { type: 'key', organizationId: 'org_1', scopes: ['items:read'] } as const;
    expect(compilePolicy(grantee, protectedRoutes({ ...routes, ...samples.items }), STAGE).resources).toEqual([
      `${STAGE}/POST/api/v1/keys/self-revoke`,
      `${STAGE}/POST/api/v1/api-keys/self-revoke`,
      `${STAGE}/GET/api/v1/items`,
    ]);
  });

  it('denies the one request', () => {
    const methodArn = `${STAGE}/GET/api/v1/keys`;
    expect(isAllowed(deny(methodArn) as never, methodArn)).toBe(false);
  });

  it('knows the stage of a method ARN', () => {
    expect(stageArn(`${STAGE}/GET/api/v1/keys`)).toBe(STAGE);
  });
});

describe('overlap', () => {
  const pattern = fc.array(fc.constantFrom('a', 'b', '/', '*'), { maxLength: 6 }).map((parts) => parts.join(''));
  const texts = (['', 'a', 'b', '/'] as const).flatMap((a) =>
    ['', 'a', 'b', '/'].flatMap((b) => ['', 'a', 'b', '/'].flatMap((c) => ['', 'a'].map((d) => a + b + c + d))),
  );
  const matches = (glob: string, text: string) =>
    new RegExp(`^${RegExp.escape(glob).replaceAll('\\*', '.*')}$`).test(text);

  it('finds every string that both match', () => {
    fc.assert(
      fc.property(pattern, pattern, (one, other) => {
        if (texts.some((text) => matches(one, text) && matches(other, text))) expect(overlap(one, other)).toBe(true);
        expect(overlap(one, other)).toBe(overlap(other, one));
        expect(overlap(one, one)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it('tells apart what no string can match', () => {
    for (const [one, other] of [
      ['GET/a', 'GET/b'],
      ['GET/a', 'GET/a/*'],
      ['GET/*', 'POST/*'],
      ['GET/a/*/b', 'GET/a/*/c'],
    ] as const) {
      expect(overlap(one, other)).toBe(false);
    }
  });
});
