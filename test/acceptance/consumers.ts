import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { decode } from './jwt-keys.ts';
import { type Answer, bearer, type Client, createClient, newEmail, type Target, type Tokens } from './target.ts';

/** Consumers: the people who use an organization's product, from its pages and from its server. */
export function describeConsumers(open: () => Promise<Target>) {
  describe('consumers', () => {
    let target: Target;
    let client: Client;
    let owner: Tokens;
    let shop: ReturnType<typeof createShop>;
    beforeAll(async () => {
      target = await open();
      client = createClient(target);
      owner = await client.newOrganization('Drops');
      shop = createShop(await newKeys(owner));
    });

    async function newKeys(of: Tokens, mode: 'live' | 'test' = 'live') {
      const [publishable, secret] = [
        await client.newKey(of, { type: 'publishable', mode }),
        await client.newKey(of, { mode }),
      ];
      return { publishable: publishable.apiKey, secret: secret.apiKey };
    }

    /** What a shop's page and its server do. */
    function createShop({ publishable, secret }: { publishable: string; secret: string }) {
      const page = { 'X-Publishable-Key': publishable };
      const server = { 'X-Secret-Key': secret };
      const post = (path: string, body: unknown = {}, headers: Record<string, string> = page) =>
        client.call('POST', `/api/v1/consumer/${path}`, headers, body);
      const admin = (method: string, path: string, body?: unknown) =>
        client.call(method, `/api/v1/admin/consumers${path}`, server, body);
      /** Signs somebody in by a code that was sent to them. */
      async function signIn(reach: { email: string } | { phone: string }, more: object = {}) {
        expect((await post('otp', reach)).status).toBe(202);
        const code = await codeOf(Object.values(reach)[0]?.toLowerCase());
        return post('otp/verify', { ...reach, code, ...more });
      }
      const exchangeCode = (given: object) => post('exchange-codes', { externalId: randomUUID(), ...given }, server);
      return { page, server, post, admin, signIn, exchangeCode };
    }

    async function codeOf(to = ''): Promise<string> {
      const text = await (to.startsWith('+') ? target.readText : target.readMail)?.(to);
      return /\b\d{6}\b/.exec(text ?? '')?.[0] ?? '';
    }
    const items = async (token: string) => (await client.call('GET', '/api/v1/items', bearer(token))).status;
    const me = (token: string) => client.call('GET', '/api/v1/consumer/me', bearer(token));
    const codeAndStatus = ({ status, body }: Answer) => [status, body.code];

    it('begin as guests, by a publishable key', async () => {
      const { status, headers, body } = await shop.post('guest');
      expect([status, headers.get('cache-control')]).toEqual([201, 'no-store']);
      expect(body).toEqual({
        accessToken: expect.any(String),
        refreshToken: expect.any(String),
        expiresIn: 3_600,
        consumer: { id: expect.stringMatching(/^con_[0-9A-Za-z]{20}$/), isGuest: true },
      });
      const { claims } = decode(body.accessToken);
      expect(claims).toEqual({
        iss: expect.any(String),
        aud: claims.iss,
        sub: body.consumer.id,
        org: expect.stringMatching(/^org_/),
        mode: 'live',
        sid: expect.any(String),
        typ: 'consumer',
        scope: 'items:read',
        iat: expect.any(Number),
        exp: expect.any(Number),
        acr: 'guest',
      });
      // Its end is counted first: a second may begin in between.
      expect([3_599, 3_600]).toContain(Number(claims.exp) - Number(claims.iat));
      expect([await items(body.accessToken), (await me(body.accessToken)).body]).toEqual([
        200,
        { id: body.consumer.id, isGuest: true },
      ]);
      const write = await client.call('POST', '/api/v1/items', bearer(body.accessToken), { name: 'x' });
      expect(write.status).toBe(403);
      expect((await client.call('GET', '/api/v1/keys', bearer(body.accessToken))).status).toBe(403);
      expect((await client.call('GET', '/api/v1/auth/me', bearer(body.accessToken))).status).toBe(403);
    });

    it('sign in by a mailed code, are the same person next time, and keep the id that they had as guests', async () => {
      const email = newEmail();
      const guest = (await shop.post('guest')).body;
      const first = await shop.signIn({ email }, { guestToken: guest.refreshToken });
      expect([first.status, first.body.consumer]).toEqual([200, { id: guest.consumer.id, isGuest: false, email }]);
      expect([await items(guest.accessToken), await items(first.body.accessToken)]).toEqual([401, 200]);
      expect((await me(first.body.accessToken)).body).toEqual(first.body.consumer);
      const other = (await shop.post('guest')).body;
      const again = await shop.signIn({ email: email.toUpperCase() }, { guestToken: other.refreshToken });
      expect([again.status, again.body.consumer.id]).toEqual([200, guest.consumer.id]);
      const stale = await shop.signIn({ email: newEmail() }, { guestToken: other.refreshToken });
      expect(codeAndStatus(stale)).toEqual([401, 'invalid_session']);
    });

    it('sign in by a texted code, with a number however it is written', async () => {
      if (!target.readText) {
        expect(codeAndStatus(await shop.post('otp', { phone: '+15105550100' }))).toEqual([422, 'validation_failed']);
        return;
      }
      const line = String(Math.floor(Math.random() * 10_000)).padStart(4, '0');
      const phone = `+1510551${line}`;
      const first = await shop.signIn({ phone });
      expect([first.status, first.body.consumer.phone]).toEqual([200, phone]);
      await shop.post('otp', { phone: `+1 (510) 551-${line}` });
      const again = await shop.post('otp/verify', { phone: `+1-510-551-${line}`, code: await codeOf(phone) });
      expect(again.body.consumer.id).toBe(first.body.consumer.id);
    });

    it('are told the same whether they are known or not, and get no further with a wrong, used or exhausted code', async () => {
      const [email, stranger] = [newEmail(), newEmail()];
      await shop.signIn({ email });
      const [known, unknown] = [await shop.post('otp', { email }), await shop.post('otp', { email: stranger })];
      expect([known.status, known.body]).toEqual([unknown.status, unknown.body]);
      const code = await codeOf(email);
      const wrong = code === '000000' ? '000001' : '000000';
      const verify = (given: string, address = email) => shop.post('otp/verify', { email: address, code: given });
      for (const answer of [await verify(wrong), await verify(wrong, stranger), await verify(code, newEmail())]) {
        expect(codeAndStatus(answer)).toEqual([422, 'invalid_code']);
      }
      expect((await verify(code)).status).toBe(200);
      expect(codeAndStatus(await verify(code))).toEqual([422, 'invalid_code']);

      // Five guesses, however many at once; then not even the right one.
      const right = await codeOf(stranger);
      const guesses = Array.from({ length: 8 }, (_, n) => verify(String(n).padStart(6, '7'), stranger));
      for (const { status } of await Promise.all(guesses)) expect(status).toBe(422);
      expect(codeAndStatus(await verify(right, stranger))).toEqual([422, 'invalid_code']);
    });

    it('are sent a code again only so often', async () => {
      const email = newEmail();
      const statuses: number[] = [];
      while (statuses.length < 8 && statuses.at(-1) !== 429) statuses.push((await shop.post('otp', { email })).status);
      expect(statuses).toContain(202);
      const { status, headers, body } = await shop.post('otp', { email });
      expect([status, body.code, headers.get('retry-after')]).toEqual([429, 'rate_limited', String(body.retry_after)]);
    });

    it('come with a code of their own server, once and soon', async () => {
      const [externalId, email] = [randomUUID(), newEmail()];
      const given = { externalId, email, attributes: { plan: 'gold', visits: 3, vip: true } };
      const issued = await shop.exchangeCode(given);
      expect([issued.status, issued.body]).toEqual([201, { code: expect.any(String), expiresIn: 60 }]);
      const { code } = issued.body;
      const exchanged = await shop.post('exchange', { code });
      expect([exchanged.status, exchanged.body.consumer]).toEqual([
        200,
        { id: expect.stringMatching(/^con_/), isGuest: false, email, externalId },
      ]);
      expect(await items(exchanged.body.accessToken)).toBe(200);
      for (const used of [code, 'nonsense', 'x'.repeat(43)]) {
        expect(codeAndStatus(await shop.post('exchange', { code: used }))).toEqual([422, 'invalid_code']);
      }
      // Whoever signs in by the address that the server knows is the same.
      expect((await shop.signIn({ email })).body.consumer.id).toBe(exchanged.body.consumer.id);
      const seen = (await shop.admin('GET', `/${exchanged.body.consumer.id}`)).body;
      expect(seen).toMatchObject({ externalId, email, attributes: given.attributes, isDisabled: false, mode: 'live' });
      const other = await shop.exchangeCode({ email });
      expect(codeAndStatus(other)).toEqual([409, 'consumer_conflict']);
      expect(codeAndStatus(await shop.post('exchange-codes', { externalId }, shop.page))[0]).toBe(403);
    });

    it('refresh their session, and whoever replays an old token ends it', async () => {
      const { body } = await shop.post('guest');
      const refresh = (refreshToken: string, by = shop, device = 'a') =>
        by.post('refresh', { refreshToken }, { ...by.page, 'User-Agent': device });
      const first = await refresh(body.refreshToken);
      expect([first.status, first.body.consumer]).toEqual([200, { id: body.consumer.id, isGuest: true }]);
      expect(await items(first.body.accessToken)).toBe(200);
      const replay = await refresh(body.refreshToken, shop, 'b');
      expect(codeAndStatus(replay)).toEqual([401, 'invalid_session']);
      expect(await items(first.body.accessToken)).toBe(401);
      expect(codeAndStatus(await refresh('nonsense'))).toEqual([401, 'invalid_session']);
      // A member's is no consumer's.
      const { email } = await client.signedUp();
      const cookies = (await client.logIn(email)).headers.getSetCookie();
      const members = /refresh_token=([^;]+)/.exec(cookies.join())?.[1] ?? '';
      expect(codeAndStatus(await refresh(members))).toEqual([401, 'invalid_session']);
    });

    it('are signed out at once', async () => {
      const { body } = await shop.post('guest');
      const out = await client.call('POST', '/api/v1/consumer/logout', bearer(body.accessToken), {});
      expect(out.status).toBe(204);
      expect(await items(body.accessToken)).toBe(401);
      expect((await shop.post('refresh', { refreshToken: body.refreshToken })).status).toBe(401);
    });

    it('of another organization, or of test mode, are never met', async () => {
      const others = [
        createShop(await newKeys(await client.newOrganization())),
        createShop(await newKeys(owner, 'test')),
      ];
      const email = newEmail();
      const mine = (await shop.signIn({ email })).body;
      const { code } = (await shop.exchangeCode({})).body;
      const sessions = (await shop.admin('GET', `/${mine.consumer.id}/sessions`)).body.sessions;
      for (const other of others) {
        expect((await other.signIn({ email })).body.consumer.id).not.toBe(mine.consumer.id);
        expect(codeAndStatus(await other.post('exchange', { code }))).toEqual([422, 'invalid_code']);
        const refreshed = await other.post('refresh', { refreshToken: mine.refreshToken });
        expect(codeAndStatus(refreshed)).toEqual([401, 'invalid_session']);
        for (const [method, path] of [
          ['GET', ''],
          ['DELETE', ''],
          ['GET', '/sessions'],
          ['DELETE', '/sessions'],
        ] as const) {
          expect((await other.admin(method, `/${mine.consumer.id}${path}`)).status).toBe(404);
        }
        const session = `/api/v1/admin/sessions/${sessions[0].sessionId}`;
        expect((await client.call('DELETE', session, other.server)).status).toBe(404);
        const found = await other.admin('GET', `?email=${email}`);
        expect(found.body.consumers[0]?.id).not.toBe(mine.consumer.id);
      }
      expect([await items(mine.accessToken), (await shop.post('exchange', { code })).status]).toEqual([200, 200]);
      const token = (await others[1]?.post('guest'))?.body.accessToken;
      expect(decode(token).claims.mode).toBe('test');
    });

    it('are found, changed, disabled and deleted by their organization, with all that is theirs', async () => {
      const email = newEmail();
      const { accessToken, consumer } = (await shop.signIn({ email })).body;
      const path = `/${consumer.id}`;
      const byEmail = async () => (await shop.admin('GET', `?email=${email}`)).body.consumers;
      expect(await byEmail()).toEqual([
        {
          ...consumer,
          mode: 'live',
          isDisabled: false,
          attributes: {},
          createdAt: expect.any(String),
        },
      ]);
      const listed = (await client.call('GET', '/api/v1/admin/consumers', bearer(owner.access))).body.consumers;
      expect(listed.map(({ id }: { id: string }) => id)).toContain(consumer.id);
      const changed = await shop.admin('PATCH', path, { attributes: { size: 'L' } });
      expect([changed.status, changed.body.attributes]).toEqual([200, { size: 'L' }]);

      const { sessions } = (await shop.admin('GET', `${path}/sessions`)).body;
      expect(sessions).toMatchObject([{ sessionId: expect.stringMatching(/^ses_/), lastUsedAt: expect.any(String) }]);
      const one = `/api/v1/admin/sessions/${sessions[0].sessionId}`;
      expect((await client.call('DELETE', one, shop.server)).status).toBe(204);
      expect([await items(accessToken), (await client.call('DELETE', one, shop.server)).status]).toEqual([401, 404]);

      const again = (await shop.exchangeCode({ email })).body;
      const session = (await shop.post('exchange', { code: again.code })).body;
      expect((await shop.admin('DELETE', `${path}/sessions`)).status).toBe(204);
      expect(await items(session.accessToken)).toBe(401);
      const last = (await shop.post('exchange', { code: (await shop.exchangeCode({ email })).body.code })).body;
      expect((await shop.admin('PATCH', path, { disabled: true })).body.isDisabled).toBe(true);
      expect(await items(last.accessToken)).toBe(401);
      expect(codeAndStatus(await shop.signIn({ email }))).toEqual([403, 'consumer_disabled']);
      expect((await shop.admin('PATCH', path, { disabled: false })).body.isDisabled).toBe(false);

      expect((await shop.admin('DELETE', path)).status).toBe(204);
      expect([(await shop.admin('GET', path)).status, await byEmail()]).toEqual([404, []]);
      expect((await shop.admin('DELETE', path)).status).toBe(404);
    });

    it('have what their organization has set: lifetimes, and the words of its codes', async () => {
      const own = await client.newOrganization('Words');
      const set = (consumers: object) =>
        client.call('PATCH', '/api/v1/organization', bearer(own.access), { consumers });
      const settings = { access: 300, messages: { emailSubject: 'Hi', emailText: '{organization} says {code}.' } };
      const answer = await set(settings);
      expect([answer.status, answer.body.consumers]).toEqual([200, settings]);
      const theirs = createShop(await newKeys(own));
      const { body } = await theirs.post('guest');
      const { iat, exp } = decode(body.accessToken).claims;
      expect([body.expiresIn, Number(exp) - Number(iat)]).toEqual([300, 300]);
      const email = newEmail();
      await theirs.post('otp', { email });
      expect(await target.readMail?.(email)).toMatch(/^Words says \d{6}\.$/);
      for (const [wrong, field] of [
        [{ access: 5 }, 'consumers.access'],
        [{ messages: { smsText: 'no code' } }, 'consumers.messages.smsText'],
        [{ colour: 'red' }, 'consumers.colour'],
      ] as const) {
        const refused = await set(wrong);
        expect([refused.status, refused.body.errors?.[0].field]).toEqual([422, field]);
      }
    });

    it('are signed in from browsers by publishable keys alone: a secret one there is exposed', async () => {
      const origin = { Origin: 'https://shop.example' };
      const page = await shop.post('guest', {}, { ...shop.page, ...origin });
      expect([page.status, page.headers.get('access-control-allow-origin')]).toEqual([201, '*']);
      const exposed = await shop.post('guest', {}, { ...shop.server, ...origin });
      expect(exposed.status).toBe(403);
      if (target.printsDenials) {
        expect([exposed.body.code, exposed.body.detail]).toEqual([
          'secret_key_exposed',
          expect.stringContaining('Revoke it'),
        ]);
      }
      expect((await shop.post('guest', {}, shop.server)).status).toBe(201);
      const bound = await client.newKey(owner, { type: 'publishable', allowedOrigins: ['https://shop.example'] });
      const from = (Origin: string) => shop.post('guest', {}, { 'X-Publishable-Key': bound.apiKey, Origin });
      expect([(await from('https://shop.example')).status, (await from('https://evil.example')).status]).toEqual([
        201, 403,
      ]);
      const preflight = await client.call('OPTIONS', '/api/v1/consumer/guest', origin);
      expect([preflight.status, preflight.headers.get('access-control-allow-headers')]).toEqual([
        204,
        expect.stringContaining('X-Publishable-Key'),
      ]);
      const reader = await client.newKey(owner, { type: 'publishable', scopes: ['items:read'] });
      expect((await shop.post('guest', {}, { 'X-Publishable-Key': reader.apiKey })).status).toBe(403);
    });

    it('are refused what makes no sense, field by field', async () => {
      for (const [answer, field] of [
        [await shop.post('guest', { name: 'x' }), 'name'],
        [await shop.post('otp', {}), 'email'],
        [await shop.post('otp', { email: 'a@b.example', phone: '+15105550100' }), 'email'],
        [await shop.post('otp', { email: 'nobody' }), 'email'],
        [await shop.post('otp', { phone: '5105550100' }), 'phone'],
        [await shop.post('otp', { phone: '+1510' }), 'phone'],
        [await shop.post('otp/verify', { email: newEmail(), code: '12345' }), 'code'],
        [await shop.exchangeCode({ externalId: '' }), 'externalId'],
        [await shop.exchangeCode({ attributes: { 'a b': 1 } }), 'attributes.a b'],
        [await shop.exchangeCode({ attributes: { a: { b: 1 } } }), 'attributes.a'],
        [await shop.exchangeCode({ colour: 'red' }), 'colour'],
        [await shop.admin('GET', '?colour=red'), 'colour'],
        [await shop.admin('GET', '?email=a@b.example&externalId=x'), 'email'],
        [await shop.admin('PATCH', '/con_x', {}), ''],
      ] as const) {
        expect([answer.status, answer.body.errors?.[0].field]).toEqual([422, field]);
      }
      expect((await shop.admin('GET', '/con_x')).status).toBe(404);
    });
  });
}
