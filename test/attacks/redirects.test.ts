import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findApp, withParameters } from '../../lambdas/contract/apps.ts';
import { type App, fractalpack, type Profile } from '../../lambdas/contract/profile.ts';
import { createAuthHandler } from '../../lambdas/handlers/auth.ts';
import { createPagesHandler } from '../../lambdas/handlers/pages.ts';
import type { ApiFunction } from '../../lambdas/http/api-function.ts';
import { assertUsable } from '../../lib/profiles/assert-usable.ts';
import { get } from '../handlers/api-event.ts';
import { untrusted } from './fuzzing.ts';
import { leavesTo } from './sign-in-page.ts';

const OWN = 'https://api.example.com';
const PATH = '/prod';
const log = () => {};

const browse = (handle: ApiFunction, resource: string, query: Record<string, string>) =>
  get(handle, resource, { query, headers: { Accept: 'text/html' } });

/** Where each sign-in that was begun is to go afterwards. */
const begun: string[] = [];
const authHandler = (hosted: boolean) =>
  createAuthHandler(
    {
      authentication: {} as never,
      sessions: {} as never,
      organizations: {} as never,
      directory: {} as never,
      baseUrl: OWN + PATH,
      hostedLogin: hosted
        ? {
            async start(_, next) {
              begun.push(next);
              return { url: 'https://login.example/oauth2/authorize', browser: 'b' };
            },
            finish: async () => ({ identity: {} as never, next: '' }),
          }
        : undefined,
    },
    { profile: fractalpack, log, audit: {} as never },
  );

/** Whether a browser that is at the API and is sent there, stays there. The WHATWG parser is the browsers'. */
function isOwn(target: string): boolean {
  const url = URL.parse(target, OWN + PATH);
  return url?.protocol === 'https:' && url.host === 'api.example.com' && url.username === '' && url.password === '';
}

const HOST = 'api.example.com';
const TRICKS = [
  ...[
    'https://evil.example',
    'http://evil.example',
    '//evil.example',
    '///evil.example',
    '////evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '\\/evil.example',
    '/\\/evil.example',
  ],
  ...[
    'https:evil.example',
    'https:/evil.example',
    'https:\\\\evil.example',
    'https:///evil.example',
    'HTTPS://EVIL.EXAMPLE',
    'hTtPs:evil.example',
    'http:api.example.com',
  ],
  ...[
    '/\t/evil.example',
    '/\n/evil.example',
    '/\r\n/evil.example',
    '\t//evil.example',
    ' //evil.example',
    '\u0000//evil.example',
    '\u001f//evil.example',
    'ht\ntps://evil.example',
    'java\tscript:alert(1)',
  ],
  ...[
    `https://${HOST}@evil.example`,
    `https://${HOST}:pw@evil.example`,
    `https://${HOST}%40evil.example`,
    `https://evil.example#@${HOST}`,
    `https://evil.example?@${HOST}`,
    `https://evil.example\\@${HOST}`,
    `https://user@${HOST}/`,
    `https://u:p@${HOST}/`,
  ],
  ...[
    `https://${HOST}.evil.example`,
    `https://${HOST}evil.example`,
    `https://evil-${HOST}`,
    `https://evil.${HOST}`,
    `https://${HOST}.`,
    `https://${HOST}:8443`,
    `https://${HOST}:0`,
    `http://${HOST}`,
    `ftp://${HOST}`,
    `ws://${HOST}`,
  ],
  ...[
    'https://evil。example',
    'https://evil．example',
    'https://evil｡example',
    'https://api．example.com.evil.example',
    '／／evil.example',
    '〱evil.example',
    'https://\u202eelpmaxe.live',
    'https://ap\u0131.example.com',
    'https://аpi.example.com',
  ],
  ...[
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'javascript://api.example.com/%0aalert(1)',
    ' javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    'about:blank',
    'view-source:https://evil.example',
    'intent://evil#Intent;end',
  ],
  ...[
    `blob:${OWN}/0b1e7f6a-0000-0000-0000-000000000000`,
    `filesystem:${OWN}/temporary/x`,
    `BLOB:${OWN}/x`,
    'mailto:a@b.example',
    'tel:+1',
  ],
  ...[
    '/x\r\nSet-Cookie: a=b',
    '/x%0d%0aSet-Cookie:%20a=b',
    '/x\r\n\r\n<script>alert(1)</script>',
    '/%0d%0aLocation:%20//evil.example',
    '/x\u560d\u560aSet-Cookie: a',
  ],
  ...[
    'http://127.0.0.1',
    'http://[::1]',
    'http://0x7f.1',
    'http://2130706433',
    'http://localhost',
    'https://[::ffff:7f00:1]',
    'http://169.254.169.254/latest/meta-data/',
  ],
  ...[
    '/..//evil.example',
    '/.//evil.example',
    '/./\\evil.example',
    '//',
    '///',
    '.',
    '..',
    '',
    '?',
    '#',
    '?next=//evil.example',
    `${OWN}//evil.example`,
    `${OWN}/\\evil.example`,
    `${OWN}/prod/../..//evil.example`,
  ],
];
const targets = untrusted(TRICKS as [string, ...string[]]);

