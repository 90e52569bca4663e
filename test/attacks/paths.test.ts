import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { fractalpack } from '../../lambdas/contract/profile.ts';
import {
  allRoutes,
  type Method,
  type ProtectedRoute,
  protectedRoutes,
  routeKey,
} from '../../lambdas/contract/routes.ts';
import { denialOf, type Grantee, isForAnyone } from '../../lambdas/core/grants.ts';
import { allow, compilePolicy, type PolicyDocument } from '../../lambdas/core/policy.ts';
import { assertUsable, isPath } from '../../lib/profiles/assert-usable.ts';
import { apiKey, type Client, createClient, type Tokens } from '../acceptance/target.ts';
import { STAGE, World } from '../core/authorizer-world.ts';
import { runStack } from '../local/running-stack.ts';
import './fuzzing.ts';
import { rawRequest, sendRaw } from './raw-http.ts';

/**
 * Whether IAM finds a text in a pattern: `*` for any characters, slashes too, `?` for one, and nothing else is special.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
function iamMatches(pattern: string, text: string): boolean {
  let ends = new Set([0]);
  for (const character of pattern) {
    const next = new Set<number>();
    for (const at of ends) {
      if (character === '*') for (let end = at; end <= text.length; end++) next.add(end);
      else if (at < text.length && (character === '?' || text[at] === character)) next.add(at + 1);
    }
    ends = next;
  }
  return ends.has(text.length);
}

const iamAllows = ({ Statement: [{ Effect, Resource }] }: PolicyDocument, methodArn: string): boolean =>
  Effect === 'Allow' && Resource.some((pattern) => iamMatches(pattern, methodArn));

/** What a caller may put where a path has a parameter. A slash of its own would be another path. */
const HOSTILE = [
  ...[
    '*',
    '?',
    '**',
    '*/*',
    '..',
    '.',
    '%2e%2e',
    '%2f',
    '%2F..%2F',
    '%5c',
    '%00',
    '%2a',
    ';',
    ';x=1',
    'a;b',
    '$',
    '$' + '{aws:userid}',
    '{keyId}',
  ],
  ...[
    'keys',
    'items',
    'rotate',
    'self-revoke',
    'accept',
    'sessions',
    'GET',
    'KEY',
    'key_0000000000',
    '\u212aey',
    'ke\u0301y',
    'x'.repeat(600),
  ],
].flatMap((value) => value.split('/').filter((segment) => segment !== ''));

const STACK = protectedRoutes(allRoutes);
const methods = fc.constantFrom<Method>('GET', 'POST', 'PUT', 'PATCH', 'DELETE');
const segment = fc.oneof(
  fc.constantFrom('v1', 'api', 'keys', 'items', 'widgets', 'a', 'a.b', 'a-b'),
  fc.constantFrom('{id}', '{other}', '{keyId}'),
);
const ownRoute: fc.Arbitrary<ProtectedRoute> = fc.record({
  method: methods,
  path: fc.array(segment, { minLength: 1, maxLength: 5 }).map((parts) => `/${parts.join('/')}`),
  principals: fc.subarray(
    ['key', 'admin-key', 'publishable-key', 'member', 'consumer', 'guest', 'widget', 'anonymous'] as const,
    { minLength: 1 },
  ),
  scopes: fc.subarray(['items:read', 'widgets:read', 'usage.read', 'keys:read']),
  limited: fc.constant('deny' as const),
});
/** The stack's own operations and an engineer's. */
const tables = fc
  .uniqueArray(ownRoute, { maxLength: 8, selector: ({ method, path }) => routeKey(method, path) })
  .map((own) => [
    ...STACK,
    ...own.filter(
      (route) => !STACK.some((other) => routeKey(other.method, other.path) === routeKey(route.method, route.path)),
    ),
  ]);
const scopes = fc.oneof(
  fc.constant(['*']),
  fc.subarray(['items:read', 'items:write', 'widgets:read', 'usage.read', 'keys:read', 'keys:write', 'consumers:read']),
);
const organizationId = fc.constant('org_1');
const grantees: fc.Arbitrary<Grantee> = fc.oneof(
  fc.record({
    type: fc.constant('key' as const),
    organizationId,
    scopes,
    keyType: fc.constantFrom('secret', 'publishable', 'restricted', 'admin'),
  }),
  fc.record({ type: fc.constant('widget' as const), organizationId, scopes }),
  fc.record({
    type: fc.constant('member' as const),
    organizationId,
    role: fc.constantFrom('owner', 'admin', 'developer', 'viewer'),
  }) as fc.Arbitrary<Grantee>,
  fc.record({ type: fc.constant('member' as const) }),
  fc.record({ type: fc.constant('consumer' as const), organizationId, scopes }),
  fc.record({ type: fc.constant('consumer' as const), organizationId, scopes, guest: fc.constant(true as const) }),
  fc.record({ type: fc.constant('anonymous' as const) }),
);
const fillings = fc.array(fc.constantFrom(...HOSTILE), { minLength: 1, maxLength: 3 });

