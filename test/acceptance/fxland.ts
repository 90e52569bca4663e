import { beforeAll, describe, expect, it } from 'vitest';
import { withCookies } from './cookies.ts';
import { decode } from './jwt-keys.ts';
import { bearer, type Client, createClient, PASSWORD, type Target, type Tokens } from './target.ts';

const CID = 'bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi';
const UNAUTHORIZED = { error: { reason: 'UNAUTHORIZED', details: 'Access token is missing or invalid' } };

/** fx.land's documentation: keys that are JWTs with their claims, storage scopes, session tokens, and the 401. */
export function describeFxLand(open: () => Promise<Target>) {
  describe("fx.land's documentation", () => {
    let client: Client;
    let owner: Tokens;
    beforeAll(async () => {
      client = createClient(await open());
      owner = await client.newOrganization();
    });

    const newKey = (fields: object = {}) =>
      client.newKey(owner, { scopes: ['storage:read', 'storage:write'], ...fields });
    const pins = (headers: Record<string, string> = {}) => client.call('GET', '/pins', headers);

    it('makes keys that are JWTs, with the documented claims', async () => {
      const { apiKey, keyId, createdAt } = await newKey();
      expect(decode(apiKey).claims).toMatchObject({
        sub: decode(owner.id).claims.email,
        scope: 'storage:read storage:write',
        jti: keyId,
        iat: Date.parse(createdAt) / 1_000,
      });
    });

    it('lists pins with the key as a bearer token', async () => {
      const { apiKey } = await newKey();
      const pinned = await client.call('POST', '/pins', bearer(apiKey), { cid: CID, name: 'a file' });
      expect([pinned.status, pinned.body]).toEqual([
        201,
        { id: expect.any(String), cid: CID, name: 'a file', createdAt: expect.any(String) },
      ]);
      const { status, headers, body } = await pins(bearer(apiKey));
      expect([status, headers.get('content-type'), body]).toEqual([200, 'application/json', { pins: [pinned.body] }]);
    });

    it('gives a session token for a user name and a password, until it is deleted', async () => {
      const { email: username } = await client.signedUp();
      const created = await client.call('POST', '/auth/token', {}, { username, password: PASSWORD });
      expect([created.status, created.body]).toEqual([200, { token: expect.stringMatching(/^[0-9a-f-]{36}$/) }]);
      expect((await pins(bearer(created.body.token))).status).toBe(200);
      expect((await client.call('DELETE', '/auth/token', bearer(created.body.token))).status).toBe(204);
      const expired = await pins(bearer(created.body.token));
      expect([expired.status, expired.body]).toEqual([401, UNAUTHORIZED]);
    });

    it('hands an app the key that its person agrees to, at the address that is registered', async () => {
      const page = await client.call('GET', '/get-key?redirect=myapp://callback');
      expect([page.status, page.headers.get('referrer-policy')]).toEqual([200, 'no-referrer']);
      for (const shown of ['My app', 'storage:read', 'storage:write', 'myapp://callback']) {
        expect(page.body).toContain(shown);
      }
      const { email } = await client.signedUp();
      const cookie = withCookies(await client.logIn(email), 'access_token');
      const own = { ...cookie, 'Sec-Fetch-Site': 'same-origin' };
      const grant = (body: object, headers: Record<string, string> = own) =>
        client.call('POST', '/get-key', headers, body);
      const granted = await grant({ redirect: 'myapp://callback', state: 'a b' });
      expect([granted.status, granted.headers.get('cache-control')]).toEqual([201, 'no-store']);
      const url = new URL(granted.body.redirect);
      expect([url.protocol, url.host, url.searchParams.get('state')]).toEqual(['myapp:', 'callback', 'a b']);
      const key = url.searchParams.get('key') ?? '';
      expect(decode(key).claims).toMatchObject({ scope: 'storage:read storage:write', jti: expect.any(String) });
      expect((await pins(bearer(key))).status).toBe(200);

      const foreign = await grant({ redirect: 'myapp://elsewhere' });
      expect([foreign.status, foreign.body.error.reason]).toEqual([400, 'INVALID_REDIRECT']);
      // Nobody else's page makes a person give one, and no key makes another.
      expect((await grant({ redirect: 'myapp://callback' }, cookie)).status).toBe(403);
      expect((await grant({ redirect: 'myapp://callback' }, bearer(key))).status).toBe(403);
    });

    it('answers 401 to every cause that it lists, in its own form', async () => {
      const revoked = await newKey();
      const path = `/api/v1/keys/${revoked.keyId}`;
      expect((await client.call('DELETE', path, bearer(owner.access))).status).toBe(204);
      const { apiKey } = await newKey();
      const answers = [
        await pins(),
        await pins(bearer('YOUR_API_KEY')),
        await pins({ Authorization: apiKey }),
        await pins(bearer(revoked.apiKey)),
        // The token that the documentation prints.
        await pins(
          bearer(
            'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJ1c2VyQGV4YW1wbGUuY29tIiwic2NvcGUiOiJzdG9yYWdlOnJlYWQgc3RvcmFnZTp3cml0ZSIsImp0aSI6InVuaXF1ZS1pZCJ9.signature',
          ),
        ),
      ];
      for (const { status, headers, body } of answers) {
        expect([status, headers.get('content-type'), body]).toEqual([401, 'application/json', UNAUTHORIZED]);
      }
      expect((await pins({ Authorization: `Bearer  ${apiKey} ` })).status).toBe(200);
    });

    it('rotates as it advises: a new key beside the old one, then the old one revoked', async () => {
      const [old, fresh] = [await newKey({ label: 'old' }), await newKey({ label: 'new' })];
      expect([(await pins(bearer(old.apiKey))).status, (await pins(bearer(fresh.apiKey))).status]).toEqual([200, 200]);
      await client.call('DELETE', `/api/v1/keys/${old.keyId}`, bearer(owner.access));
      expect([(await pins(bearer(old.apiKey))).status, (await pins(bearer(fresh.apiKey))).status]).toEqual([401, 200]);
    });

    it('says everything else in the same form', async () => {
      const reader = await newKey({ type: 'restricted', scopes: ['storage:read'] });
      const denied = await client.call('POST', '/pins', bearer(reader.apiKey), { cid: CID });
      expect([denied.status, Object.keys(denied.body.error)]).toEqual([403, ['reason', 'details']]);
      const unknown = await client.call('GET', '/pin', bearer(reader.apiKey));
      expect([unknown.status, unknown.body.error.reason]).toEqual([404, 'NOT_FOUND']);
      const { apiKey } = await newKey();
      const invalid = await client.call('POST', '/pins', bearer(apiKey), { cid: 'no cid' });
      expect([invalid.status, invalid.body.error]).toEqual([
        422,
        {
          reason: 'VALIDATION_FAILED',
          details: 'The request is not valid.',
          errors: [{ field: 'cid', message: 'Not a CID' }],
        },
      ]);
    });
  });
}
