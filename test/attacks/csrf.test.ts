import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fractalpack } from '../../lambdas/contract/profile.ts';
import {
  allRoutes,
  type PrincipalType,
  pathsOf,
  type Route,
  routes,
  sampleRoutesOf,
} from '../../lambdas/contract/routes.ts';
import { prefix } from '../../lambdas/contract/table.ts';
import { type Stack, startStack } from '../../local/stack.ts';
import { withCookies } from '../acceptance/cookies.ts';
import { apiKey, bearer, type Client, createClient, type Tokens } from '../acceptance/target.ts';
import { OWN_ORIGIN, World } from '../core/authorizer-world.ts';

const folder = mkdtempSync(join(tmpdir(), 'latchkey-csrf-'));
const profile = { ...fractalpack, apps: [{ name: 'App', redirect: 'myapp://callback', scopes: ['items:read'] }] };
let stack: Stack;
let client: Client;
let owner: Tokens;
/** The cookies of somebody who is signed in, and owns an organization. */
let access: { Cookie: string };
let refresh: { Cookie: string };
beforeAll(async () => {
  for (const page of ['index.html', 'docs.html']) writeFileSync(join(folder, page), '<!doctype html>');
  stack = await startStack({ port: 0, dataFolder: folder, log: () => {}, profile, site: folder });
  client = createClient({
    url: stack.url,
    async readCode(email) {
      const response = await fetch(`${stack.url}/outbox`, { headers: { Accept: 'application/json' } });
      const { messages } = (await response.json()) as { messages: { to: string; text: string }[] };
      return /\d{4,8}/.exec(messages.findLast(({ to }) => to === email)?.text ?? '')?.[0] ?? '';
    },
  });
  owner = await client.newOrganization();
  const login = await client.logIn((await client.signedUp()).email);
  access = withCookies(login, 'access_token');
  refresh = withCookies(login, 'refresh_token');
});
afterAll(async () => {
  await stack.close();
  rmSync(folder, { recursive: true, force: true });
});

const table = Object.values<Route>({ ...routes, ...sampleRoutesOf(fractalpack) });
const fill = (path: string, value = 'x') => path.replaceAll(/\{[^}]+\}/g, value);

