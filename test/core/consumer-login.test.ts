import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parsePhone } from '../../lambdas/adapters/phone-numbers.ts';
import { fractalpack, type Profile } from '../../lambdas/contract/profile.ts';
import { createAttempts } from '../../lambdas/core/attempts.ts';
import { createConsumerLogin } from '../../lambdas/core/consumer-login.ts';
import { createConsumerSessions } from '../../lambdas/core/consumer-sessions.ts';
import { createConsumers } from '../../lambdas/core/consumers.ts';
import { UnavailableError } from '../../lambdas/core/errors.ts';
import { createNearLimit } from '../../lambdas/core/near-limit.ts';
import { createOtps } from '../../lambdas/core/otp.ts';
import { createMemoryStores } from '../stores/memory-store.ts';

const START = Date.UTC(2026, 3, 3, 12);
const LIMITED = { code: 'rate_limited' };

function setUp(changes: Partial<Profile['consumers']> = {}) {
  const profile = { ...fractalpack, consumers: { ...fractalpack.consumers, ...changes } };
  const stores = createMemoryStores();
  const clock = { now: () => START };
  const shared = { profile, clock, random: randomBytes };
  const settingsOf = async () => ({ name: 'Acme' });
  const sent: string[] = [];
  const texts: string[] = [];
  const signing = { works: true };
  const sessions = createConsumerSessions({
    ...shared,
    store: stores,
    codes: stores,
    consumers: stores,
    settingsOf,
    async loadSigner() {
      if (!signing.works) throw new UnavailableError('the signing keys cannot be read');
      return () => 'token';
    },
  });
  const login = createConsumerLogin({
    profile,
    settingsOf,
    sessions,
    consumers: createConsumers({ ...shared, store: stores, endSessions: async () => {} }),
    otps: createOtps({ store: stores, key: async () => 'a key', clock }),
    attempts: createAttempts({ ...shared, principals: stores }),
    openMailer: async () => ({
      async send({ to, text }) {
        sent.push(to);
        texts.push(text);
      },
    }),
    openTexter: async () => ({ send: async ({ to }) => void sent.push(to) }),
    parsePhone: async (text) => parsePhone(text),
  });
  const by = (organizationId: string) =>
    ({ organizationId, mode: 'live', caller: { address: '192.0.2.1' }, byServer: true }) as const;
  return { login, sessions, sent, texts, signing, by };
}

describe('codes for consumers', () => {
  it('are sent for one organization so often, to however many people, and for each by itself', async () => {
    const { login, sent, by } = setUp({
      sendLimits: { email: { perMinute: 5, perHour: 5 }, phone: { perMinute: 1, perHour: 1 } },
    });
    const ask = (organization: string, n: number) => login.requestCode(by(organization), { email: `${n}@example.com` });
    for (let n = 0; n < 5; n++) await ask('org_1', n);
    await expect(ask('org_1', 5)).rejects.toMatchObject(LIMITED);
    await login.requestCode(by('org_1'), { phone: '+15105550100' });
    await expect(login.requestCode(by('org_1'), { phone: '+15105550101' })).rejects.toMatchObject(LIMITED);
    await ask('org_2', 5);
    expect(sent).toHaveLength(7);
  });

  it('reach one mailbox so often, whichever organizations ask, and none is locked out by another', async () => {
    const { login, sent, by } = setUp();
    const ask = (n: number) => login.requestCode(by(`org_${n}`), { email: 'a@example.com' });
    for (let n = 0; n < 2; n++) await ask(1);
    await expect(ask(1)).rejects.toMatchObject(LIMITED);
    for (let n = 2; n <= 9; n++) await ask(n);
    await expect(ask(10)).rejects.toMatchObject(LIMITED);
    expect(sent).toHaveLength(10);
  });

  it('go to the countries that the profile lists', async () => {
    const { login, sent, by } = setUp({ phoneCountries: ['US'] });
    await login.requestCode(by('org_1'), { phone: '+15105550100' });
    const abroad = login.requestCode(by('org_1'), { phone: '+442083661177' });
    await expect(abroad).rejects.toMatchObject({ code: 'validation_failed', fields: [{ field: 'phone' }] });
    expect(sent).toEqual(['+15105550100']);
  });

  it('are guessed at so often in an hour, however many are sent', async () => {
    const { login, by } = setUp({ codeLimits: { perMinute: 100, perHour: 100 } });
    const verify = () => login.verifyCode(by('org_1'), { email: 'a@example.com', code: '0' });
    for (let n = 0; n < 20; n++) {
      if (n % 4 === 0) await login.requestCode(by('org_1'), { email: 'a@example.com' });
      await expect(verify()).rejects.toMatchObject({ code: 'invalid_code' });
    }
    await expect(verify()).rejects.toMatchObject(LIMITED);
  });
});

describe('a code for which nothing can be signed', () => {
  const unavailable = { name: 'UnavailableError' };

  it('is not used up, however often it is presented, nor is an attempt at it counted', async () => {
    const { login, texts, signing, by } = setUp();
    const email = 'a@example.com';
    await login.requestCode(by('org_1'), { email });
    const code = /\b\d{6}\b/.exec(texts[0] ?? '')?.[0] ?? '';
    signing.works = false;
    for (let n = 0; n < 25; n++) {
      await expect(login.verifyCode(by('org_1'), { email, code })).rejects.toMatchObject(unavailable);
    }
    signing.works = true;
    expect(await login.verifyCode(by('org_1'), { email, code })).toMatchObject({ tokens: { accessToken: 'token' } });
  });

  it('and that a server gave a browser, neither; the guest is one still', async () => {
    const { login, sessions, signing, by } = setUp();
    const { tokens } = await sessions.openGuest(by('org_1'), {});
    const guestToken = tokens.refreshToken;
    const code = await login.issueCode(by('org_1'), { externalId: '42' }, (_target, _details, effect) => effect());
    signing.works = false;
    await expect(login.exchange(by('org_1'), { code, guestToken })).rejects.toMatchObject(unavailable);
    signing.works = true;
    expect(await login.exchange(by('org_1'), { code, guestToken })).toMatchObject({ consumer: { externalId: '42' } });
  });
});

describe('a limit in one container', () => {
  it('is by network and minute, and says when to come again', () => {
    let now = START + 30_000;
    const charge = createNearLimit(2, { now: () => now });
    for (let n = 0; n < 2; n++) charge({ address: '2001:db8::1' });
    expect(() => charge({ address: '2001:db8::2' })).toThrow(expect.objectContaining({ ...LIMITED, retryAfter: 30 }));
    charge({ address: '2001:db8:1::1' });
    now += 30_000;
    charge({ address: '2001:db8::1' });
  });
});
