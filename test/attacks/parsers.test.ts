import { randomBytes } from 'node:crypto';
import { runInNewContext } from 'node:vm';
import { decomposeUnverifiedJwt } from 'aws-jwt-verify/jwt';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { parsePhone } from '../../lambdas/adapters/phone-numbers.ts';
import { findApp, isLoopback, withParameters } from '../../lambdas/contract/apps.ts';
import { isNetwork } from '../../lambdas/contract/cidr.ts';
import { fractalpack } from '../../lambdas/contract/profile.ts';
import { isScope, pathsOf, protectedRoutes, routes, routesOf } from '../../lambdas/contract/routes.ts';
import * as schemas from '../../lambdas/contract/schemas.ts';
import { fileAt } from '../../lambdas/contract/site.ts';
import * as usageSchemas from '../../lambdas/contract/usage-schemas.ts';
import { ApiError } from '../../lambdas/core/errors.ts';
import { createKeyReader, fromPublicId, mintKey } from '../../lambdas/core/key-format.ts';
import { onOneLine } from '../../lambdas/core/mail.ts';
import { areWithin, isWithin, networkOf } from '../../lambdas/core/networks.ts';
import { decodeRoutes, encodeRoutes } from '../../lambdas/core/own-routes.ts';
import { allow, compilePolicy, stageArn } from '../../lambdas/core/policy.ts';
import { anyKeyPosition, decodeCursor, encodeCursor } from '../../lambdas/core/position.ts';
import { firstToken, isSessionId, readToken, writeToken } from '../../lambdas/core/refresh-token.ts';
import { userPoolAddress } from '../../lambdas/entry/read-env.ts';
import { callerOf } from '../../lambdas/http/audited.ts';
import { createSessionCookies } from '../../lambdas/http/cookies.ts';
import { cookieValues, createCredentialReader, singleValue } from '../../lambdas/http/credentials.ts';
import { inHtml } from '../../lambdas/http/html.ts';
import { parseBody, parseQuery } from '../../lambdas/http/request.ts';
import { edgeCode, isStackPath } from '../../lib/edge-code.ts';
import { RouteTree } from '../../local/route-tree.ts';
import { userPoolAddressOn } from '../../local/user-pool.ts';
import { long, nearly, type Parser, untrusted } from './fuzzing.ts';
import { TEXT_FIELDS } from './text-fields.ts';

/**
 * What reads bytes that somebody else wrote. Elsewhere, because they are tested there: the verifying of tokens
 * (`jwt.test.ts`), header values as credentials (`headers.test.ts`), redirect targets (`redirects.test.ts`), what
 * DynamoDB answers (`test/adapters/signed-transport.test.ts`), what the token endpoint answers
 * (`test/adapters/cognito-login-pages.test.ts`). Not here, because they read what the deployer wrote: profiles, settings,
 * paths of own routes.
 */

const isApiError = (code: string) => (error: unknown) => error instanceof ApiError && error.code === code;

const key = mintKey('fpk', 'live', randomBytes).apiKey;
const token = writeToken(firstToken('0123456789abcdefghij', randomBytes));
const jwt = `${Buffer.from('{"alg":"ES256","kid":"a"}').toString('base64url')}.${Buffer.from('{"iss":"https://a.example","exp":1}').toString('base64url')}.c2ln`;
const keys = createKeyReader(fractalpack.keyPrefixes);
const readCredential = createCredentialReader(fractalpack);
const cookies = createSessionCookies({ profile: fractalpack, baseUrl: 'https://api.example.com' });
const own = Object.values(routesOf(fractalpack)).flatMap(pathsOf);
const table = protectedRoutes(routes);
const tree = new RouteTree<string>();
for (const path of own) tree.add('GET', path, path);
const STAGE = 'arn:aws:execute-api:us-east-1:123456789012:api/prod';
const policy = compilePolicy({ type: 'key', organizationId: 'org_1', scopes: ['usage.read'] }, table, STAGE);
const edge = runInNewContext(`${edgeCode(fractalpack, own)}; handler`) as (event: object) => {
  statusCode?: number;
  uri?: string;
};
const onEdge = (uri: string) =>
  edge({ request: { uri, method: 'GET', headers: {} }, viewer: { ip: '192.0.2.1' }, context: { requestId: 'r' } });