/** What a page of somebody else may make a browser say of where a request is from. Some of it no browser says. */
const elsewhere = (own: string): Record<string, string>[] => {
  const { protocol, host, hostname, port } = new URL(own);
  const origins = [
    ...[
      'null',
      '',
      'https://evil.example',
      `${own}.evil.example`,
      `${protocol}//evil.${host}`,
      `${protocol}//${host}.evil.example`,
      `${protocol}//evil-${host}`,
    ],
    ...[
      `${protocol}//user@${host}`,
      `${own}/`,
      `${own}:1`,
      `${own}0`,
      `${protocol}//${hostname}:${Number(port || 443) + 1}`,
      `${protocol}//${hostname}.`,
      own.replace(/^https?/, 'ftp'),
    ],
    ...[
      own.replace(/^http(s?)/, (_, secure) => (secure ? 'http' : 'https')),
      own.toUpperCase(),
      `${own} ${own}`,
      `${own},https://evil.example`,
      `https://evil.example#${own}`,
      `https://evil.example/${own}`,
      'file://',
      'chrome-extension://x',
    ],
  ];
  return [
    {},
    ...origins.map((Origin) => ({ Origin })),
    ...['cross-site', 'same-site', 'none', '', 'Same-Origin', 'same-origin, cross-site', '?1'].map((site) => ({
      'Sec-Fetch-Site': site,
    })),
    { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' },
    { Origin: 'null', 'Sec-Fetch-Site': 'none' },
    { Referer: `${own}/auth/account` },
    { Host: new URL(own).host, Referer: own, 'X-Requested-With': 'XMLHttpRequest' },
  ];
};

describe('a cookie on a request that another page has made', () => {
  it('changes nothing, whatever is said of where it is from: by the authorizer, on every route', async () => {
    const world = new World();
    await world.stores.insertSession({
      id: 's'.repeat(20),
      status: 'active',
      subject: '11111111-2222-3333-4444-555555555555',
      organizationId: 'org_1',
      role: 'owner',
      limits: { perMinute: 100_000, perHour: 100_000 },
      createdAt: 0,
      expiresAt: 9_999_999_999,
    });
    const cookie = { source: 'cookie', text: 'a.session.jwt' } as const;
    const opensTo = (route: Route, type: PrincipalType) =>
      route.auth !== 'public' && route.auth.principals.includes(type);
    let asked = 0;
    for (const route of Object.values<Route>(allRoutes)) {
      if (route.method === 'GET' || !opensTo(route, 'member') || opensTo(route, 'anonymous')) continue;
      for (const path of pathsOf(route)) {
        const ask = (more: object) => world.ask(cookie, route.method, path, fill(path), more);
        expect([path, (await ask({ origin: OWN_ORIGIN })).outcome]).toEqual([path, 'allowed']);
        for (const { Origin: origin, 'Sec-Fetch-Site': fetchSite } of elsewhere(OWN_ORIGIN)) {
          const decision = await ask({ origin, fetchSite });
          expect(decision).toMatchObject({ outcome: 'denied', context: { code: 'origin_not_allowed' } });
          asked++;
        }
      }
    }
    expect(asked).toBeGreaterThan(400);
  });

  it('changes nothing over HTTP, and neither refreshes nor signs anybody out', async () => {
    const create = (headers: Record<string, string>) =>
      client.call('POST', '/api/v1/items', { ...access, ...headers }, { name: 'forged' });
    // fetch sets these two itself, and what they say is no attack here.
    const sendable = elsewhere(stack.url).filter(
      (headers) => !('Host' in headers) && headers.Origin !== '' && headers['Sec-Fetch-Site'] !== '',
    );
    for (const headers of sendable) expect([headers, (await create(headers)).status]).toEqual([headers, 403]);
    const foreign = sendable.filter((headers) => 'Origin' in headers || 'Sec-Fetch-Site' in headers);
    for (const headers of foreign) {
      for (const operation of ['refresh', 'logout']) {
        const { status, body } = await client.call('POST', `/api/v1/auth/${operation}`, { ...refresh, ...headers });
        expect([headers, status, body.code]).toEqual([headers, 403, 'origin_not_allowed']);
      }
    }
    expect((await client.call('GET', '/api/v1/items', access)).body.items).toEqual([]);
    expect((await create({ Origin: stack.url })).status).toBe(201);
  });
});

describe('a form of another page', () => {
  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/plain; application/json',
    'application/jsonp',
    'text/json',
    '',
  ])('cannot send what an operation takes, signing in neither, as %j', async (type) => {
    const bodies: [string, object, Record<string, string>][] = [
      ['/api/v1/auth/login', { email: 'attacker@example.com', password: 'x' }, {}],
      ['/api/v1/auth/signup', { email: 'a@b.example', password: 'Correct-horse-1', organization_name: 'x' }, {}],
      ['/api/v1/auth/forgot-password', { email: 'a@b.example' }, {}],
      ['/auth/token', { username: 'a@b.example', password: 'x' }, {}],
      ['/api/v1/keys', { label: 'x' }, bearer(owner.access)],
      ['/get-key', { redirect: 'myapp://callback' }, bearer(owner.access)],
      ['/api/v1/items', { name: 'x' }, { ...access, Origin: stack.url }],
    ];
    for (const [path, body, headers] of bodies) {
      const text = new Blob([JSON.stringify(body)]);
      const response = await fetch(stack.url + path, {
        method: 'POST',
        headers: { ...headers, ...(type && { 'Content-Type': type }) },
        body: text,
      });
      expect([path, response.status]).toEqual([path, 415]);
      expect(response.headers.getSetCookie()).toEqual([]);
    }
  });

  it('is not let read or send more by asking first: no answer allows credentials, or names the origin that asked', async () => {
    for (const { method, path } of table.map((route) => ({ method: route.method, path: fill(route.path) }))) {
      const asking = {
        Origin: 'https://evil.example',
        'Access-Control-Request-Method': method,
        'Access-Control-Request-Headers': 'content-type',
      };
      for (const response of [
        await fetch(stack.url + path, { method: 'OPTIONS', headers: asking }),
        await fetch(stack.url + path, {
          method,
          headers: { Origin: 'https://evil.example', ...access },
          redirect: 'manual',
        }),
      ]) {
        expect([path, response.headers.get('access-control-allow-credentials')]).toEqual([path, null]);
        expect([null, '*']).toContain(response.headers.get('access-control-allow-origin'));
      }
    }
  });
});

