import { createHmac, createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTokenVerifier } from '../../lambdas/adapters/token-verifier.ts';
import { UnavailableError } from '../../lambdas/core/errors.ts';
import type { TokenVerifier } from '../../lambdas/core/token-ports.ts';

const POOL_ID = 'eu-central-1_Example';
const ISSUER = `https://cognito-idp.eu-central-1.amazonaws.com/${POOL_ID}`;
const CLIENT = 'the-client';
const pool = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const stranger = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const NOW = Math.floor(Date.now() / 1_000);

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

function sign(claims: object, header: object = {}, key: KeyObject = pool.privateKey): string {
  const unsigned = `${encode({ alg: 'RS256', kid: 'one', ...header })}.${encode(claims)}`;
  return `${unsigned}.${createSign('sha256').update(unsigned).sign(key, 'base64url')}`;
}

const access = { iss: ISSUER, sub: 'somebody', token_use: 'access', client_id: CLIENT, iat: NOW, exp: NOW + 60 };
const id = { iss: ISSUER, sub: 'somebody', token_use: 'id', aud: CLIENT, iat: NOW, exp: NOW + 60 };

describe('the verifier of Cognito tokens', () => {
  let server: Server;
  let answer: { status: number; body: string };
  let fetches: number;
  let now: number;
  const keySet = (...keys: [string, KeyObject][]) => ({
    status: 200,
    body: JSON.stringify({
      keys: keys.map(([kid, key]) => ({ ...key.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' })),
    }),
  });
  let verifier: TokenVerifier;

  beforeAll(async () => {
    server = createServer((_, response) => {
      fetches++;
      response.writeHead(answer.status).end(answer.body);
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
  });
  afterAll(() => server.close());
  beforeEach(() => {
    fetches = 0;
    now = NOW * 1_000;
    answer = keySet(['one', pool.publicKey]);
    const { port } = server.address() as AddressInfo;
    verifier = createTokenVerifier({
      own: { issuer: 'https://api.example.com', keySets: { getKeySet: async () => undefined } },
      userPoolId: POOL_ID,
      clientIds: [CLIENT],
      addressOf: (id) =>
        id === POOL_ID ? { issuer: ISSUER, jwksUri: `http://127.0.0.1:${port}/jwks.json` } : undefined,
      registrations: { getUserPool: async () => undefined },
      clock: { now: () => now },
    });
  });

  it('accepts access and ID tokens of the pool, fetching its keys once', async () => {
    for (const claims of [access, id, access])
      expect(await verifier.verify(sign(claims))).toEqual({ type: 'member', id: 'somebody', signedInAt: NOW });
    expect(fetches).toBe(1);
  });

  const hmac = () => {
    const unsigned = `${encode({ alg: 'HS256', kid: 'one' })}.${encode(access)}`;
    const secret = pool.publicKey.export({ type: 'spki', format: 'pem' });
    return `${unsigned}.${createHmac('sha256', secret).update(unsigned).digest('base64url')}`;
  };
  it.each<[string, () => string]>([
    ['of algorithm none', () => `${encode({ alg: 'none', kid: 'one' })}.${encode(access)}.`],
    ['of algorithm none with its signature', () => sign(access, { alg: 'none' })],
    ['signed by HMAC with the public key', hmac],
    ['that says another algorithm than it is signed with', () => sign(access, { alg: 'RS512' })],
    ['signed by a stranger', () => sign(access, {}, stranger.privateKey)],
    ['of an unknown kid', () => sign(access, { kid: 'two' })],
    ['without a kid', () => sign(access, { kid: undefined })],
    ['of another issuer', () => sign({ ...access, iss: `${ISSUER}2` })],
    ['of no issuer', () => sign({ ...access, iss: undefined })],
    ['that has expired', () => sign({ ...access, exp: NOW - 1 })],
    ['that never expires', () => sign({ ...access, exp: undefined })],
    ['that is not valid yet', () => sign({ ...access, nbf: NOW + 60 })],
    ['for another client', () => sign({ ...access, client_id: 'another' })],
    ['for another audience', () => sign({ ...id, aud: 'another' })],
    ['for an audience among which ours is', () => sign({ ...id, aud: ['another', CLIENT] })],
    ['that names the client in the wrong claim', () => sign({ ...access, client_id: undefined, aud: CLIENT })],
    ['that names the audience in the wrong claim', () => sign({ ...id, aud: undefined, client_id: CLIENT })],
    ['of another use', () => sign({ ...access, token_use: 'refresh' })],
    ['of no use', () => sign({ ...access, token_use: undefined })],
    ['without a subject', () => sign({ ...access, sub: undefined })],
    ['with an empty subject', () => sign({ ...access, sub: '' })],
    [
      'whose claims were exchanged',
      () => sign(access).replace(/\.[^.]+\./, `.${encode({ ...access, sub: 'other' })}.`),
    ],
    ['cut short', () => sign(access).slice(0, -4)],
  ])('refuses a token %s', async (_, token) => {
    expect(await verifier.verify(token())).toBeUndefined();
    expect(await verifier.verify(sign(access))).toEqual({ type: 'member', id: 'somebody', signedInAt: NOW });
  });

  it('refuses any text at all without failing', async () => {
    const part = fc.oneof(
      fc.base64String(),
      fc.json().map((json) => Buffer.from(json).toString('base64url')),
    );
    const tokens = fc.oneof(
      fc.string(),
      fc.array(part, { maxLength: 5 }).map((parts) => parts.join('.')),
    );
    await fc.assert(
      fc.asyncProperty(tokens, async (token) => {
        expect(await verifier.verify(token)).toBeUndefined();
      }),
    );
  });

  it('finds a key that the pool took into use later', async () => {
    await verifier.verify(sign(access));
    answer = keySet(['one', pool.publicKey], ['two', stranger.publicKey]);
    expect(await verifier.verify(sign(access, { kid: 'two' }, stranger.privateKey))).toEqual({
      type: 'member',
      id: 'somebody',
      signedInAt: NOW,
    });
  });

  it('does not fetch the keys anew for every unknown kid', async () => {
    for (let n = 0; n < 20; n++) await verifier.verify(sign(access, { kid: `unknown ${n}` }));
    expect(fetches).toBeLessThanOrEqual(2);
  });

  it.each([
    ['are not served', { status: 500, body: '' }],
    ['are no JSON', { status: 200, body: '<html>' }],
    ['are no key set', { status: 200, body: '{"keys":[{"kid":"one"}]}' }],
  ])('says that it cannot tell when the keys %s, and can when they are back', async (_, failure) => {
    const working = answer;
    answer = failure;
    await expect(verifier.verify(sign(access))).rejects.toThrow(UnavailableError);
    answer = working;
    now += 1_000;
    expect(await verifier.verify(sign(access))).toEqual({ type: 'member', id: 'somebody', signedInAt: NOW });
  });
});
