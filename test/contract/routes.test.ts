import { describe, expect, it } from 'vitest';
import { roleHolds } from '../../lambdas/contract/roles.ts';
import {
  allRoutes,
  isScope,
  type Method,
  type ProtectedRoute,
  pathsOf,
  protectedRoutes,
  type Route,
  routeKey,
  routes,
} from '../../lambdas/contract/routes.ts';
import { samples } from '../../lambdas/contract/sample-routes.ts';
import { decodeRoutes, encodeRoutes } from '../../lambdas/core/own-routes.ts';

describe('the route table', () => {
  it('leaves open what is meant to be open, and nothing else', () => {
    const open = Object.entries<Route>(allRoutes).filter(([, { auth }]) => auth === 'public');
    expect(open.map(([operation]) => operation)).toEqual(['getHealth']);
    const anonymous = protectedRoutes(allRoutes).filter(({ principals }) => principals.includes('anonymous'));
    expect(anonymous.map(({ method, path }) => `${method} ${path}`)).toEqual([
      ...['signup', 'confirm', 'login', 'refresh', 'logout', 'forgot-password', 'reset-password'].map(
        (name) => `POST /api/v1/auth/${name}`,
      ),
      ...['authorize', 'callback'].map((name) => `GET /api/v1/auth/${name}`),
      'POST /auth/token',
      ...['signin', 'signup', 'reset-password', 'invitation', 'account'].map((page) => `GET /auth/${page}`),
      'GET /get-key',
      'GET /.well-known/jwks.json',
      'GET /openapi.json',
      'GET /config.json',
    ]);
  });

  it('lets publishable keys read and open consumer sessions, and nothing else', () => {
    const open = protectedRoutes(allRoutes).filter(({ principals }) => principals.includes('publishable-key'));
    expect(open.map(({ method, path }) => `${method} ${path}`)).toEqual([
      ...['guest', 'otp', 'otp/verify', 'exchange', 'refresh'].map((name) => `POST /api/v1/consumer/${name}`),
      'GET /api/v1/items',
    ]);
  });

  it('takes secret keys for consumers from servers alone', () => {
    const open = protectedRoutes(routes).filter(({ path }) => /consumer|admin/.test(path));
    for (const { principals, secretKeysIn } of open) {
      if (principals.includes('key')) expect(secretKeysIn).toBe('servers');
    }
    expect(open.length).toBeGreaterThan(12);
  });

  it('has each method and path once', () => {
    const keys = Object.values<Route>(allRoutes).flatMap((route) =>
      pathsOf(route).map((path) => routeKey(route.method, path)),
    );
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('asks for scopes that are scopes', () => {
    for (const { scopes } of protectedRoutes(allRoutes)) {
      for (const scope of scopes) expect(isScope(scope)).toBe(true);
    }
  });

  it('lets admin keys manage keys, and read the organization, but make none', () => {
    const open = protectedRoutes(routes).filter(({ principals }) => principals.includes('admin-key'));
    expect(open.filter(({ path }) => path.includes('organization')).map(({ method }) => method)).toEqual([
      'GET',
      'GET',
    ]);
  });

  it('lets no key do what takes an administrator: a developer may give a key all that its type can have', () => {
    const administration = protectedRoutes(allRoutes).filter(({ scopes }) =>
      scopes.some((scope) => !roleHolds('developer', scope)),
    );
    expect(administration.length).toBeGreaterThan(5);
    for (const { principals } of administration) expect(principals).toEqual(['member']);
  });

  it('lets no other key manage keys or organizations, but any key end itself', () => {
    const open = protectedRoutes(routes).filter(({ principals }) => principals.includes('key'));
    const others = open.filter(({ path }) => !/consumer|admin\/|usage|track|widget/.test(path));
    expect(new Set(others.map(({ path }) => path.split('/').at(-1)))).toEqual(new Set(['self-revoke']));
  });

  it('says of what changes something how the audit log calls it, or that nothing is managed by it', () => {
    const manages = Object.entries<Route>(allRoutes).flatMap(([operation, route]) =>
      route.method !== 'GET' && route.audit === null ? [operation] : [],
    );
    expect(manages.filter((name) => /Key|Member|Role|Organization|Invitation|UserPool|Consumer$/.test(name))).toEqual([
      // These two write their own: who asks is in no organization yet.
      'createOrganization',
      'acceptInvitation',
      // A consumer's own session.
      'refreshConsumer',
      'logOutConsumer',
    ]);
    // @ts-expect-error `audit` is missing
    const route: Route = { ...routes.listKeys, method: 'POST' };
    expect(route).not.toHaveProperty('audit');
  });

  it('does not compile with a route that says nothing of who may call it', () => {
    // @ts-expect-error `auth` is missing
    const route: Route = { method: 'GET', path: '/open', group: 'service' };
    // @ts-expect-error `scopes` is missing
    const unscoped: Route = { ...routes.getHealth, auth: { principals: ['key'], limited: 'handler' } };
    expect([route, unscoped]).toHaveLength(2);
  });
});

describe('a scope', () => {
  it.each(['items:read', 'usage.write', 'storage:read', 'a:b', 'org.unit:read-all', 'a_b.c_d'])(
    'may be %s',
    (scope) => {
      expect(isScope(scope)).toBe(true);
    },
  );
  it.each([
    '*',
    'items',
    'Items:read',
    'items:',
    ':read',
    'items read',
    'items:read ',
    '',
    `a:${'b'.repeat(49)}`,
    'a:"',
    'a:$b',
  ])('may not be %j', (scope) => {
    expect(isScope(scope)).toBe(false);
  });
});

describe('own routes', () => {
  it('come out as they went in', () => {
    const table = [
      ...protectedRoutes(samples.items),
      { method: 'GET', path: '/a', principals: ['member'], scopes: [], organization: 'optional', limited: 'deny' },
    ] as const;
    expect(decodeRoutes(encodeRoutes(table))).toEqual(table);
    expect(decodeRoutes(encodeRoutes([]))).toEqual([]);
  });

  it('fit into an environment variable, as many as an API may have', () => {
    const names =
      'accounts addresses agents alerts articles assets audits balances batches bookings branches campaigns carriers carts catalogs categories charges claims clients comments companies contacts contracts coupons credits customers deliveries departments devices discounts ' +
      'disputes documents domains employees events expenses exports features feeds files filters forms funds goals groups hooks identities images imports incidents inventory invoices jobs labels ledgers licenses listings locations logs machines markets ' +
      'meetings members merchants messages meters metrics milestones modules notes notices offers orders packages pallets';
    const route = (method: Method, path: string, scope: string): ProtectedRoute => ({
      method,
      path,
      principals: ['key', 'member'],
      scopes: [scope],
      limited: 'deny',
    });
    const table = names
      .split(' ')
      .flatMap((name) => [
        route('GET', `/api/v1/${name}`, `${name}:read`),
        route('POST', `/api/v1/${name}`, `${name}:write`),
        route('GET', `/api/v1/${name}/{${name}Id}`, `${name}:read`),
        route('DELETE', `/api/v1/${name}/{${name}Id}`, `${name}:write`),
      ]);
    expect(table.length).toBeGreaterThanOrEqual(300);
    expect(decodeRoutes(encodeRoutes(table))).toEqual(table);
    expect(encodeRoutes(table).length).toBeLessThan(3_000);
  });
});
