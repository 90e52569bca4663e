import { createHash, randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { createHostedLogin, type HostedLogin, type LoginPages } from '../../lambdas/core/hosted-login.ts';
import { createMemoryStores, type Stores } from '../stores/memory-store.ts';

const NEXT = 'https://api.example.com/account';
const invalid = { code: 'invalid_login' };

describe('a sign-in at the hosted pages', () => {
  let now: number;
  let stores: Stores;
  let login: HostedLogin;
  /** What the pages were asked for, by state. */
  let asked: Map<string, Parameters<LoginPages['authorizeUrl']>[0]>;
  let signedInAt: number;
  let exchanged: Parameters<LoginPages['exchange']>[];
  beforeEach(() => {
    now = Date.UTC(2026, 3, 3);
    stores = createMemoryStores();
    asked = new Map();
    exchanged = [];
    signedInAt = now / 1_000;
    login = createHostedLogin({
      store: stores,
      asksAgain: true,
      clock: { now: () => now },
      random: randomBytes,
      pages: {
        authorizeUrl(request) {
          asked.set(request.state, request);
          return `https://pages.example.com/?state=${request.state}`;
        },
        async exchange(...given) {
          exchanged.push(given);
          return { subject: 'somebody', email: 'somebody@example.com', signedInAt };
        },
      },
    });
  });
  const start = async (known?: string) => {
    const { url, browser } = await login.start(known, NEXT);
    return { state: new URL(url).searchParams.get('state') ?? '', browser };
  };

  it('is finished by the browser that began it, once, and goes where it was to go', async () => {
    const { state, browser } = await start();
    const finished = await login.finish(browser, state, 'a-code');
    expect(finished).toMatchObject({ identity: { subject: 'somebody' }, next: NEXT });
    await expect(login.finish(browser, state, 'a-code')).rejects.toMatchObject(invalid);
    expect(exchanged).toHaveLength(1);
  });

  it('asks with a challenge and a nonce whose verifier and value it gives when it is finished', async () => {
    const { state, browser } = await start();
    await login.finish(browser, state, 'a-code');
    const { nonce, codeChallenge } = asked.get(state) ?? {};
    const [code, verifier, expected] = exchanged[0] ?? [];
    expect([code, expected]).toEqual(['a-code', nonce]);
    expect(
      createHash('sha256')
        .update(verifier ?? '')
        .digest('base64url'),
    ).toBe(codeChallenge);
    expect(verifier).toMatch(/^[\w-]{43,128}$/);
    expect(verifier).not.toBe(nonce);
  });

  it('is not finished with another state, by another browser, without one, or too late', async () => {
    const [mine, theirs] = [await start(), await start()];
    for (const [browser, state] of [
      [theirs.browser, mine.state],
      [mine.browser, theirs.state],
      [mine.browser, `${mine.state}x`],
      [mine.browser, ''],
      [undefined, mine.state],
      ['', mine.state],
    ] as const) {
      await expect(login.finish(browser, state, 'a-code')).rejects.toMatchObject(invalid);
    }
    now += 600_000;
    await expect(login.finish(mine.browser, mine.state, 'a-code')).rejects.toMatchObject(invalid);
    expect(exchanged).toEqual([]);
  });

  it('is of who signs in by it, and of nobody who was signed in there before', async () => {
    for (const [earlier, accepted] of [
      [60, true],
      [61, false],
      [3_600, false],
    ] as const) {
      const { state, browser } = await start();
      signedInAt = now / 1_000 - earlier;
      const finished = login.finish(browser, state, 'a-code');
      if (accepted) await finished;
      else await expect(finished).rejects.toMatchObject(invalid);
    }
  });

  it('may be begun twice in one browser, and both be finished', async () => {
    const first = await start();
    const second = await start(first.browser);
    expect(second.browser).toBe(first.browser);
    await login.finish(first.browser, second.state, 'a');
    await login.finish(first.browser, first.state, 'b');
    expect(exchanged).toHaveLength(2);
    // What is no secret of this stack's is not taken for one.
    for (const planted of ['', 'short', 'x'.repeat(44), '<script>'])
      expect((await start(planted)).browser).not.toBe(planted);
  });
});
