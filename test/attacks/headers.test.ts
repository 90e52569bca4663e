import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { beforeAll, describe, expect, it } from 'vitest';
import { EDGE_HEADERS } from '../../lambdas/contract/edge.ts';
import { fractalpack } from '../../lambdas/contract/profile.ts';
import type { AuthorizeRequest } from '../../lambdas/core/authorize.ts';
import { createAuthorizerHandler } from '../../lambdas/handlers/authorizer.ts';
import { apiKey, type Client, createClient, newEmail, type Tokens } from '../acceptance/target.ts';
import { runStack } from '../local/running-stack.ts';
import { rawRequest, sendRaw } from './raw-http.ts';

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

const items = async (...headers: string[]) =>
  (await sendRaw(url, rawRequest('GET /api/v1/items', ['Host: x', ...headers]))).statuses;

describe('header lines that two parsers may read in two ways', () => {
  it('the right one is let in', async () => expect(await items(`X-Api-Key: ${key}`)).toEqual([200]));

  it.each<[string, (key: string) => string[]]>([
    ['two different credentials', (text) => [`X-Api-Key: ${text}`, `Authorization: Bearer ${text}`]],
    ['one twice, in other letter cases', (text) => [`X-Api-Key: ${text}`, `x-aPi-kEy: ${text}`]],
    ['an empty one, then a right one', (text) => ['X-Api-Key:', `X-Api-Key: ${text}`]],
    ['a right one, then an empty one', (text) => [`X-Api-Key: ${text}`, 'X-Secret-Key:']],
    ['two values in one line', (text) => [`X-Api-Key: ${text}, ${text}`]],
    ['two bearer tokens in one line', (text) => [`Authorization: Bearer ${text}, Bearer ${text}`]],
    ['no scheme', (text) => [`Authorization: ${text}`]],
    ['another scheme', (text) => [`Authorization: Basic ${text}`]],
    ['a tab behind the scheme', (text) => [`Authorization: Bearer\t${text}`]],
    ['quotes', (text) => [`X-Api-Key: "${text}"`]],
    ['percent signs', (text) => [`X-Api-Key: ${text.replace('_', '%5f')}`]],
    ['letters of another alphabet', (text) => [`X-Api-Key: ${text.replace('p', '\u00fe')}`]],
    ['another name that is nearly the same', (text) => [`X_Api_Key: ${text}`]],
    ['the key in a cookie', (text) => [`Cookie: access_token=${text}`]],
  ])('with %s are answered 401', async (_, headers) => expect(await items(...headers(key))).toEqual([401]));

  it.each<[string, (key: string) => string[]]>([
    ['a space before the colon', (text) => [`X-Api-Key : ${text}`]],
    ['a value folded onto the next line', (text) => [`X-Api-Key: fpk_live_\r\n ${text.slice(9)}`]],
    ['a folded line that holds another header', (text) => [`X-Other: x\r\n X-Api-Key: ${text}`]],
    ['a first line that is folded', (text) => [` X-Api-Key: ${text}`]],
    ['NUL in the value', (text) => [`X-Api-Key: ${text}\0`]],
    ['NUL in the name', (text) => [`X-Api\0-Key: ${text}`]],
    ['a control byte in the value', (text) => [`X-Api-Key: ${text}\u0001`]],
    ['a bare line feed', (text) => [`X-Other: x\nX-Api-Key: ${text}`]],
    ['a bare carriage return', (text) => [`X-Other: x\rX-Api-Key: ${text}`]],
    ['no colon', (text) => [`X-Api-Key ${text}`]],
    ['no name', (text) => [`: ${text}`]],
    ['letters of no alphabet in the name', (text) => [`X-Ap\u00ec-Key: ${text}`]],
  ])('with %s are no request', async (_, headers) => {
    const statuses = await items(...headers(key));
    expect(statuses).toEqual([400]);
  });

  // API Gateway takes 10,240 bytes of request line and header values: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
  it('with more than fits are refused: 401 up to what the gateway takes, 431 from where Node takes no more', async () => {
    expect(await items(`X-Api-Key: ${key}${'x'.repeat(9_000)}`)).toEqual([401]);
    expect(await items(`Authorization: Bearer ${'x.'.repeat(4_500)}`)).toEqual([401]);
    expect(await items(`X-Api-Key: ${key}`, `X-Other: ${'x'.repeat(20_000)}`)).toEqual([431]);
    expect(await items(`X-Api-Key: ${key}`, ...Array.from({ length: 3_000 }, (_, n) => `X-${n}: x`))).toEqual([431]);
  });
});

