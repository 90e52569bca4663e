import { beforeAll, describe, expect, it } from 'vitest';
import { cookiesOf } from './cookies.ts';
import { type Client, createClient, type Target } from './target.ts';

/** Signing in by a browser: where it is sent, and that nobody comes back who was not. */
export function describeLogin(open: () => Promise<Target>) {
  describe('signing in by a browser', () => {
    let target: Target;
    let client: Client;
    /** Whether the user pool has pages of its own. */
    let hosted: string | null;
    beforeAll(async () => {
      target = await open();
      client = createClient(target);
      hosted = (await client.call('GET', '/config.json')).body.loginUrl;
    });

    const authorize = (query: string) => client.call('GET', `/api/v1/auth/authorize${query}`);
    const callback = (query: string, headers: Record<string, string> = {}) =>
      client.call('GET', `/api/v1/auth/callback${query}`, headers);

    it('begins at the pages of the user pool, or else at those of the stack', async () => {
      const { status, headers } = await authorize('?next=/auth/account');
      const url = new URL(headers.get('location') ?? '');
      expect([status, headers.get('cache-control')]).toEqual([303, 'no-store']);
      if (hosted === null) {
        expect([url.pathname, url.searchParams.get('next')]).toEqual(['/auth/signin', '/auth/account']);
        return;
      }
      expect(url.href).toMatch(`${hosted}/oauth2/authorize?`);
      const query = Object.fromEntries(url.searchParams);
      expect(query).toMatchObject({
        response_type: 'code',
        code_challenge_method: 'S256',
        code_challenge: expect.stringMatching(/^[\w-]{43}$/),
        state: expect.stringMatching(/^[\w-]{43}$/),
        nonce: expect.stringMatching(/^[\w-]{43}$/),
        redirect_uri: expect.stringMatching(/\/api\/v1\/auth\/callback$/),
        prompt: 'login',
      });
      const [cookie] = cookiesOf({ headers });
      expect([cookie?.name, cookie?.attributes.includes('HttpOnly')]).toEqual([
        expect.stringMatching(/^(__Host-)?login$/),
        true,
      ]);
      expect(cookie?.attributes).toContain('SameSite=Lax');
    });

    it.each(['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)'])(
      'goes nowhere but to a page of the API: not to %s',
      async (next) => {
        const answer = await authorize(`?next=${encodeURIComponent(next)}`);
        expect([answer.status, answer.body.code]).toEqual([400, 'invalid_redirect']);
      },
    );

    it('is finished by nobody who has not begun it', async () => {
      if (hosted === null) {
        expect((await callback('?code=x&state=y')).headers.get('location')).toMatch(/\/auth\/signin\?next=/);
        return;
      }
      const begun = await authorize('');
      const state = new URL(begun.headers.get('location') ?? '').searchParams.get('state') ?? '';
      const cookie = {
        Cookie: cookiesOf(begun)
          .map(({ name, value }) => `${name}=${value}`)
          .join(),
      };
      const tampered = `${state.startsWith('A') ? 'B' : 'A'}${state.slice(1)}`;
      for (const answer of [
        await callback(''),
        await callback(`?code=x&state=${state}`),
        await callback(`?code=x&state=${state}`, { Cookie: `${cookiesOf(begun)[0]?.name}=${'x'.repeat(43)}` }),
        await callback(`?code=x&state=${tampered}`, cookie),
        await callback(`?error=access_denied&state=${state}`, cookie),
        // A code that the pages never gave; it uses the sign-in up.
        await callback(`?code=x&state=${state}`, cookie),
        await callback(`?code=x&state=${state}`, cookie),
      ]) {
        expect([answer.status, answer.body.code, cookiesOf(answer)]).toEqual([400, 'invalid_login', []]);
      }
      const page = await callback('', { Accept: 'text/html,*/*;q=0.8' });
      expect([page.status, page.headers.get('content-type')]).toEqual([400, 'text/html; charset=utf-8']);
      expect(page.body).toContain('was not begun here');
    });

    it('has pages that run nothing but their own, in no frame, and tell no other page of themselves', async () => {
      for (const path of ['signin', 'signup', 'reset-password', 'invitation', 'account']) {
        const { status, headers, body } = await client.call('GET', `/auth/${path}`);
        expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
        expect(headers.get('content-security-policy')).toMatch(/default-src 'none'; script-src 'sha256-[\w+/=]+';/);
        expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
        expect([headers.get('referrer-policy'), headers.get('cache-control')]).toEqual(['no-referrer', 'no-store']);
        expect(body).toMatch(/^<!doctype html>/);
      }
    });

    it('gives a key to no app that is not registered', async () => {
      for (const redirect of ['myapp://elsewhere', 'https://evil.example/', '']) {
        const path = `/get-key?redirect=${encodeURIComponent(redirect)}`;
        const page = await client.call('GET', path, { Accept: 'text/html' });
        expect([page.status >= 400, page.headers.get('location')]).toEqual([true, null]);
        expect(page.body).toMatch(/^<!doctype html>/);
      }
      const { status, body } = await client.call('GET', '/get-key?redirect=myapp://elsewhere');
      expect([status, body.code]).toEqual([400, 'invalid_redirect']);
    });
  });
}
