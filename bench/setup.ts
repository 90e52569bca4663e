import { createPublicKey, createSign, generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createTokenVerifier, type TokenVerifierOptions } from '../lambdas/adapters/token-verifier.ts';
import { fractalpack } from '../lambdas/contract/profile.ts';
import { protectedRoutes, routes as stackRoutes } from '../lambdas/contract/routes.ts';
import { samples } from '../lambdas/contract/sample-routes.ts';
import { type Authorize, createAuthorizer } from '../lambdas/core/authorize.ts';
import { hashSecret, type MintedKey, mintKey, newKeyId, toPublicId } from '../lambdas/core/key-format.ts';
import type { Clock, KeyRecord, KeyStore, PrincipalStore } from '../lambdas/core/ports.ts';
import { createSigner } from '../lambdas/core/signer.ts';
import { rotateSigningKeys } from '../lambdas/core/signing-keys.ts';
import { LEASED_ABOVE } from '../lambdas/core/spender.ts';
import type { KeySetStore, SigningKeys, TokenVerifier } from '../lambdas/core/token-ports.ts';

/** The highest limits of a key that does not lease: each of its requests is a write. */
const UNLEASED = { perMinute: LEASED_ABOVE, perHour: 1e9 };

const OWN_ISSUER = 'https://api.example.com';
const STAGE = 'arn:aws:execute-api:us-east-1:123456789012:api/prod';
/** The sample resource, which every request of a bench is for. */
const SAMPLE = '/api/v1/items';
const routes = protectedRoutes({ ...stackRoutes, ...samples.items });
const oneRoute = routes.filter(({ method, path }) => method === 'GET' && path === SAMPLE);
const noTokens: TokenVerifier = { verify: async () => undefined };

/** Time flies, so that a key that is charged request by request never meets its limit. */
export function flyingClock(): Clock {
  let now = Date.now();
  return { now: () => (now += 10) };
}

export const newAuthorizer = (
  principals: PrincipalStore,
  tokens = noTokens,
  clock: Clock = { now: Date.now },
  known = routes,
): Authorize =>
  createAuthorizer({ profile: fractalpack, clock, routes: known, principals, tokens, ownOrigin: OWN_ISSUER });

/** An authorizer that knows of one route only: where very many of them are made, compiling policies is not the point. */
export const newSmallAuthorizer = (principals: PrincipalStore, clock: Clock): Authorize =>
  newAuthorizer(principals, noTokens, clock, oneRoute);

export async function newKey(
  store: KeyStore,
  limits = UNLEASED,
  { apiKey, ...minted }: MintedKey = mintKey('fpk', 'live', randomBytes),
): Promise<{ apiKey: string; record: KeyRecord }> {
  const record: KeyRecord = {
    ...minted,
    organizationId: 'org_1',
    status: 'active',
    type: 'secret',
    format: 'opaque',
    mode: 'live',
    label: 'bench',
    scopes: ['*'],
    limits,
    createdAt: 0,
    createdBy: 'bench',
    version: 1,
  };
  await store.insertKey(record);
  return { apiKey, record };
}

/** One request to the sample resource. */
export const ask = (authorize: Authorize, text: string, source: 'key-header' | 'bearer' = 'key-header') =>
  authorize({
    presented: { source, text },
    method: 'GET',
    resource: SAMPLE,
    methodArn: `${STAGE}/GET${SAMPLE}`,
    sourceIp: '192.0.2.1',
    origin: undefined,
    fetchSite: undefined,
  });

export async function isLetIn(...args: Parameters<typeof ask>): Promise<boolean> {
  const decision = await ask(...args);
  return decision.outcome === 'allowed' && decision.context.limited !== true;
}

/** One request that must be let in. */
export async function request(...args: Parameters<typeof isLetIn>): Promise<void> {
  if (!(await isLetIn(...args))) throw new Error('A request was not let in');
}

const newVerifier = (options: Partial<TokenVerifierOptions>): TokenVerifier =>
  createTokenVerifier({
    own: { issuer: OWN_ISSUER, keySets: { getKeySet: async () => undefined } },
    userPoolId: '',
    clientIds: ['bench'],
    addressOf: () => undefined,
    registrations: { getUserPool: async () => undefined },
    clock: { now: Date.now },
    ...options,
  });

/** The stack's issuer with its first keys, in memory. */
export async function newIssuer(keySets: KeySetStore) {
  let held: SigningKeys | undefined;
  const vault = {
    read: async () => held,
    write: async (keys: SigningKeys) => {
      held = keys;
    },
  };
  const clock = { now: Date.now };
  await rotateSigningKeys({ vault, keySets, clock });
  return { loadSigner: createSigner({ issuer: OWN_ISSUER, vault, clock }), keys: await vault.read() };
}

/** A key that is a JWT, and what verifies it. */
export async function newJwtKey(stores: KeyStore & KeySetStore) {
  const { loadSigner, keys } = await newIssuer(stores);
  const id = newKeyId(randomBytes);
  const sign = await loadSigner();
  const apiKey = sign({ typ: 'key', jti: toPublicId(id) });
  await newKey(stores, UNLEASED, { id, apiKey, secretHash: hashSecret(apiKey), keyPrefix: 'eyJ' });
  const verifier = newVerifier({ own: { issuer: OWN_ISSUER, keySets: stores } });
  const [header, claims, signature = ''] = apiKey.split('.');
  const { d, ...jwk } = keys?.current.privateKey ?? {};
  return {
    apiKey,
    verifier,
    unsigned: `${header}.${claims}`,
    signature: Buffer.from(signature, 'base64url'),
    publicKey: createPublicKey({ key: jwk, format: 'jwk' }),
  };
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A user pool's key, a token of it, and the verifier that takes it. */
export async function newToken(subject: string) {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const userPoolId = 'us-east-1_Bench';
  const issuer = `https://cognito-idp.us-east-1.amazonaws.com/${userPoolId}`;
  const claims = { iss: issuer, sub: subject, token_use: 'access', client_id: 'bench', exp: 9_999_999_999 };
  const unsigned = `${encode({ alg: 'RS256', kid: 'one' })}.${encode(claims)}`;
  const signature = createSign('sha256').update(unsigned).sign(privateKey);
  const keys = [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' }];
  const server = createServer((_, response) => response.end(JSON.stringify({ keys }))).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const jwksUri = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const verifier = newVerifier({ userPoolId, addressOf: () => ({ issuer, jwksUri }) });
  const token = `${unsigned}.${signature.toString('base64url')}`;
  await verifier.verify(token);
  server.close();
  return { token, verifier, publicKey, unsigned, signature };
}