const apps = [
  { name: 'a', redirect: 'myapp://callback', scopes: ['a:b'] },
  { name: 'b', redirect: 'http://127.0.0.1/callback', scopes: ['a:b'] },
];

const ADDRESSES = ['192.0.2.1', '2001:db8::1', '::ffff:192.0.2.1', 'fe80::1%eth0', '::'] as const;
const NETWORKS = ['192.0.2.0/24', '2001:db8::/32', '0.0.0.0/0', '::/0'] as const;

const event = (fields: Partial<APIGatewayProxyEvent>) =>
  ({
    headers: { 'Content-Type': 'application/json' },
    multiValueHeaders: {},
    body: null,
    ...fields,
  }) as APIGatewayProxyEvent;

const PARSERS: readonly Parser[] = [
  { name: 'a key', run: (text) => [keys.isLikeKey(text), keys.read(text)], seeds: [key, 'fpk_live_', 'pk_test_x'] },
  { name: "a key's public id", run: fromPublicId, seeds: ['key_0123456789'] },
  { name: 'a refresh token', run: readToken, seeds: [token] },
  { name: "a session's id", run: isSessionId, seeds: ['0123456789abcdefghij'] },
  {
    name: 'an unverified JWT',
    run: (text) => decomposeUnverifiedJwt(text),
    seeds: [jwt],
    throws: (error) => error instanceof Error && error.name !== 'TypeError' && error.name !== 'RangeError',
  },
  {
    name: 'a header with a credential',
    run: (text) => readCredential({ Authorization: [text] }),
    seeds: [`Bearer ${key}`],
  },
  {
    name: 'a cookie header',
    run: (text) => [
      cookieValues({ Cookie: [text] }, 'access_token'),
      readCredential({ Cookie: [text] }),
      cookies.readLogin({ Cookie: [text] }),
    ],
    seeds: ['access_token=a; refresh_token=b', '__Host-login=x'],
  },
  { name: 'a header of one value', run: (text) => singleValue({ [text]: [text] }, 'origin'), seeds: ['Origin'] },
  {
    name: 'who calls',
    run: (text) => callerOf({ multiValueHeaders: { 'User-Agent': [text] }, requestContext: {} } as never),
    seeds: ['curl/8'],
  },
  { name: 'an address', run: networkOf, seeds: ADDRESSES },
  { name: 'an address, against networks', run: (text) => isWithin(NETWORKS, text), seeds: ADDRESSES },
  {
    name: 'a network',
    run: (text) => [
      isNetwork(text),
      areWithin(NETWORKS, [text]),
      areWithin([text], NETWORKS),
      isWithin([text], '192.0.2.1'),
    ],
    seeds: NETWORKS,
  },
  { name: 'a scope', run: isScope, seeds: ['items:read', 'usage.write', 'a-b_c:d.e:f'] },
  {
    name: 'a cursor',
    run: (text) => decodeCursor(text, anyKeyPosition),
    seeds: [encodeCursor('active#00000000001#0123456789')],
    throws: isApiError('validation_failed'),
  },
  {
    name: 'a redirect target',
    run: (text) => [
      isLoopback(text),
      findApp(apps, text),
      withParameters(text, { key: 'k', state: text.isWellFormed() ? text : '' }),
    ],
    seeds: ['http://127.0.0.1:8080/callback', 'http://[::1]/', 'myapp://callback'],
  },
  { name: 'a phone number', run: parsePhone, seeds: ['+12015550123', '+44 20 8366 1177', '+1 (510) 551-0000 ext. 5'] },
  {
    name: "a user pool's id",
    run: (text) => [userPoolAddressOn('http://localhost/', 'http://localhost/')(text), poolIn(text)],
    seeds: ['eu-central-1_Example', 'local_1'],
  },
  {
    name: 'a path, by the local gateway',
    run: (text) => tree.match('GET', text),
    seeds: ['/api/v1/keys/key_1', '/api/v1/keys/a%2fb/rotate'],
    throws: (error) => error instanceof URIError,
  },
  { name: 'a path, by the site', run: fileAt, seeds: ['/dashboard/assets/a.js', '/docs'] },
  {
    name: 'a path, by CloudFront',
    run: (text) => [onEdge(text), isStackPath(own, text)],
    seeds: ['/api/v1/keys/key_1', '/dashboard/x', '/auth/signin'],
  },
  {
    name: 'a method ARN',
    run: (text) => [stageArn(text), allow(policy, table[0] as never, `${STAGE}/GET${text}`)],
    seeds: ['/api/v1/keys/key_1', '/api/v1/usage'],
  },
  { name: 'a text in HTML', run: inHtml, seeds: ['<a href="x">\'&'] },
  { name: "a mail's subject", run: onOneLine, seeds: ['Hello\r\nBcc: x@y.example'] },
  {
    name: 'a body',
    run: (text) => parseBody(schemas.logIn, event({ body: text })),
    seeds: ['{"email":"a@b.example","password":"x"}'],
    throws: (error) => ['malformed_body', 'validation_failed'].some((code) => isApiError(code)(error)),
  },
  {
    name: 'a body in base64',
    run: (text) => parseBody(schemas.logIn, event({ body: text, isBase64Encoded: true })),
    seeds: [Buffer.from('{"email":"a@b.example"}').toString('base64')],
    throws: (error) => ['malformed_body', 'validation_failed'].some((code) => isApiError(code)(error)),
  },
  {
    name: 'a content type',
    run: (text) => parseBody(schemas.openGuestSession, event({ body: '{}', headers: { 'content-type': text } })),
    seeds: ['application/json; charset=utf-8', 'application/problem+json'],
    throws: isApiError('unsupported_media_type'),
  },
  ...TEXT_FIELDS,
];