describe('a request that only reads', () => {
  it('is every GET: none is recorded as a change, and all else says what it changes', () => {
    for (const route of Object.values<Route>(allRoutes)) {
      expect([route.path, 'audit' in route]).toEqual([route.path, route.method !== 'GET']);
    }
  });

  it('leaves the table as it was, but for what it is charged', async () => {
    const { keyId, apiKey: key } = await client.newKey(owner);
    const ids = {
      keyId,
      userPoolId: 'local_1',
      sessionId: 'ses_x',
      memberId: 'x',
      invitationId: 'inv_x',
      consumerId: 'con_x',
    };
    const ways = [bearer(owner.access), access, apiKey(key), {}];
    const gets = table.filter(({ method }) => method === 'GET').flatMap(pathsOf);
    const askAll = async () => {
      for (const path of gets) {
        const at = path.replaceAll(/\{([^}]+)\}/g, (_, name: keyof typeof ids) => ids[name]);
        for (const headers of ways)
          await client.call('GET', `${at}${at === '/get-key' ? '?redirect=myapp://callback' : ''}`, headers);
      }
    };
    const before = await contents();
    await askAll();
    expect(await contents()).toEqual(before);
    expect(gets.length).toBeGreaterThan(25);
  });

  /** All items, without what a request is charged to: the counters of its windows and when it was. */
  async function contents() {
    const { Items = [] } = await stack.database.client.send(
      new ScanCommand({ TableName: 'latchkey', ConsistentRead: true }),
    );
    return Items.filter(({ PK }) => !PK?.S?.startsWith(prefix.address))
      .map((item) =>
        Object.fromEntries(Object.entries(item).filter(([name]) => !/^(?:[mh]\d+|lastUsedAt)$/.test(name))),
      )
      .toSorted((a, b) => ((a.PK?.S ?? '') + a.SK?.S < (b.PK?.S ?? '') + b.SK?.S ? -1 : 1));
  }
});

describe('a page of the stack', () => {
  it('stands in no frame, whichever it is and whoever asks', async () => {
    const gets = table.filter(({ method }) => method === 'GET').map(({ path }) => fill(path));
    const more = [
      '/outbox',
      '/dashboard',
      '/dashboard/',
      '/dashboard/keys',
      '/docs',
      '/get-key?redirect=myapp://callback',
      '/get-key?redirect=myapp://other',
      '/api/v1/auth/authorize?next=//evil.example',
    ];
    let pages = 0;
    for (const path of [...gets, ...more]) {
      const { headers } = await fetch(stack.url + path, {
        headers: { Accept: 'text/html', ...access },
        redirect: 'manual',
      });
      if (!headers.get('content-type')?.startsWith('text/html')) continue;
      pages++;
      expect([path, headers.get('x-frame-options'), headers.get('x-content-type-options')]).toEqual([
        path,
        'DENY',
        'nosniff',
      ]);
      expect(headers.get('content-security-policy')).toMatch(/(?:^|; )frame-ancestors 'none'(?:;|$)/);
      expect(headers.get('content-security-policy')).toMatch(/(?:^|; )base-uri 'none'(?:;|$)/);
      expect(headers.get('content-security-policy')).not.toMatch(/script-src[^;]*unsafe/);
    }
    expect(pages).toBeGreaterThan(12);
  });
});
