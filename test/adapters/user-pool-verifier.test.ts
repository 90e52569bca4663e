import { createSign, generateKeyPairSync } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTokenVerifier } from '../../lambdas/adapters/token-verifier.ts';
import { createUserPools } from '../../lambdas/adapters/user-pools.ts';
import { UnavailableError } from '../../lambdas/core/errors.ts';
import type { TokenVerifier, UserPoolRecord } from '../../lambdas/core/token-ports.ts';
import { userPoolAddress } from '../../lambdas/entry/read-env.ts';

const OURS = 'eu-central-1_Ours';
const THEIRS = 'us-east-1_Theirs';
const NOW = Math.floor(Date.now() / 1_000);
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });

const issuerOf = (poolId: string) => `https://cognito-idp.${poolId.split('_')[0]}.amazonaws.com/${poolId}`;
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** All pools of this test sign with one key: only what the verifier checks besides it tells them apart. */
function sign(claims: object = {}): string {
  const all = {
    iss: issuerOf(THEIRS),
    sub: 'somebody',
    token_use: 'access',
    client_id: 'app',
    iat: NOW,
    auth_time: NOW - 5,
    exp: NOW + 60,
    ...claims,
  };
  const unsigned = `${encode({ alg: 'RS256', kid: 'one' })}.${encode(all)}`;
  return `${unsigned}.${createSign('sha256').update(unsigned).sign(privateKey, 'base64url')}`;
}

