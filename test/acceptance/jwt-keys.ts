import { createPublicKey, type JsonWebKey, verify } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { apiKey, bearer, type Client, createClient, type Target, type Tokens } from './target.ts';

type Part = 'header' | 'claims';
type Decoded = Record<Part, Record<string, unknown>>;

/** A JWT's parts, unverified. */
export function decode(token: string): Decoded {
  const read = (part = '') => JSON.parse(Buffer.from(part, 'base64url').toString());
  const [header, claims] = token.split('.', 2).map(read);
  return { header, claims };
}

/** Keys that are JWTs by the stack's issuer. */
export function describeJwtKeys(open: () => Promise<Target>) {
  describe('a key that is a JWT', () => {
    let client: Client;
    let owner: Tokens;
    beforeAll(async () => {
      client = createClient(await open());
      owner = await client.newOrganization();
    });

    const jwt = (fields: object = {}) => client.newKey(owner, { format: 'jwt', ...fields });
    const list = async (key: { apiKey: string }) =>
      (await client.call('GET', '/api/v1/items', bearer(key.apiKey))).status;

    it('says whose it is, what it may do and when it was made', async () => {
      const key = await jwt({ scopes: ['items:read', 'items:write'], mode: 'test', expiresInDays: 30 });
      expect(key).toMatchObject({ format: 'jwt', keyPrefix: 'eyJ' });
      const { header, claims } = decode(key.apiKey);
      expect(header).toEqual({ alg: 'ES256', typ: 'JWT', kid: expect.any(String) });
      expect(claims).toEqual({
        iss: expect.stringMatching(/^https?:/),
        aud: claims.iss,
        typ: 'key',
        sub: decode(owner.id).claims.email,
        jti: key.keyId,
        scope: 'items:read items:write',
        org: expect.stringMatching(/^org_/),
        mode: 'test',
        iat: Math.floor(Date.parse(key.createdAt) / 1_000),
        exp: Math.floor(Date.parse(key.expiresAt ?? '') / 1_000),
      });
      expect(decode((await jwt()).apiKey).claims).not.toHaveProperty('exp');
    });

    it('can be verified by anybody, with the public key set', async () => {
      const { apiKey: token } = await jwt();
      const { status, headers, body } = await client.call('GET', '/.well-known/jwks.json');
      expect([status, headers.get('cache-control')]).toEqual([200, 'public, max-age=3600']);
      expect(body.keys.length).toBeGreaterThanOrEqual(2);
      for (const key of body.keys)
        expect(Object.keys(key).toSorted()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
      const jwk: JsonWebKey = body.keys.find(({ kid }: { kid: string }) => kid === decode(token).header.kid);
      const [header, claims, signature = ''] = token.split('.');
      const key = { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' } as const;
      const signed = Buffer.from(`${header}.${claims}`);
      expect(verify('sha256', signed, key, Buffer.from(signature, 'base64url'))).toBe(true);
    });

    it('is used as a bearer token, or where other keys are, with its scopes and no others', async () => {
      const key = await jwt({ type: 'restricted', scopes: ['items:read'] });
      expect(await list(key)).toBe(200);
      expect((await client.call('POST', '/api/v1/items', bearer(key.apiKey), { name: 'x' })).status).toBe(403);
      expect((await client.call('GET', '/api/v1/items', apiKey(key.apiKey))).status).toBe(200);
      // A member's token is no key.
      expect((await client.call('GET', '/api/v1/items', apiKey(owner.access))).status).toBe(401);
      const admin = await jwt({ type: 'admin' });
      expect((await client.call('GET', '/api/v1/keys', bearer(admin.apiKey))).status).toBe(200);
    });

    it('is refused from the next request on once it is revoked, by others or by itself', async () => {
      const [one, other] = [await jwt(), await jwt()];
      expect([await list(one), await list(other)]).toEqual([200, 200]);
      await client.call('DELETE', `/api/v1/keys/${one.keyId}`, bearer(owner.access));
      expect((await client.call('POST', '/api/v1/keys/self-revoke', bearer(other.apiKey))).status).toBe(204);
      expect([await list(one), await list(other)]).toEqual([401, 401]);
    });

    it('is succeeded by one of its kind', async () => {
      const old = await jwt({ scopes: ['items:read'] });
      const rotated = await client.call('POST', `/api/v1/keys/${old.keyId}/rotate`, bearer(owner.access));
      expect(rotated.body).toMatchObject({ format: 'jwt', replaces: old.keyId, scopes: ['items:read'] });
      expect(decode(rotated.body.apiKey).claims.jti).toBe(rotated.body.keyId);
      expect([await list(old), await list(rotated.body)]).toEqual([401, 200]);
    });

    it('is the token that was issued, to the letter, and nothing that resembles it', async () => {
      const { apiKey: token } = await jwt();
      const [header = '', claims = '', signature = ''] = token.split('.');
      const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const other = await jwt();
      const forged = [
        `${encode({ ...decode(token).header, alg: 'none' })}.${claims}.`,
        `${header}.${encode({ ...decode(token).claims, jti: other.keyId })}.${signature}`,
        `${header}.${claims}.${other.apiKey.split('.')[2]}`,
        `${token}=`,
        `${token}A`,
        token.slice(0, -1),
      ];
      for (const text of forged) expect(await list({ apiKey: text })).toBe(401);
      expect(await list({ apiKey: token })).toBe(200);
    });

    it('is never publishable', async () => {
      const { status, body } = await client.call('POST', '/api/v1/keys', bearer(owner.access), {
        label: 'x',
        type: 'publishable',
        format: 'jwt',
      });
      expect([status, body.errors]).toEqual([422, [{ field: 'format', message: 'A publishable key is opaque' }]]);
    });
  });
}