describe('a request within a request', () => {
  const within = () =>
    rawRequest(
      'POST /api/v1/items',
      ['Host: x', `X-Api-Key: ${key}`, 'Content-Type: application/json', 'Content-Length: 19'],
      '{"name":"smuggled"}',
    );
  const chunked = () => `0\r\n\r\n${within()}`;

  it.each<[string, () => string[]]>([
    ['a length and chunks', () => [`Content-Length: ${chunked().length}`, 'Transfer-Encoding: chunked']],
    ['chunks and a length', () => ['Transfer-Encoding: chunked', `Content-Length: ${chunked().length}`]],
    ['two lengths', () => ['Content-Length: 5', `Content-Length: ${chunked().length}`]],
    ['two lengths in one line', () => [`Content-Length: 5, ${chunked().length}`]],
    ['a length with a sign', () => ['Content-Length: +5']],
    ['a negative length', () => ['Content-Length: -5']],
    ['a length in hex', () => ['Content-Length: 0x5']],
    ['chunks that are not the last coding', () => ['Transfer-Encoding: chunked, identity']],
    ['a coding that is nearly chunks', () => ['Transfer-Encoding: xchunked']],
    ['chunks behind a vertical tab', () => ['Transfer-Encoding:\x0bchunked']],
    ['chunks in a folded line', () => ['Transfer-Encoding:\r\n chunked', 'Content-Length: 5']],
  ])('by %s is not seen: the connection ends with one refusal', async (_, headers) => {
    const outer = rawRequest(
      'POST /api/v1/items',
      ['Host: x', 'Content-Type: application/json', ...headers()],
      chunked(),
    );
    const { statuses, text } = await sendRaw(url, outer.replace('Connection: close\r\n', ''));
    expect(statuses).toHaveLength(1);
    expect([400, 401, 501]).toContain(statuses[0]);
    expect(text).not.toContain('smuggled');
    const { body } = await client.call('GET', '/api/v1/items', apiKey(key));
    expect(JSON.stringify(body)).not.toContain('smuggled');
  });
});

