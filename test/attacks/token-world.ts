import { createSign, generateKeyPairSync, type JsonWebKey, type KeyObject, randomBytes, sign } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createTokenVerifier } from '../../lambdas/adapters/token-verifier.ts';
import { fractalpack } from '../../lambdas/contract/profile.ts';
import { createAuthorizer, type UnverifiedCredential } from '../../lambdas/core/authorize.ts';
import { hashSecret, newKeyId, toPublicId } from '../../lambdas/core/key-format.ts';
import type { PrincipalStore, Spend } from '../../lambdas/core/ports.ts';
import { newSessionId } from '../../lambdas/core/refresh-token.ts';
import { createSigner } from '../../lambdas/core/signer.ts';
import { rotateSigningKeys } from '../../lambdas/core/signing-keys.ts';
import type { SigningKeys } from '../../lambdas/core/token-ports.ts';
import { routes, STAGE, SUBJECT } from '../core/authorizer-world.ts';
import { createMemoryStores } from '../stores/memory-store.ts';

export const ISSUER = 'https://api.example.com';
const POOL_ID = 'eu-central-1_Example';
export const POOL = `https://cognito-idp.eu-central-1.amazonaws.com/${POOL_ID}`;
const ORGANIZATION = 'org_1';
const LIMITS = { perMinute: 600, perHour: 10_000 };

export const encode = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

/** Signs whatever it is told, as an attacker would, or our issuer by mistake. Texts are taken as the JSON that they are. */
export function forge(header: unknown, claims: unknown, key: JsonWebKey): string {
  const unsigned = `${encode(header)}.${encode(claims)}`;
  const signature = sign('sha256', Buffer.from(unsigned), { key, format: 'jwk', dsaEncoding: 'ieee-p1363' });
  return `${unsigned}.${signature.toString('base64url')}`;
}

export function forgeByRsa(header: unknown, claims: unknown, key: KeyObject): string {
  const unsigned = `${encode(header)}.${encode(claims)}`;
  return `${unsigned}.${createSign('sha256').update(unsigned).sign(key, 'base64url')}`;
}

/** The whole authorizer with the real verifier, its issuer's keys and a user pool's, and one token of every kind. */
export async function openTokenWorld(issuer = ISSUER) {
  const clock = { now: Date.now };
  const now = Math.floor(Date.now() / 1_000);
  const stores = createMemoryStores();
  let held: SigningKeys | undefined;
  const vault = {
    read: async () => held,
    write: async (keys: SigningKeys) => {
      held = keys;
    },
  };
  await rotateSigningKeys({ vault, keySets: stores, clock });
  const { current } = held as unknown as SigningKeys;

  const pool = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const jwk = { ...pool.publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' };
  const server = createServer((_, response) => response.end(JSON.stringify({ keys: [jwk] }))).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const jwksUri = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

  const spends: Spend[] = [];
  const principals: PrincipalStore = {
    ...stores,
    spend(spend) {
      spends.push(spend);
      return stores.spend(spend);
    },
  };
  const newContainer = () =>
    createAuthorizer({
      profile: fractalpack,
      routes,
      principals,
      tokens: createTokenVerifier({
        own: { issuer, keySets: stores },
        userPoolId: POOL_ID,
        clientIds: ['client'],
        addressOf: (id) => (id === POOL_ID ? { issuer: POOL, jwksUri } : undefined),
        registrations: stores,
        clock,
      }),
      clock,
      ownOrigin: issuer,
    });
  let authorize = newContainer();

  /** The principal that a token lets in, or why it lets nobody in. */
  async function ask(text: string, source: UnverifiedCredential['source'] = 'bearer'): Promise<string> {
    const request = { method: 'GET', resource: '/api/v1/usage', methodArn: `${STAGE}/GET/api/v1/usage` };
    const decision = await authorize({
      ...request,
      presented: { source, text },
      sourceIp: '192.0.2.1',
      origin: undefined,
      fetchSite: undefined,
    });
    if (decision.outcome === 'unauthorized') return `unauthorized: ${decision.reason}`;
    return `${decision.outcome}: ${decision.principalId}`;
  }

  const issue = await createSigner({ issuer, vault, clock })();

  async function newJwtKey() {
    const id = newKeyId(randomBytes);
    const claims = { typ: 'key', sub: 'a@b.example', jti: toPublicId(id), scope: '*', org: ORGANIZATION, mode: 'live' };
    const token = issue(claims);
    await stores.insertKey({
      id,
      secretHash: hashSecret(token),
      keyPrefix: 'eyJ',
      organizationId: ORGANIZATION,
      status: 'active',
      type: 'secret',
      format: 'jwt',
      mode: 'live',
      label: 'x',
      scopes: ['*'],
      limits: LIMITS,
      createdAt: now,
      createdBy: SUBJECT,
      version: 1,
    });
    return { id: toPublicId(id), token, revoke: () => stores.revokeKey({ organizationId: ORGANIZATION, id }, now) };
  }

  async function newSession(kind: 'member' | 'consumer') {
    const id = newSessionId(randomBytes);
    const subject = kind === 'member' ? SUBJECT : 'con_1';
    await stores.insertSession({
      id,
      ...(kind === 'consumer' && { kind }),
      status: 'active',
      subject,
      organizationId: ORGANIZATION,
      ...(kind === 'member' ? { role: 'owner' } : { mode: 'live', scopes: ['usage.read'] }),
      limits: LIMITS,
      createdAt: now,
      expiresAt: now + 3_600,
    });
    const claims = { typ: kind, sub: subject, sid: id, org: ORGANIZATION, exp: now + 900 };
    return { id, subject, claims, token: issue(claims), end: () => stores.revokeSession(id, now) };
  }

  return {
    now,
    stores,
    current,
    pool,
    spends,
    ask,
    issue,
    newJwtKey,
    newSession,
    /** Signs with the issuer's own key. */
    own: (claims: object, header: object = {}) =>
      forge(
        { alg: 'ES256', typ: 'JWT', kid: current.kid, ...header },
        { iss: issuer, aud: issuer, ...claims },
        current.privateKey,
      ),
    newContainer() {
      authorize = newContainer();
    },
    close: () => server.close(),
  };
}

export type TokenWorld = Awaited<ReturnType<typeof openTokenWorld>>;