function poolIn(text: string): unknown {
  process.env.AWS_REGION ??= 'us-east-1';
  return userPoolAddress(text);
}

/** Runs a parser as its callers do: its own error is an answer. */
function attempt({ run, throws = () => false }: Parser, text: string): unknown {
  try {
    return run(text);
  } catch (error) {
    if (!throws(error)) throw new Error(`It failed on ${JSON.stringify(text.slice(0, 200))}`, { cause: error });
    return undefined;
  }
}

describe.each(PARSERS.map((parser) => [parser.name, parser] as const))('bytes of a stranger as %s', (_, parser) => {
  it('are read or refused, and nothing else happens', () => {
    for (const seed of parser.seeds) attempt(parser, seed);
    fc.assert(fc.property(untrusted(parser.seeds), (text) => void attempt(parser, text)));
  });

  it('take no more time than their length explains', () => {
    for (const text of long(parser.seeds, 40_000)) {
      const started = performance.now();
      attempt(parser, text);
      // A quadratic one takes minutes.
      expect(performance.now() - started, `${text.slice(0, 40)}…`).toBeLessThan(1_000);
    }
  });
});

const ALL = [...Object.entries(schemas), ...Object.entries(usageSchemas)].flatMap(([name, schema]) =>
  schema instanceof z.ZodObject ? [[name, schema] as const] : [],
);