describe('headers that say where a request is from, or what it asks', () => {
  const SPOOFED = '203.0.113.7';
  it.each([
    'X-Forwarded-For',
    'X-Real-IP',
    'True-Client-IP',
    'CF-Connecting-IP',
    'X-Client-IP',
    'X-Cluster-Client-IP',
    'Forwarded',
    'CloudFront-Viewer-Address',
    EDGE_HEADERS.address,
  ])('do not move a caller into the networks of a key: %s', async (name) => {
    const bound = await client.newKey(owner, { allowedCidrs: [`${SPOOFED}/32`] });
    const values =
      name === 'Forwarded' ? [`for=${SPOOFED}`] : [SPOOFED, `${SPOOFED}, 127.0.0.1`, `127.0.0.1, ${SPOOFED}`];
    for (const value of values) {
      expect(await items(`X-Api-Key: ${bound.apiKey}`, `${name}: ${value}`, `${EDGE_HEADERS.secret}: x`)).toEqual([
        403,
      ]);
    }
  });

  it('do not exchange the method or the path', async () => {
    const other = await client.newKey(owner);
    const overrides = ['X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override', '_method'].flatMap((name) => [
      `${name}: DELETE`,
    ]);
    const admin = await client.newKey(owner, { type: 'admin' });
    for (const line of ['GET', 'POST']) {
      await sendRaw(
        url,
        rawRequest(`${line} /api/v1/keys/${other.keyId}?_method=DELETE`, [
          'Host: x',
          `X-Api-Key: ${admin.apiKey}`,
          ...overrides,
        ]),
      );
    }
    expect(await items(`X-Api-Key: ${other.apiKey}`)).toEqual([200]);
    const rewrites = ['X-Original-URL', 'X-Rewrite-URL', 'X-Forwarded-Path', 'X-Forwarded-Prefix'].map(
      (name) => `${name}: /api/v1/keys`,
    );
    const { text } = await sendRaw(
      url,
      rawRequest('GET /health', ['Host: x', `X-Api-Key: ${admin.apiKey}`, ...rewrites]),
    );
    expect(text).not.toContain('keyId');
    const absolute = await sendRaw(
      url,
      rawRequest('GET http://evil.example/api/v1/items', ['Host: evil.example', `X-Api-Key: ${key}`]),
    );
    expect(absolute.statuses).toEqual([404]);
  });

  it('do not get into mails, links, redirects, the issuer or the document', async () => {
    const target = await open();
    const hosts = [
      'Host: evil.example',
      'X-Forwarded-Host: evil.example',
      'X-Forwarded-Proto: evil',
      'Forwarded: host=evil.example',
      'Origin: https://evil.example',
    ];
    const post = (path: string, body: object, ...more: string[]) => {
      const text = JSON.stringify(body);
      return sendRaw(
        url,
        rawRequest(
          `POST ${path}`,
          [...hosts, 'Content-Type: application/json', `Content-Length: ${text.length}`, ...more],
          text,
        ),
      );
    };
    const { email } = await client.signedUp();
    const invited = newEmail();
    expect((await post('/api/v1/auth/forgot-password', { email })).statuses).toEqual([202]);
    const invitation = await post(
      '/api/v1/organization/invitations',
      { email: invited, role: 'developer' },
      `Authorization: Bearer ${owner.access}`,
    );
    expect(invitation.statuses).toEqual([201]);
    const minted = await post('/api/v1/keys', { label: 'x', format: 'jwt' }, `Authorization: Bearer ${owner.access}`);
    const token = /"apiKey":"([^"]+)"/.exec(minted.text)?.[1] ?? '';
    const claims = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
    const pages = await Promise.all(
      ['/api/v1/auth/authorize', '/openapi.json', '/config.json', '/auth/signin'].map((path) =>
        sendRaw(url, rawRequest(`GET ${path}`, hosts)),
      ),
    );
    const said = [
      await target.readMail(email),
      await target.readMail(invited),
      invitation.text,
      claims,
      ...pages.map(({ text }) => text),
    ];
    for (const text of said) {
      expect(text?.length).toBeGreaterThan(10);
      expect(text).not.toContain('evil');
    }
    expect(await target.readMail(invited)).toContain(`${url}/auth/invitation#`);
  });
});

describe('cookies that browsers, and those who write into them, may send', () => {
  let known: Promise<string> | undefined;
  const sessionToken = (): Promise<string> => {
    known ??= (async () => {
      const { email } = await client.signedUp();
      const login = await client.logIn(email);
      return /access_token=([^;]+)/.exec(login.headers.getSetCookie().join())?.[1] ?? '';
    })();
    return known;
  };

  it.each<[string, (token: string) => string[], number]>([
    ['by itself', (token) => [`Cookie: access_token=${token}`], 200],
    [
      'among others, and with the attributes of an older standard',
      (token) => [`Cookie: $Version=1; a=b; access_token=${token}; c`],
      200,
    ],
    ['twice', (token) => [`Cookie: access_token=${token}; access_token=${token}`], 401],
    ['after one that was planted', (token) => [`Cookie: access_token=planted; access_token=${token}`], 401],
    ['twice, in two headers', (token) => [`Cookie: access_token=${token}`, `Cookie: access_token=${token}`], 401],
    ['in another letter case', (token) => [`Cookie: Access_Token=${token}`], 401],
    ['in quotes', (token) => [`Cookie: access_token="${token}"`], 401],
    ['with a space before the sign', (token) => [`Cookie: access_token =${token}`], 401],
    ['within the value of another', (token) => [`Cookie: a="; access_token=${token}`], 200],
    ['separated by a comma', (token) => [`Cookie: a=b, access_token=${token}`], 401],
    ['empty', () => ['Cookie: access_token='], 401],
    ['beside a header that is wrong', (token) => [`Cookie: access_token=${token}`, 'Authorization: Bearer x'], 401],
  ])('a session cookie %s', async (_, headers, status) => {
    expect(await items(...headers(await sessionToken()))).toEqual([status]);
  });
});

