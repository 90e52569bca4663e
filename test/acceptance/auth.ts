import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { cookiesOf, withCookies } from './cookies.ts';
import { decode } from './jwt-keys.ts';
import { type Answer, bearer, type Client, createClient, newEmail, PASSWORD, type Target } from './target.ts';

/** Signing up and in, sessions by cookie and by token. */
export function describeAuth(open: () => Promise<Target>) {
  describe('members', () => {
    let target: Target;
    let client: Client;
    /** Where people are told to find it, which its cookies and its own pages go by. */
    let base: URL;
    beforeAll(async () => {
      target = await open();
      client = createClient(target);
      base = new URL((await client.call('GET', '/openapi.json')).body.servers[0].url);
    });

    const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
      client.call('POST', `/api/v1/auth/${path}`, headers, body);
    const signUp = (email: string, fields: object = {}) =>
      post('signup', { email, password: PASSWORD, organization_name: 'Acme Corp', ...fields });
    const items = async (headers: Record<string, string>) =>
      (await client.call('GET', '/api/v1/items', headers)).status;
    const refresh = (headers: Record<string, string>) => client.call('POST', '/api/v1/auth/refresh', headers);
    const logOut = (headers: Record<string, string>) => client.call('POST', '/api/v1/auth/logout', headers);

    it('sign up with an organization, confirm their address, and are its owners', async () => {
      const email = newEmail();
      const { status, headers, body } = await signUp(email);
      expect([status, headers.get('cache-control')]).toEqual([201, 'no-store']);
      expect(body).toEqual({
        user: { id: expect.stringMatching(/^[0-9a-f-]{36}$/), email },
        organization: { id: expect.stringMatching(/^org_/), name: 'Acme Corp' },
        confirmationRequired: true,
      });
      const early = await client.logIn(email);
      expect([early.status, early.body.code]).toEqual([401, 'invalid_credentials']);
      const wrong = await post('confirm', { email, code: '0000' });
      expect([wrong.status, wrong.body.code]).toEqual([422, 'invalid_code']);
      const code = await target.readCode(email, 'confirm');
      expect((await post('confirm', { email, code })).status).toBe(204);
      const login = await client.logIn(email);
      expect([login.status, login.body]).toEqual([200, { user: body.user, organization: body.organization }]);
      const me = await client.call('GET', '/api/v1/auth/me', withCookies(login, 'access_token'));
      expect([me.status, me.body]).toEqual([200, { user: body.user, organization: body.organization, role: 'owner' }]);
    });

    it('get two cookies that no script reads and no other site sends, the refresh cookie for the auth paths alone', async () => {
      const { email, user, organization } = await client.signedUp();
      const [access, token] = cookiesOf(await client.logIn(email));
      const root = base.pathname.replace(/\/$/, '');
      const common = ['HttpOnly', 'SameSite=Lax', ...(base.protocol === 'https:' ? ['Secure'] : [])];
      expect(access?.name).toBe('access_token');
      expect(access?.attributes).toEqual([`Path=${root || '/'}`, 'Max-Age=900', ...common]);
      expect(token?.name).toBe('refresh_token');
      expect(token?.attributes).toEqual([`Path=${root}/api/v1/auth`, 'Max-Age=604800', ...common]);
      const { claims } = decode(access?.value ?? '');
      expect(claims).toMatchObject({ typ: 'member', sub: user.id, org: organization.id, sid: expect.any(String) });
      expect(Number(claims.exp) - Number(claims.iat)).toBe(900);
    });

    it('refresh their session, and whoever replays an old token ends it', async () => {
      const { email } = await client.signedUp();
      const login = await client.logIn(email);
      const first = await refresh(withCookies(login, 'refresh_token'));
      expect([first.status, cookiesOf(first).length]).toEqual([204, 2]);
      expect(await items(withCookies(first, 'access_token'))).toBe(200);
      const second = await refresh(withCookies(first, 'refresh_token'));
      expect(second.status).toBe(204);

      const replay = await refresh(withCookies(login, 'refresh_token'));
      expect([replay.status, replay.body.code, cookiesOf(replay)]).toEqual([401, 'invalid_session', []]);
      for (const answer of [login, first, second]) expect(await items(withCookies(answer, 'access_token'))).toBe(401);
      expect((await refresh(withCookies(second, 'refresh_token'))).status).toBe(401);
    });

    it('get the same answer when they repeat a refresh, but not from elsewhere', async () => {
      const { email } = await client.signedUp();
      const login = await client.logIn(email);
      const old = withCookies(login, 'refresh_token');
      const [one, other] = await Promise.all([refresh(old), refresh(old)]);
      expect([one.status, other.status]).toEqual([204, 204]);
      expect(cookiesOf(other)[1]?.value).toBe(cookiesOf(one)[1]?.value);
      expect((await refresh({ ...old, 'User-Agent': 'another' })).status).toBe(401);
      expect(await items(withCookies(one, 'access_token'))).toBe(401);
    });

    it('are signed out at once, access token and all', async () => {
      const { email } = await client.signedUp();
      const [login, elsewhere] = [await client.logIn(email), await client.logIn(email)];
      expect(await items(withCookies(login, 'access_token'))).toBe(200);
      const out = await logOut(withCookies(login, 'refresh_token'));
      expect(out.status).toBe(204);
      for (const { value, attributes } of cookiesOf(out)) {
        expect(value).toBe('');
        expect(attributes).toContain('Max-Age=0');
      }
      expect(await items(withCookies(login, 'access_token'))).toBe(401);
      expect((await refresh(withCookies(login, 'refresh_token'))).status).toBe(401);
      expect(await items(withCookies(elsewhere, 'access_token'))).toBe(200);
      expect((await logOut({})).status).toBe(204);
      const two = `${withCookies(elsewhere, 'refresh_token').Cookie}; refresh_token=left-over`;
      expect((await logOut({ Cookie: two })).status).toBe(204);
      expect(await items(withCookies(elsewhere, 'access_token'))).toBe(401);
    });

    it('change things with a cookie from pages of the API itself, and from no other', async () => {
      const { email } = await client.signedUp();
      const cookie = withCookies(await client.logIn(email), 'access_token');
      const create = async (headers: Record<string, string>) =>
        (await client.call('POST', '/api/v1/items', { ...cookie, ...headers }, { name: 'x' })).status;
      expect(await create({ Origin: base.origin })).toBe(201);
      expect(await create({ 'Sec-Fetch-Site': 'same-origin' })).toBe(201);
      for (const headers of [
        {},
        { Origin: 'https://evil.example' },
        { Origin: 'null' },
        { 'Sec-Fetch-Site': 'cross-site' },
      ]) {
        expect(await create(headers as Record<string, string>)).toBe(403);
      }
      const refreshed = withCookies(await client.logIn(email), 'refresh_token');
      for (const headers of [{ Origin: 'https://evil.example' }, { 'Sec-Fetch-Site': 'cross-site' }]) {
        const answers = [await refresh({ ...refreshed, ...headers }), await logOut({ ...refreshed, ...headers })];
        expect(answers.map(({ status, body }) => [status, body.code])).toEqual([
          [403, 'origin_not_allowed'],
          [403, 'origin_not_allowed'],
        ]);
      }
      expect((await refresh({ ...refreshed, Origin: base.origin })).status).toBe(204);
    });

    it('use the access token as a bearer token too, and a header goes before a cookie', async () => {
      const { email } = await client.signedUp();
      const login = await client.logIn(email);
      const token = cookiesOf(login)[0]?.value ?? '';
      expect(await items(bearer(token))).toBe(200);
      expect((await client.call('POST', '/api/v1/items', bearer(token), { name: 'x' })).status).toBe(201);
      expect(await items({ ...bearer('not.a.token'), ...withCookies(login, 'access_token') })).toBe(401);
      expect(await items({ 'X-Api-Key': token })).toBe(401);
      expect(await items({ Cookie: `access_token=${token}; access_token=${token}` })).toBe(401);
    });

    it('get a session token for servers, which is theirs until it is deleted', async () => {
      const { email, user } = await client.signedUp();
      const create = (fields: object = {}) =>
        client.call('POST', '/auth/token', {}, { username: email, password: PASSWORD, ...fields });
      const { status, body } = await create();
      expect([status, body]).toEqual([200, { token: expect.stringMatching(/^[0-9a-f-]{36}$/) }]);
      const me = await client.call('GET', '/api/v1/auth/me', bearer(body.token));
      expect(me.body).toMatchObject({ user, role: 'owner' });
      expect(await items({ 'X-Api-Key': body.token })).toBe(401);
      expect(await items(bearer(randomUUID()))).toBe(401);
      const wrong = await create({ password: 'wrong' });
      expect([wrong.status, wrong.body.code]).toEqual([401, 'invalid_credentials']);
      expect((await client.call('DELETE', '/auth/token', bearer(body.token))).status).toBe(204);
      expect(await items(bearer(body.token))).toBe(401);
    });

    it('see their sessions, and end one or all of them, sign-ins of the user pool too', async () => {
      const tokens = await client.newOrganization();
      const { email } = await client.signedUp();
      const [here, there] = [await client.logIn(email), await client.logIn(email)];
      const cookie = withCookies(here, 'access_token');
      const { status, body } = await client.call('GET', '/api/v1/auth/sessions', { ...cookie, 'User-Agent': 'x' });
      expect([status, body.sessions.length]).toEqual([200, 2]);
      const shown = body.sessions.find(({ isCurrent }: { isCurrent: boolean }) => !isCurrent);
      expect(shown).toEqual({
        sessionId: expect.stringMatching(/^ses_/),
        isCurrent: false,
        device: expect.any(String),
        address: expect.any(String),
        createdAt: expect.any(String),
        lastUsedAt: expect.any(String),
        expiresAt: expect.any(String),
      });
      const end = (path: string, headers: Record<string, string>) =>
        client.call('DELETE', `/api/v1/auth/sessions${path}`, { Origin: base.origin, ...headers });
      expect((await end(`/${shown.sessionId}`, bearer(tokens.access))).status).toBe(404);
      expect((await end(`/${shown.sessionId}`, cookie)).status).toBe(204);
      expect([await items(withCookies(there, 'access_token')), await items(cookie)]).toEqual([401, 200]);
      expect((await end(`/${shown.sessionId}`, cookie)).status).toBe(404);
      expect((await end(`/ses_${'x'.repeat(3_000)}`, cookie)).status).toBe(404);
      expect((await end('', cookie)).status).toBe(204);
      expect(await items(cookie)).toBe(401);

      expect(await items(bearer(tokens.access))).toBe(200);
      expect((await end('', bearer(tokens.access))).status).toBe(204);
      expect([await items(bearer(tokens.access)), await items(bearer(tokens.id))]).toEqual([401, 401]);
    });

    it("who signed up with somebody else's address do not get into what its owner confirms", async () => {
      const email = newEmail();
      const theirs = await signUp(email, { password: 'Attackers-password-1' });
      const own = await signUp(email);
      expect([theirs.status, own.status]).toEqual([201, 201]);
      const code = await target.readCode(email, 'confirm');
      const confirm = (userId: string) => post('confirm', { email, code, userId });
      const wrong = await confirm(theirs.body.user.id);
      expect([wrong.status, wrong.body.code]).toEqual([422, 'invalid_code']);
      expect((await confirm(own.body.user.id)).status).toBe(204);
      expect([(await client.logIn(email, 'Attackers-password-1')).status, (await client.logIn(email)).status]).toEqual([
        401, 200,
      ]);
    });

    it('are in the organization that they make, by the session that they make it with', async () => {
      const { id } = await client.newMember();
      const login = await client.logIn(String(decode(id).claims.email));
      expect([login.status, login.body.organization]).toEqual([200, null]);
      const cookie = withCookies(login, 'access_token');
      expect(await items(cookie)).toBe(403);
      const headers = { ...cookie, Origin: base.origin };
      const create = () => client.call('POST', '/api/v1/organization', headers, { name: 'Late' });
      expect((await create()).status).toBe(201);
      expect(await items(cookie)).toBe(200);
      expect((await create()).body.code).toBe('organization_exists');
    });

    it('set a new password by a code, and what came by the old one has ended', async () => {
      const { email } = await client.signedUp();
      const before = withCookies(await client.logIn(email), 'access_token');
      const forgot = await post('forgot-password', { email });
      expect([forgot.status, forgot.body]).toEqual([202, {}]);
      const reset = (code: string, password = 'Another-password-2') =>
        post('reset-password', { email, code, password });
      expect((await reset('0000')).body.code).toBe('invalid_code');
      const code = await target.readCode(email, 'reset');
      expect(await items(before)).toBe(200);
      expect((await reset(code)).status).toBe(204);
      expect(await items(before)).toBe(401);
      expect((await reset(code)).body.code).toBe('invalid_code');
      expect((await client.logIn(email)).status).toBe(401);
      expect((await client.logIn(email, 'Another-password-2')).status).toBe(200);
    });

    it('are not told apart from people who are not there', async () => {
      const { email } = await client.signedUp();
      const nobody = newEmail();
      const same = async (ask: (address: string) => Promise<Answer>) => {
        const [known, unknown] = [await ask(email), await ask(nobody)];
        const shape = ({ status, body }: Answer) => [status, { ...body, instance: undefined }];
        expect(shape(known)).toEqual(shape(unknown));
        return known;
      };
      expect((await same((address) => client.logIn(address, 'Wrong-password-1'))).body.code).toBe(
        'invalid_credentials',
      );
      expect((await same((address) => post('forgot-password', { email: address }))).status).toBe(202);
      await same((address) => post('confirm', { email: address, code: '000000' }));
      const code = '000000';
      await same((address) => post('reset-password', { email: address, code, password: PASSWORD }));
      await signUp(nobody);
      expect((await same((address) => client.logIn(address, 'Wrong-password-1'))).body.code).toBe(
        'invalid_credentials',
      );
      const taken = await signUp(email);
      expect([taken.status, taken.body]).toEqual([
        201,
        {
          user: { id: expect.stringMatching(/^[0-9a-f-]{36}$/), email },
          organization: { id: expect.stringMatching(/^org_/), name: 'Acme Corp' },
          confirmationRequired: true,
        },
      ]);
      expect((await client.logIn(email)).status).toBe(200);
    });

    it('have a password worth the name, and fields that make sense', async () => {
      const fieldOf = async (fields: object) => {
        const { status, body } = await signUp(newEmail(), fields);
        return [status, body.errors?.[0].field];
      };
      for (const password of ['Short-1', 'no-upper-case-1', 'NO-LOWER-CASE-1', 'No-digit-at-all', 'x'.repeat(257)]) {
        expect(await fieldOf({ password })).toEqual([422, 'password']);
      }
      expect(await fieldOf({ email: 'nobody' })).toEqual([422, 'email']);
      expect(await fieldOf({ organization_name: '  ' })).toEqual([422, 'organization_name']);
      expect(await fieldOf({ role: 'owner' })).toEqual([422, 'role']);
    });

    it('are tried no more often than the limit of one address says, whether they are there or not', async () => {
      for (const email of [newEmail(), (await client.signedUp()).email]) {
        const statuses: number[] = [];
        while (statuses.length < 30 && statuses.at(-1) !== 429)
          statuses.push((await client.logIn(email, 'Wrong-1')).status);
        expect(statuses.at(-1)).toBe(429);
        const { status, headers, body } = await client.logIn(email);
        expect([status, body.code]).toEqual([429, 'rate_limited']);
        expect(headers.get('retry-after')).toBe(String(body.retry_after));
      }
    });
  });
}
