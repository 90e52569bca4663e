import { createSign, generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createCognitoVerifier } from '../lambdas/adapters/cognito-verifier.ts';
import { protectedRoutes, sampleRoutes } from '../lambdas/contract/routes.ts';
import { type Authorize, createAuthorizer } from '../lambdas/core/authorize.ts';
import { type MintedKey, mintKey } from '../lambdas/core/key-format.ts';
import type { KeyStore, PrincipalStore, TokenVerifier } from '../lambdas/core/ports.ts';
import { clock, profile, random } from '../lambdas/entry/settings.ts';

/** More than any run spends: the benchmarks measure requests that are let in. */
const UNLIMITED = { perMinute: 1e9, perHour: 1e9 };

const STAGE = 'arn:aws:execute-api:us-east-1:123456789012:api/prod';
const routes = [...protectedRoutes(), ...protectedRoutes(sampleRoutes)];
const noTokens: TokenVerifier = { verify: async () => undefined };

export const newAuthorizer = (principals: PrincipalStore, tokens = noTokens): Authorize =>
  createAuthorizer({ profile, clock, routes, principals, tokens });

export async function newKey(store: KeyStore): Promise<MintedKey> {
  const { apiKey, ...minted } = mintKey('fpk', 'live', random);
  await store.insertKey({
    ...minted,
    organizationId: 'org_1',
    status: 'active',
    label: 'bench',
    scopes: ['*'],
    limits: UNLIMITED,
    createdAt: 0,
    createdBy: 'bench',
    version: 1,
  });
  return { apiKey, ...minted };
}

/** One request to the sample resource. Throws unless it is let in. */
export async function request(authorize: Authorize, text: string, source: 'key-header' | 'bearer' = 'key-header') {
  const decision = await authorize({
    credential: { source, text },
    method: 'GET',
    resource: '/api/v1/items',
    methodArn: `${STAGE}/GET/api/v1/items`,
  });
  if (decision.outcome !== 'allowed' || decision.context.limited) throw new Error(`Not let in: ${decision.outcome}`);
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A user pool's key, a token of it, and the verifier that takes it. */
export async function newToken(subject: string) {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const issuer = 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Bench';
  const claims = { iss: issuer, sub: subject, token_use: 'access', client_id: 'bench', exp: 9_999_999_999 };
  const unsigned = `${encode({ alg: 'RS256', kid: 'one' })}.${encode(claims)}`;
  const signature = createSign('sha256').update(unsigned).sign(privateKey);
  const keys = [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' }];
  const server = createServer((_, response) => response.end(JSON.stringify({ keys }))).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const jwksUri = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const verifier = createCognitoVerifier({ issuer, jwksUri, clientIds: ['bench'] });
  const token = `${unsigned}.${signature.toString('base64url')}`;
  await verifier.verify(token);
  server.close();
  return { token, verifier, publicKey, unsigned, signature };
}