describe("headers in API Gateway's event", () => {
  const SECRET = 's'.repeat(48);
  /** What the authorizer is asked, by the headers of an event. */
  async function asked(multiValueHeaders: Record<string, string[]> | null, edgeSecret: string | undefined = SECRET) {
    const requests: AuthorizeRequest[] = [];
    const handler = createAuthorizerHandler(
      async (request) => {
        requests.push(request);
        return { outcome: 'unauthorized', reason: 'unknown' };
      },
      { profile: fractalpack, log: () => {}, clock: { now: Date.now }, ...(edgeSecret && { edgeSecret }) },
    );
    const event = { requestContext: { requestId: 'r', identity: { sourceIp: '192.0.2.1' } }, multiValueHeaders };
    await expect(handler(event as unknown as APIGatewayRequestAuthorizerEvent)).rejects.toThrow('Unauthorized');
    return requests[0] as AuthorizeRequest;
  }

  it('are read by every name in whatever case, and a value that came twice is two', async () => {
    expect((await asked(null)).presented).toBe('none');
    expect((await asked({})).presented).toBe('none');
    expect((await asked({ 'x-api-key': ['a'] })).presented).toEqual({ source: 'key-header', text: 'a' });
    for (const headers of [
      { 'X-Api-Key': ['a', 'b'] },
      { 'X-Api-Key': ['a'], 'x-api-key': ['b'] },
      { 'X-Api-Key': ['a'], 'X-Api-\u212aey': ['b'] },
      { Authorization: ['Bearer a'], 'X-Publishable-Key': ['b'] },
      { Authorization: ['Bearer\u00a0a'] },
      { Authorization: ['B\u0435arer a'] },
      { Authorization: ['Bearer a\u2028'], 'X-Api-Key': [''] },
      { Authorization: [''] },
    ] as Record<string, string[]>[])
      expect((await asked(headers)).presented).toBe('unreadable');
  });

  it('name one origin and one site, or none', async () => {
    const both = await asked({
      Origin: ['https://a.example', 'https://b.example'],
      'Sec-Fetch-Site': ['same-origin', 'cross-site'],
    });
    expect([both.origin, both.fetchSite]).toEqual([undefined, undefined]);
  });

  it("are believed about the address with CloudFront's secret alone", async () => {
    const { secret, address } = EDGE_HEADERS;
    const SEEN = '203.0.113.7';
    expect((await asked({ [secret]: [SECRET], [address]: [SEEN] })).sourceIp).toBe(SEEN);
    expect((await asked({ 'X-Latchkey-Edge': [SECRET], 'X-Latchkey-Address': [SEEN] })).sourceIp).toBe(SEEN);
    for (const headers of [
      { [address]: [SEEN] },
      { [secret]: [''], [address]: [SEEN] },
      { [secret]: [SECRET.slice(1)], [address]: [SEEN] },
      { [secret]: [`${SECRET}s`], [address]: [SEEN] },
      { [secret]: [SECRET.toUpperCase()], [address]: [SEEN] },
      { [secret]: ['\u017f'.repeat(24)], [address]: [SEEN] },
      { [secret]: [SECRET, SECRET], [address]: [SEEN] },
      { [secret]: [SECRET], [secret.toUpperCase()]: ['x'], [address]: [SEEN] },
      { [secret]: [SECRET], [address]: [SEEN, '198.51.100.1'] },
      { [secret]: [SECRET], [address]: [SEEN], [address.toUpperCase()]: ['198.51.100.1'] },
    ])
      expect((await asked(headers)).sourceIp).toBe('192.0.2.1');
    // Where there is no CloudFront, nobody is it.
    expect((await asked({ [secret]: [''], [address]: [SEEN] }, '')).sourceIp).toBe('192.0.2.1');
    expect((await asked({ [secret]: ['undefined'], [address]: [SEEN] }, '')).sourceIp).toBe('192.0.2.1');
  });
});