describe('where a sign-in goes on (next)', () => {
  const [hosted, own] = [authHandler(true), authHandler(false)];
  const authorize = (handle: ApiFunction, next: string) => browse(handle, '/api/v1/auth/authorize', { next });

  async function staysHere(next: string) {
    begun.length = 0;
    const atPool = await authorize(hosted, next);
    for (const kept of begun) expect([next, kept, isOwn(kept)]).toEqual([next, kept, true]);
    expect([303, 400, 422]).toContain(atPool.status);
    if (atPool.status === 303) expect(atPool.location).toBe('https://login.example/oauth2/authorize');
    else expect([atPool.location, begun]).toEqual([undefined, []]);

    const here = await authorize(own, next);
    if (here.location === undefined) return;
    expect(isOwn(here.location)).toBe(true);
    expect(new URL(here.location).pathname).toBe(`${PATH}/auth/signin`);
    // And from there: what the page makes of it.
    expect(isOwn((await leavesTo(here.location)).signedIn)).toBe(true);
  }

  it.each(TRICKS.map((trick) => [trick]))('is a page of the API, or nothing: %j', (trick) => staysHere(trick));

  it('is a page of the API, or nothing, whatever it says', () => fc.assert(fc.asyncProperty(targets, staysHere)));

  it('is kept where it is one', async () => {
    for (const next of [
      '/auth/account',
      `${OWN}/prod/get-key?redirect=a%3A%2F%2Fb#x`,
      'auth/account',
      '/%2F/evil.example',
    ]) {
      begun.length = 0;
      expect((await authorize(hosted, next)).status).toBe(303);
      expect(begun).toEqual([new URL(next, OWN + PATH).href]);
    }
  });

  it('by the address of the sign-in page itself, and by its links, is a page of the API', async () => {
    const follows = async (next: string) => {
      const { signedIn, links } = await leavesTo(`${OWN}/auth/signin?${new URLSearchParams({ next })}`);
      expect([next, signedIn, isOwn(signedIn)]).toEqual([next, signedIn, true]);
      for (const link of links) {
        expect(isOwn(link)).toBe(true);
        const again = await leavesTo(link.replace('/auth/signup', '/auth/signin'));
        expect(isOwn(again.signedIn)).toBe(true);
      }
    };
    for (const trick of TRICKS) await follows(trick);
    await fc.assert(
      fc.asyncProperty(
        targets.filter((text) => text.isWellFormed()),
        follows,
      ),
      { numRuns: 150 },
    );
  });
});

const APPS: readonly App[] = [
  { name: 'Own scheme', redirect: 'myapp://callback', scopes: ['a:b'] },
  { name: 'Loopback', redirect: 'http://127.0.0.1/callback', scopes: ['a:b'] },
  { name: 'Loopback with a port', redirect: 'http://[::1]:8080/callback?x=1', scopes: ['a:b'] },
  { name: 'Site', redirect: 'https://app.example/callback', scopes: ['a:b'] },
];