describe("tokens of an organization's own user pool", () => {
  let server: Server;
  let status: number;
  let fetched: string[];
  let registrations: Map<string, UserPoolRecord>;
  let reads: number;
  let now: number;
  let verifier: TokenVerifier;
  const addressOf = (poolId: string) => {
    const address = userPoolAddress(poolId);
    const { port } = server.address() as AddressInfo;
    return address && { ...address, jwksUri: `http://127.0.0.1:${port}/${poolId}` };
  };
  const record: UserPoolRecord = {
    userPoolId: THEIRS,
    organizationId: 'org_theirs',
    status: 'active',
    clientIds: ['app'],
    scopes: ['items:read'],
    registeredAt: NOW,
  };
  const proven = {
    type: 'member',
    id: `${THEIRS}:somebody`,
    signedInAt: NOW - 5,
    membership: { organizationId: 'org_theirs', scopes: ['items:read'] },
  };

  beforeAll(async () => {
    server = createServer((request, response) => {
      fetched.push(request.url ?? '');
      const keys = [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' }];
      response.writeHead(status).end(JSON.stringify({ keys }));
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
  });
  afterAll(() => server.close());
  beforeEach(() => {
    status = 200;
    fetched = [];
    reads = 0;
    now = NOW * 1_000;
    registrations = new Map([[THEIRS, record]]);
    verifier = createTokenVerifier({
      own: { issuer: 'https://api.example.com', keySets: { getKeySet: async () => undefined } },
      userPoolId: OURS,
      clientIds: ['ours'],
      addressOf,
      registrations: {
        async getUserPool(poolId) {
          reads++;
          return registrations.get(poolId);
        },
      },
      clock: { now: () => now },
    });
  });

  it('prove a person of that organization', async () => {
    expect(await verifier.verify(sign())).toEqual(proven);
    expect(await verifier.verify(sign({ token_use: 'id', client_id: undefined, aud: 'app' }))).toEqual(proven);
    expect(fetched).toEqual([`/${THEIRS}`]);
  });

  it("are no tokens of the deployment's own, nor the other way round", async () => {
    expect(await verifier.verify(sign({ iss: issuerOf(OURS) }))).toBeUndefined();
    expect(await verifier.verify(sign({ iss: issuerOf(OURS), client_id: 'ours' }))).toEqual({
      type: 'member',
      id: 'somebody',
      signedInAt: NOW - 5,
    });
    expect(await verifier.verify(sign({ client_id: 'ours' }))).toBeUndefined();
  });

  it('are asked about once a second, and refused within it when the registration is gone', async () => {
    for (let n = 0; n < 10; n++) expect(await verifier.verify(sign())).toEqual(proven);
    expect(reads).toBe(1);
    registrations.set(THEIRS, { ...record, status: 'removed' });
    now += 1_000;
    expect(await verifier.verify(sign())).toBeUndefined();
    registrations.clear();
    now += 1_000;
    expect(await verifier.verify(sign())).toBeUndefined();
    registrations.set(THEIRS, { ...record, organizationId: 'org_other', scopes: ['*'] });
    now += 1_000;
    expect(await verifier.verify(sign())).toEqual({
      ...proven,
      membership: { organizationId: 'org_other', scopes: ['*'] },
    });
    expect(fetched).toHaveLength(1);
  });

  it.each([
    'https://evil.example/us-east-1_Theirs',
    'https://cognito-idp.us-east-1.amazonaws.com.evil.example/us-east-1_Theirs',
    'https://cognito-idp.eu-west-1.amazonaws.com/us-east-1_Theirs',
    'http://cognito-idp.us-east-1.amazonaws.com/us-east-1_Theirs',
    'https://cognito-idp.us-east-1.amazonaws.com/x/us-east-1_Theirs',
    'us-east-1_Theirs',
    '',
  ])('say nothing when they name another issuer, and nothing is fetched: %s', async (iss) => {
    expect(await verifier.verify(sign({ iss }))).toBeUndefined();
    expect([fetched, reads]).toEqual([[], 0]);
  });

  it.each(['', '.', 'a.b.c', 'e30.bnVsbA.', `${encode({})}.${encode([])}.x`])(
    'say nothing when they are no token of claims, and nothing is fetched: %s',
    async (text) => {
      expect(await verifier.verify(text)).toBeUndefined();
      expect([fetched, reads]).toEqual([[], 0]);
    },
  );

  it.each([1, null, ['https://evil.example'], { lastIndexOf: 'x' }])(
    'say nothing when their issuer is no text, and nothing is fetched: %j',
    async (iss) => {
      expect(await verifier.verify(sign({ iss }))).toBeUndefined();
      expect([fetched, reads]).toEqual([[], 0]);
    },
  );

  it('say nothing of a pool that is not registered, and its keys are not fetched', async () => {
    expect(await verifier.verify(sign({ iss: issuerOf('us-east-1_Unknown') }))).toBeUndefined();
    expect([fetched, reads]).toEqual([[], 1]);
  });

  it.each([
    ['has expired', { exp: NOW - 1 }],
    ['never ends', { exp: undefined }],
    ['is for another client', { client_id: 'other' }],
    ['is a refresh token', { token_use: 'refresh' }],
    ['names nobody', { sub: '' }],
  ])('say nothing when one %s', async (_, claims) => {
    expect(await verifier.verify(sign(claims))).toBeUndefined();
  });

  it("cannot be judged when the pool's keys are away, and these are not asked for at every attempt", async () => {
    status = 500;
    for (let n = 0; n < 20; n++) await expect(verifier.verify(sign())).rejects.toThrow(UnavailableError);
    expect(fetched).toHaveLength(1);
  });

  it('say nothing once the pool is gone, and it is not asked for at every attempt', async () => {
    status = 404;
    for (let n = 0; n < 20; n++) expect(await verifier.verify(sign())).toBeUndefined();
    expect(fetched).toHaveLength(1);
  });

  describe('user pools', () => {
    it('exist where their keys are served, and not where AWS says that there are none', async () => {
      const pools = createUserPools(addressOf, { now: () => now });
      expect(await pools.exists(THEIRS)).toBe(true);
      status = 404;
      expect(await pools.exists(THEIRS)).toBe(false);
      expect(await pools.exists('no pool')).toBe(false);
      for (const unclear of [429, 500, 503]) {
        status = unclear;
        await expect(pools.exists(THEIRS)).rejects.toThrow(UnavailableError);
      }
    });

    it('tell the groups of a person from a token that is proven', async () => {
      const pools = createUserPools(addressOf, { now: () => now });
      const groups = (token: string) => pools.groupsOf(record, token);
      expect(await groups(sign({ 'cognito:groups': ['org_1', 'org_2'] }))).toEqual(['org_1', 'org_2']);
      expect(await groups(sign())).toEqual([]);
      expect(await groups(sign({ 'cognito:groups': 'org_1' }))).toEqual([]);
      expect(await groups(sign({ client_id: 'other', 'cognito:groups': ['org_1'] }))).toBeUndefined();
      expect(await groups('not.a.token')).toBeUndefined();
    });
  });
});

describe('the address of a user pool', () => {
  it.each([
    ['eu-central-1_Abc123', 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Abc123'],
    ['us-gov-west-1_Abc', 'https://cognito-idp.us-gov-west-1.amazonaws.com/us-gov-west-1_Abc'],
    ['cn-north-1_Abc', 'https://cognito-idp.cn-north-1.amazonaws.com.cn/cn-north-1_Abc'],
  ])('is in the Region that %s names', (poolId, issuer) => {
    expect(userPoolAddress(poolId)).toEqual({ issuer, jwksUri: `${issuer}/.well-known/jwks.json` });
  });

  it.each(['', 'Abc', 'eu-central-1', 'eu-central-1_', 'evil.example/eu-central-1_Abc', 'eu-central-1_A/../b', 'eu_1'])(
    'is not given for %j',
    (poolId) => {
      expect(userPoolAddress(poolId)).toBeUndefined();
    },
  );
});
