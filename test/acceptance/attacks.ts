import { createHmac, createPublicKey, generateKeyPairSync, type JsonWebKey, randomUUID, sign } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { pathsOf, type Route, routes } from '../../lambdas/contract/routes.ts';
import { cookiesOf } from './cookies.ts';
import { decode } from './jwt-keys.ts';
import { bearer, type Client, createClient, inParallel, type Target, type Tokens } from './target.ts';

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The order of P-256: SP 800-186 section 3.2.1.3. */
export const N = BigInt('0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551');

/** The other signature that ECDSA takes for the same text: (r, n - s). */
export function malleable(token: string): string {
  const [header, claims, signature = ''] = token.split('.');
  const bytes = Buffer.from(signature, 'base64url');
  const s = N - BigInt(`0x${bytes.subarray(32).toString('hex')}`);
  const other = Buffer.concat([bytes.subarray(0, 32), Buffer.from(s.toString(16).padStart(64, '0'), 'hex')]);
  return `${header}.${claims}.${other.toString('base64url')}`;
}

/** What is worth trying against a stack that runs; `test/attacks` tries more against its parts. */
export function describeAttacks(open: () => Promise<Target>) {
  describe('an attacker', () => {
    let target: Target;
    let client: Client;
    let owner: Tokens;
    let jwtKey: string;
    let session: string;
    let keySet: (JsonWebKey & { kid: string })[];
    beforeAll(async () => {
      target = await open();
      client = createClient(target);
      owner = await client.newOrganization();
      jwtKey = (await client.newKey(owner, { format: 'jwt' })).apiKey;
      const { email } = await client.signedUp();
      session = cookiesOf(await client.logIn(email)).find(({ name }) => name === 'access_token')?.value ?? '';
      keySet = (await client.call('GET', '/.well-known/jwks.json')).body.keys;
    });

    const items = async (token: string) => (await client.call('GET', '/api/v1/items', bearer(token))).status;

    it('gets in by no JWT that is forged with what everybody knows', async () => {
      const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      for (const token of [jwtKey, session]) {
        expect(await items(token)).toBe(200);
        const { header, claims } = decode(token);
        const jwk = keySet.find(({ kid }) => kid === header.kid) as JsonWebKey;
        const pem = createPublicKey({ key: jwk, format: 'jwk' }).export({ format: 'pem', type: 'spki' }) as string;
        const byHmac = (secret: string) => {
          const text = `${encode({ ...header, alg: 'HS256' })}.${encode(claims)}`;
          return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
        };
        const byStranger = (more: object) => {
          const text = `${encode({ ...header, ...more })}.${encode(claims)}`;
          const key = { key: stranger.privateKey, dsaEncoding: 'ieee-p1363' } as const;
          return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`;
        };
        const unsigned = token.slice(0, token.lastIndexOf('.') + 1);
        const forged = [
          ...['none', 'None', 'NONE', ''].map((alg) => `${encode({ ...header, alg })}.${encode(claims)}.`),
          ...[pem, JSON.stringify(jwk), ''].map(byHmac),
          ...[{}, { jwk: stranger.publicKey.export({ format: 'jwk' }) }, { jku: 'https://evil.example/' }].map(
            byStranger,
          ),
          ...['../../dev/null', "' OR 1=1", '__proto__', 'x'.repeat(500)].map((kid) => byStranger({ kid })),
          unsigned + Buffer.alloc(64).toString('base64url'),
          unsigned + Buffer.alloc(64, 255).toString('base64url'),
          `${token}=`,
          `${token}.${token}`,
          `${encode({ alg: 'dir', enc: 'A128GCM' })}..a.b.c`,
        ];
        for (const text of forged) expect([text.slice(0, 60), await items(text)]).toEqual([text.slice(0, 60), 401]);
        expect(await items(token)).toBe(200);
      }
    });

    it('has no second key in the other signature of one', async () => {
      const one = await client.newKey(owner, { format: 'jwt' });
      const other = malleable(one.apiKey);
      expect([await items(other), await items(one.apiKey), await items(other)]).toEqual([401, 200, 401]);
      await client.call('DELETE', `/api/v1/keys/${one.keyId}`, bearer(owner.access));
      expect([await items(other), await items(one.apiKey)]).toEqual([401, 401]);
    });

    it('finds no path parameter that stands for more than itself, or breaks anything', async () => {
      const own = await client.newKey(owner);
      const hostile = [
        '*',
        '%2a',
        '%3f',
        '..%2f..%2fkeys',
        '%2e%2e',
        ';x=1',
        '%00',
        '%F0%9F%94%91',
        'KEY%23x',
        'x'.repeat(1_000),
      ];
      const ways = Object.values<Route>(routes).filter(({ path }) => path.includes('{'));
      const asked = ways.flatMap((route) =>
        pathsOf(route).flatMap((path) => hostile.map((value) => ({ route, path, value }))),
      );
      const answers = await inParallel(asked.length, Math.min(8, target.concurrency), async () => {
        const { route, path, value } = asked.pop() as (typeof asked)[number];
        const at = path.replace(/\{[^}]+\}/, value);
        const { status } = await fetch(target.url + at, {
          method: route.method,
          headers: { ...bearer(owner.access), 'Content-Type': 'application/json' },
          ...(route.method !== 'GET' && route.method !== 'DELETE' && { body: '{}' }),
        });
        return { at: `${route.method} ${at.slice(0, 80)}`, status };
      });
      const wrong = answers.filter(({ status }) => status < 400 || status >= 500);
      expect(wrong).toEqual([]);
      expect((await client.call('GET', '/api/v1/items', { 'X-Api-Key': own.apiKey })).status).toBe(200);
    });

    it('keeps no function busy with a body that is wrong in fifty thousand places', async () => {
      const body = `{${Array.from({ length: 50_000 }, (_, n) => `"f${n}":1`).join()}}`;
      const started = performance.now();
      const { status, body: answer } = await client.call('POST', '/api/v1/auth/login', {}, body);
      expect([status, answer.code, answer.errors.length]).toEqual([422, 'validation_failed', 100]);
      expect(performance.now() - started).toBeLessThan(8_000);
    });

    it('sends nobody elsewhere by the sign-in that they begin', async () => {
      const authorize = async (next: string) => {
        const { status, headers } = await client.call('GET', `/api/v1/auth/authorize?next=${encodeURIComponent(next)}`);
        return { status, to: headers.get('location') };
      };
      // To the pages that people sign in on.
      const usual = new URL((await authorize('/auth/account')).to ?? '').origin;
      const { origin } = new URL(target.url);
      for (const next of [
        ...[
          '///evil.example',
          '/\t/evil.example',
          '/\r\n/evil.example',
          'https:\\\\evil.example',
          '\u3000//evil.example',
          '/..//evil.example',
        ],
        ...[
          `blob:${origin}/x`,
          `${origin}@evil.example`,
          `${origin}.evil.example`,
          'data:text/html,x',
          ' javascript:alert(1)',
        ],
      ]) {
        const { status, to } = await authorize(next);
        expect([next, to === null ? status : new URL(to).origin]).toEqual([next, to === null ? 400 : usual]);
      }
    });

    it('gets one session for an exchange code, however many ask for it at once', async () => {
      const [page, server] = [await client.newKey(owner, { type: 'publishable' }), await client.newKey(owner)];
      const issued = await client.call(
        'POST',
        '/api/v1/consumer/exchange-codes',
        { 'X-Secret-Key': server.apiKey },
        { externalId: randomUUID() },
      );
      const { code } = issued.body;
      const exchange = () =>
        client.call('POST', '/api/v1/consumer/exchange', { 'X-Publishable-Key': page.apiKey }, { code });
      const answers = await inParallel(20, target.concurrency, exchange);
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array<number>(19).fill(422)]);
    });
  });
}