const APP_TRICKS = [
  ...APPS.flatMap(({ redirect }) => [
    ...[
      `${redirect}.evil.example`,
      `${redirect}@evil.example`,
      `${redirect}/../evil`,
      `${redirect}#`,
      `${redirect}?`,
      `${redirect}%00`,
      ` ${redirect}`,
      `${redirect}\n`,
      `${redirect}/`,
    ],
    ...[
      redirect.toUpperCase(),
      redirect.replace('callback', 'Callback'),
      redirect.replace('//', '//evil@'),
      redirect.replace('//', '/'),
      redirect.replace('//', '\\\\'),
      redirect.replace('callback', 'callback%2f..'),
      redirect.slice(0, -1),
    ],
  ]),
  ...[
    'http://127.0.0.1.evil.example/callback',
    'http://127.0.0.1:80@evil.example/callback',
    'http://127.0.0.1:8080:evil/callback',
    'http://127.0.0.1:@evil.example/callback',
    'http://127.0.0.1#@evil.example/callback',
  ],
  ...[
    'http://127.1/callback',
    'http://0177.0.0.1/callback',
    'http://2130706433/callback',
    'http://0x7f000001/callback',
    'http://127.0.0.2/callback',
    'http://127.0.0.1\\@evil.example/callback',
    'http://localhost/callback',
    'http://0.0.0.0/callback',
  ],
  ...[
    'http://[::1].evil.example/callback',
    'http://[::ffff:127.0.0.1]/callback',
    'http://[0:0:0:0:0:0:0:1]/callback',
    'https://127.0.0.1/callback',
    'http://127.0.0.1:/callback',
    'http://127.0.0.1:8080\\@evil/callback',
    'http://127。0。0。1/callback',
    'http://１２７.0.0.1/callback',
  ],
  ...[
    'myapp:callback',
    'myapp:/callback',
    'myapp://callback/evil',
    'myapp://callback?x',
    'myappx://callback',
    'javascript:alert(1)//myapp://callback',
  ],
];

/** Whether it goes to where the app is registered, as a browser sees it; of one on this computer, to whatever port. */
function goesTo(app: App, target: string): boolean {
  const [url, registered] = [new URL(target), new URL(app.redirect)];
  const loopback = /^http:\/\/(?:127\.0\.0\.1|\[::1\])/.test(app.redirect);
  return (
    url.protocol === registered.protocol &&
    url.hostname === registered.hostname &&
    (loopback || url.port === registered.port) &&
    url.pathname === registered.pathname &&
    url.username === '' &&
    url.password === '' &&
    url.hash === '' &&
    [...registered.searchParams].every(([name, value]) => url.searchParams.get(name) === value)
  );
}

describe('where a key is sent (redirect)', () => {
  const profile: Profile = { ...fractalpack, apps: APPS };
  const pages = createPagesHandler({ profile, log, baseUrl: OWN + PATH, hosted: false });

  async function isSentHome(redirect: string) {
    const app = findApp(APPS, redirect);
    const { status, location, body } = await browse(pages, '/get-key', { redirect, state: 'x"><script>' });
    expect(location).toBeUndefined();
    expect(body).not.toContain('x"><script>');
    if (!app) {
      expect([redirect, status >= 400]).toEqual([redirect, true]);
      expect(body).not.toMatch(/data-redirect|href="(?!\/|https:\/\/api\.example\.com\/)/);
      return;
    }
    expect(status).toBe(200);
    // A port that there cannot be leads nowhere.
    if (URL.canParse(redirect))
      expect([redirect, goesTo(app, withParameters(redirect, { key: 'k', state: '&key=evil#' }))]).toEqual([
        redirect,
        true,
      ]);
  }

  it.each(APP_TRICKS.filter((trick) => trick !== '').map((trick) => [trick]))(
    'is nowhere but where its app is registered: %j',
    (trick) => isSentHome(trick),
  );

  it('is nowhere but where its app is registered, whatever is asked for', () =>
    fc.assert(
      fc.asyncProperty(
        untrusted([...APP_TRICKS, ...APPS.map(({ redirect }) => redirect)] as [string, ...string[]]),
        isSentHome,
      ),
    ));

  it('is found by the very text, and of this computer on any port', () => {
    for (const app of APPS) expect(findApp(APPS, app.redirect)).toBe(app);
    for (const port of ['', ':1', ':8080', ':65535'])
      expect(findApp(APPS, `http://127.0.0.1${port}/callback`)).toBe(APPS[1]);
  });

  it.each([
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'blob:https://a/b',
    'file:///x',
    'about:blank',
    'view-source:https://a',
    'ftp://a/b',
    'ws://a',
    'http://evil.example/cb',
    'http://127.0.0.1.evil.example/',
    'http://localhost/cb',
    'https://a/b#c',
    '//a/b',
    'callback',
    '',
  ])('cannot be registered where a browser runs it, or others read it: %j', (redirect) => {
    expect(() => assertUsable({ ...fractalpack, apps: [{ name: 'x', redirect, scopes: ['a:b'] }] })).toThrow(
      'wait for a key',
    );
  });
});