const fill = (path: string, values: readonly string[]) => {
  let next = 0;
  return path.replaceAll(/\{[^}]+\}/g, () => values[next++ % values.length] ?? 'x');
};
const arnOf = ({ method, path }: ProtectedRoute, values: readonly string[]) =>
  `${STAGE}/${method}${fill(path, values)}`;

describe('a policy, evaluated as IAM does', () => {
  it('lets in to exactly what the grants allow, whatever stands in the parameters of a path', () => {
    fc.assert(
      fc.property(tables, grantees, fillings, (table, grantee, values) => {
        const policy = compilePolicy(grantee, table, STAGE);
        const compiled = { Statement: [{ Effect: 'Allow', Resource: policy.resources }] } as unknown as PolicyDocument;
        for (const route of table) {
          const arn = arnOf(route, values);
          const denied = denialOf(grantee, route) !== undefined;
          // The authorizer adds the one request to it, and is asked about each.
          if (!denied) expect([arn, iamAllows(allow(policy, route, arn), arn)]).toEqual([arn, true]);
          // What is open to whoever comes may be in a pattern, and is denied to nobody.
          else if (!isForAnyone(route)) expect([arn, iamAllows(compiled, arn)]).toEqual([arn, false]);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("names a request to the letter, and takes none of the caller's characters for a pattern", () => {
    fc.assert(
      fc.property(tables, grantees, fillings, fillings, (table, grantee, values, others) => {
        const policy = compilePolicy(grantee, table, STAGE);
        for (const route of table.filter((each) => denialOf(grantee, each) === undefined).slice(0, 12)) {
          const added = allow(policy, route, arnOf(route, values)).Statement[0].Resource.slice(policy.resources.length);
          for (const pattern of added) {
            expect(pattern.length).toBeLessThanOrEqual(512);
            expect(pattern).not.toMatch(/[?$]/);
            // A pattern stands for its own route alone, method and all: never for one that is shorter, or another method.
            for (const other of table.filter(({ method }) => method !== route.method)) {
              expect(iamMatches(pattern, arnOf(other, others))).toBe(false);
            }
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('has no wildcard that an engineer wrote: their paths have none', () => {
    for (const path of [
      '/*',
      '/a*',
      '/a/?',
      '/{proxy+}',
      `/a/\${aws:userid}`,
      '/a//b',
      '/a/',
      'a',
      '/a b',
      '/a%2f',
      '/../a/{b',
    ]) {
      expect([path, isPath(path)]).toEqual([path, false]);
    }
    const paths = { listKeys: ['/*'] } as const;
    expect(() => assertUsable({ ...fractalpack, paths } as never)).toThrow('not a path: /*');
  });
});

describe('the authorizer, asked about a path that was made to be misread', () => {
  it.each(HOSTILE.map((value) => [value.slice(0, 40), value] as const))(
    'denies a key that may not, and allows one no more than it may: %s',
    async (_, value) => {
      const world = new World();
      const plain = await world.newKey({ scopes: ['items:read'] });
      const reader = await world.newKey({ type: 'admin', scopes: ['keys:read'] });
      const path = `/api/v1/keys/${value}`;
      const ask = (text: string, method = 'GET', resource = '/api/v1/keys/{keyId}', at = path) =>
        world.ask(text, method, resource, at);
      expect(await ask(plain.apiKey)).toMatchObject({ outcome: 'denied' });
      const decision = await ask(reader.apiKey);
      if (decision.outcome !== 'allowed') throw new Error('An admin key with keys:read may read a key');
      expect(iamAllows(decision.policy, `${STAGE}/GET${path}`)).toBe(true);
      for (const [method, elsewhere] of [
        ['DELETE', path],
        ['PATCH', path],
        ['POST', `${path}/rotate`],
        ['POST', '/api/v1/keys'],
        ['GET', '/api/v1/organization/members'],
        ['GET', '/api/v1/audit-events'],
        ['GET', '/api/v1/items'],
      ] as const) {
        expect([elsewhere, iamAllows(decision.policy, `${STAGE}/${method}${elsewhere}`)]).toEqual([elsewhere, false]);
      }
      expect(await ask(reader.apiKey, 'DELETE')).toMatchObject({ outcome: 'denied' });
    },
  );

  it.each(['get', 'Get', 'HEAD', 'OPTIONS', 'TRACE', 'CONNECT', 'ANY', '*', '', 'GET '])(
    'knows no route of the method %j',
    async (method) => {
      const world = new World();
      const { apiKey: text } = await world.newKey();
      await expect(world.ask(text, method)).rejects.toMatchObject({ code: 'unavailable' });
      expect(world.observed.spends).toEqual([]);
    },
  );
});

describe('a path on the wire', () => {
  const open = runStack(fractalpack, 10);
  let url: string;
  let client: Client;
  let owner: Tokens;
  let key: string;
  beforeAll(async () => {
    const target = await open();
    url = target.url;
    client = createClient(target);
    owner = await client.newOrganization();
    key = (await client.newKey(owner)).apiKey;
  });
  const send = (method: string, path: string, text = key) =>
    sendRaw(url, rawRequest(`${method} ${path}`, ['Host: x', `X-Api-Key: ${text}`]));

  it.each([
    ...[
      '/api/v1/items/../keys',
      '/api/v1/items/%2e%2e/keys',
      '/api/v1/items%2f..%2fkeys',
      '/api/v1/items/..;/keys',
      '/./api/v1/keys',
      '/x/../api/v1/keys',
    ],
    ...[
      '//api/v1/keys',
      '/api//v1/keys',
      '/api/v1//keys',
      '/api/v1/keys/',
      '/api/v1/keys//',
      '/api/v1/keys/.',
      '/api/v1/keys/%2e',
      '/api/v1/keys%2f',
    ],
    ...[
      '/api/v1/keys;x=1',
      '/api/v1/keys;.css',
      '/api/v1/keys.json',
      '/api/v1/keys%00',
      '/api/v1/keys%20',
      '/api/v1/keys%0a',
      '/api/v1/keys%3f',
      '/api/v1/keys%23',
    ],
    ...[
      '/API/V1/KEYS',
      '/Api/v1/keys',
      '/api/v1/%6beys',
      '/%61pi/v1/keys',
      '/api/v1/%256beys',
      '/api/v1/ke%79s',
      '/api/v1/\u00fbeys',
      '/api/v1/%e2%84%aaeys',
    ],
    ...[
      '\\api\\v1\\keys',
      '/api\\v1\\keys',
      '/api/v1/keys?',
      '/api/v1/keys??',
      '/api/v1/keys?/../items',
      '/api/v1/keys#/items',
      '/api/v1/items?/../keys',
      '/dashboard/../api/v1/keys',
    ],
    ...[
      '/health/../api/v1/keys',
      '/health;/../api/v1/keys',
      '/auth/signin/../../api/v1/keys',
      '/_cognito/../api/v1/keys',
      '/*',
      '/api/v1/*',
      '/{proxy+}',
      '*',
      'api/v1/keys',
    ],
  ])('leads nobody around their grants: %s', async (path) => {
    for (const method of ['GET', 'POST', 'DELETE']) {
      const { statuses, text } = await send(method, path);
      expect(text).not.toMatch(/keyId|apiKey/);
      // The items are what this key may read, and write.
      if (!path.startsWith('/api/v1/items?')) expect([400, 403, 404]).toContain(statuses[0]);
    }
  });

  it.each(['HEAD', 'OPTIONS', 'TRACE', 'PROPFIND', 'get', 'Get', 'QUERY', 'LINK', 'SEARCH', 'PURGE', 'GETX'])(
    'does nothing by a method that it has not: %s',
    async (method) => {
      const { statuses, text } = await send(method, '/api/v1/keys');
      expect(text).not.toMatch(/keyId|apiKey/);
      // Whoever asks before they call is answered, without a credential, and told nothing of the keys.
      expect(method === 'OPTIONS' ? [204] : [400, 404]).toContain(statuses[0]);
    },
  );

  it('is refused where it is long, without a fault', async () => {
    for (const length of [600, 1_700, 9_000]) {
      const { statuses } = await send('GET', `/api/v1/keys/${'x'.repeat(length)}`);
      expect(statuses).toEqual([403]);
      const long = await client.call('GET', `/api/v1/keys/${'x'.repeat(length)}`, {
        Authorization: `Bearer ${owner.access}`,
      });
      expect(long.status).toBe(404);
    }
    expect((await client.call('GET', '/api/v1/items', apiKey(key))).status).toBe(200);
  });
});
