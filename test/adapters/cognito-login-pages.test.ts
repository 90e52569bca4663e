import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JwtPayload } from 'aws-jwt-verify/jwt-model';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createCognitoLoginPages } from '../../lambdas/adapters/cognito-login-pages.ts';
import { UnavailableError } from '../../lambdas/core/errors.ts';
import type { LoginPages } from '../../lambdas/core/hosted-login.ts';

const CLAIMS = {
  token_use: 'id',
  nonce: 'a-nonce',
  sub: 'somebody',
  email: 'somebody@example.com',
  auth_time: 1_775_217_630,
};

describe("Cognito's login pages", () => {
  let server: Server;
  let answer: { status: number; body: string };
  let received: URLSearchParams;
  let claims: Record<string, unknown> | undefined;
  let pages: LoginPages;
  beforeAll(async () => {
    server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      received = new URLSearchParams(Buffer.concat(chunks).toString());
      const status = request.url === '/oauth2/token' ? answer.status : 404;
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(answer.body);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    pages = createCognitoLoginPages({
      url: 'https://acme.auth.us-east-1.amazoncognito.com',
      tokenUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      clientId: 'a-client',
      callbackUrl: 'https://api.example.com/callback',
      verify: async (token) => (token === 'an-id-token' ? (claims as JwtPayload) : undefined),
    });
  });
  afterAll(() => server.close());
  beforeEach(() => {
    answer = { status: 200, body: JSON.stringify({ id_token: 'an-id-token', access_token: 'x' }) };
    claims = CLAIMS;
  });
  const exchange = (nonce = 'a-nonce') => pages.exchange('a-code', 'a-verifier', nonce);

  it('are asked for a code, with PKCE, and for the password again', () => {
    const url = new URL(pages.authorizeUrl({ state: 's', nonce: 'n', codeChallenge: 'c' }));
    expect(url.origin + url.pathname).toBe('https://acme.auth.us-east-1.amazoncognito.com/oauth2/authorize');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      response_type: 'code',
      client_id: 'a-client',
      redirect_uri: 'https://api.example.com/callback',
      scope: 'openid email profile',
      state: 's',
      nonce: 'n',
      code_challenge: 'c',
      code_challenge_method: 'S256',
      prompt: 'login',
    });
  });

  it('say who signed in, and when, for a code and its verifier', async () => {
    expect(await exchange()).toEqual({
      subject: 'somebody',
      email: 'somebody@example.com',
      signedInAt: CLAIMS.auth_time,
    });
    expect(Object.fromEntries(received)).toEqual({
      grant_type: 'authorization_code',
      client_id: 'a-client',
      redirect_uri: 'https://api.example.com/callback',
      code: 'a-code',
      code_verifier: 'a-verifier',
    });
  });

  it.each<[string, Record<string, unknown> | undefined]>([
    ['another nonce', { ...CLAIMS, nonce: 'b-nonce' }],
    ['no nonce', { ...CLAIMS, nonce: undefined }],
    ['an access token', { ...CLAIMS, token_use: 'access' }],
    ['nobody', { ...CLAIMS, sub: '' }],
    ['no time of signing in', { ...CLAIMS, auth_time: undefined }],
    ['a token that is not proven', undefined],
  ])('let nobody in with %s', async (_, given) => {
    claims = given;
    await expect(exchange()).rejects.toMatchObject({ code: 'invalid_login' });
  });

  it('say no to a code that is wrong, and cannot be asked when they fail', async () => {
    answer = { status: 400, body: '{"error":"invalid_grant"}' };
    await expect(exchange()).rejects.toMatchObject({ code: 'invalid_login' });
    for (const failing of [
      { status: 429, body: '' },
      { status: 500, body: 'oops' },
      { status: 403, body: '' },
      { status: 400, body: '{"__type":"ThrottlingException"}' },
      { status: 400, body: '{"error":"invalid_client"}' },
      { status: 400, body: '<html>' },
      { status: 200, body: 'no JSON' },
      { status: 200, body: '{}' },
      { status: 200, body: 'null' },
      { status: 302, body: '' },
    ]) {
      answer = failing;
      await expect(exchange()).rejects.toBeInstanceOf(UnavailableError);
    }
    const away = createCognitoLoginPages({
      url: 'https://pages.example.com',
      tokenUrl: 'http://127.0.0.1:1',
      clientId: 'a-client',
      callbackUrl: 'https://api.example.com/callback',
      verify: async () => CLAIMS,
    });
    await expect(away.exchange('a', 'b', 'c')).rejects.toBeInstanceOf(UnavailableError);
  });
});