describe('bodies and queries of a stranger', () => {
  it('there are schemas for', () => expect(ALL.length).toBeGreaterThan(30));

  it.each(ALL)('are what %s says, or refused with the fields that are wrong', (_, schema) => {
    const names = fc.constantFrom(...Object.keys(schema.shape), '__proto__', 'constructor', 'toString', 'x');
    const values = fc.oneof(
      nearly(['somebody@example.com', '2026-04-03T12:00:00Z', 'items:read', '192.0.2.0/24', 'https://a.example']),
      fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<unknown>,
      fc.constantFrom<unknown>(Number.MAX_SAFE_INTEGER, 1e308, -0, 'x'.repeat(5_000), Array(500).fill('a'), {
        length: 9,
      }),
    );
    const sent = fc.array(fc.tuple(names, values), { maxLength: 6 });
    const fields = (pairs: [string, unknown][]) =>
      pairs.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
    fc.assert(
      fc.property(sent, (pairs) => {
        const body = `{${fields(pairs).join()}}`;
        const texts = Object.fromEntries(pairs.map(([name, value]) => [name, [String(value)]]));
        for (const read of [
          () => parseBody(schema, event({ body })),
          () => parseQuery(schema, event({ multiValueQueryStringParameters: texts })),
        ]) {
          try {
            const said = read() as object;
            expect(Object.getPrototypeOf(said)).toBe(Object.prototype);
            for (const name of Object.keys(said)) expect(Object.keys(schema.shape)).toContain(name);
          } catch (error) {
            expect(error).toMatchObject({ code: 'validation_failed', status: 422 });
            expect((error as ApiError).fields?.length).toBeGreaterThan(0);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('that are wrong in a hundred thousand places are refused in a moment, naming some of them', () => {
    const body = `{${Array.from({ length: 100_000 }, (_, n) => `"f${n}":1`).join()}}`;
    const scopes = JSON.stringify({ label: 'x', scopes: Array.from({ length: 100_000 }, (_, n) => n) });
    for (const [schema, text, count] of [
      [schemas.logIn, body, 100],
      [schemas.createKey, scopes, 1],
    ] as const) {
      const started = performance.now();
      const named = () => {
        try {
          return parseBody(schema, event({ body: text }));
        } catch (error) {
          return (error as ApiError).fields?.length;
        }
      };
      expect(named()).toBe(count);
      expect(performance.now() - started).toBeLessThan(2_000);
    }
  });

  it('that are nested ten thousand deep are refused without a fault', () => {
    const deep = '['.repeat(10_000) + ']'.repeat(10_000);
    for (const [, schema] of ALL.filter(([name]) => name !== 'finishLogIn')) {
      const name = Object.keys(schema.shape)[0] ?? 'x';
      const read = () => parseBody(schema, event({ body: `{"${name}":${deep}}` }));
      expect(read).toThrow(expect.objectContaining({ code: 'validation_failed' }));
    }
  });
});

describe('what is written and read again', () => {
  it('is the same: cursors, refresh tokens, route tables, cookies and redirects', () => {
    const ids = fc.stringMatching(/^[0-9A-Za-z]{10}$/);
    fc.assert(
      fc.property(ids, fc.nat(), fc.string({ unit: 'grapheme' }), (id, time, state) => {
        const position = `active#${String(time).padStart(11, '0')}#${id}`;
        expect(decodeCursor(encodeCursor(position), anyKeyPosition)).toBe(position);
        const refresh = firstToken(id + id, randomBytes);
        expect(readToken(writeToken(refresh))).toEqual(refresh);
        const kept = cookies.setLogin(writeToken(refresh)).split(';')[0] ?? '';
        expect(cookies.readLogin({ cookie: [`a=b; ${kept}`] })).toBe(writeToken(refresh));
        if (!state.isWellFormed()) return;
        for (const { redirect } of apps) {
          const told = new URL(withParameters(redirect, { key: id, state })).searchParams;
          expect([told.get('key'), told.get('state')]).toEqual([id, state]);
        }
      }),
    );
    for (const count of [0, 1, table.length])
      expect(decodeRoutes(encodeRoutes(table.slice(0, count)))).toEqual(table.slice(0, count));
  });

  it('a cursor has one spelling: no other is one', () => {
    const cursor = encodeCursor('active#00000000001#0123456789');
    fc.assert(
      fc.property(nearly([cursor]), (text) => {
        if (text === cursor) return;
        const other = attempt(PARSERS.find(({ name }) => name === 'a cursor') as Parser, text);
        if (other !== undefined) expect(encodeCursor(String(other))).toBe(text);
      }),
    );
  });

  it('a text stays a text in HTML, within an element or a quoted attribute', () => {
    fc.assert(
      fc.property(untrusted(['<script>alert(1)</script>', '" onload="x', "' x='", '&lt;', '</style>']), (text) => {
        const escaped = inHtml(text);
        expect(escaped).not.toMatch(/[<>"']/);
        const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
        expect(escaped.replaceAll(/&([^;]+);/g, (_, name: string) => entities[name] ?? '?')).toBe(text);
      }),
    );
  });

  it('a subject of a mail is one line, whatever the organization is called', () => {
    fc.assert(
      fc.property(untrusted(['Acme\r\nBcc: all@example.com', 'Acme\u202Emoc']), (text) => {
        expect(onOneLine(text)).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      }),
    );
  });
});
