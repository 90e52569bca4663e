import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { findSecrets, learnSecrets, secretsSeen } from './secrets.ts';

const BODY = 'dou0s9oVeVRgbG8GRV5OpPOIKqXwsxZPUJQ9mhBCOZ3Cx88f';
const KEY = `fpk_live_${BODY}`;
const JWT = 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJzZXNfMSIsImV4cCI6MX0.Q2F0cyBhcmUgbm90IGRvZ3MsIGFuZCBuZWl0aGVyIGFyZSBtaWNl';
const REFRESH = 'viCZqcpFIBZc7JGhXaqK.CpHnsiKzn0ATjnPLxXpGeD.gcgtP9CDMDOIZ-YBGxBy9qKSiq_qzQOtuJN6tM7ZKaw';
const session = randomUUID();
const line = (message: unknown, more = {}) =>
  JSON.stringify({ timestamp: '2026-11-25T09:30:00.123Z', message, ...more });

describe('the search for secrets', () => {
  const secrets = [KEY, JWT, REFRESH, session, 'Correct-horse-battery-1', '123456'];

  it.each([
    ['a key', KEY],
    ['the secret of a key', BODY.slice(14, 40)],
    ['a token', JWT],
    ["a token's signature", JWT.slice(-40)],
    ["a token's claims", JWT.split('.')[1]],
    ['a session token', `Bearer ${session}`],
    ['a password', 'login with Correct-horse-battery-1'],
    ['a key in base64', Buffer.from(`user:${KEY}`).toString('base64')],
    ['a session token in an address', encodeURIComponent(`?t=${session}`)],
    ['a refresh token', REFRESH.slice(-40)],
    ['a one-time code', 'Your code is 123456.'],
  ])('finds %s', (_, leak) => {
    expect(findSecrets([line('Unauthorized'), line(leak)], secrets)).toEqual([line(leak)]);
    const nested = line('x', { error: { cause: { message: leak } } });
    expect(findSecrets([nested], secrets)).toEqual([nested]);
  });

  it('takes no id, time or place for one', () => {
    const more = { principalId: `key_${BODY.slice(0, 10)}`, requestId: '0b123456-aec5-4005-8ef0-a2fd86047efa' };
    const sessionId = line('Unauthorized', { principalId: REFRESH.slice(0, 20) });
    expect(findSecrets([sessionId], secrets)).toEqual([]);
    const stack = 'at main.js:1:123456';
    expect(findSecrets([line('Unauthorized', { ...more, error: { stack } })], secrets)).toEqual([]);
  });

  it('is for what exchanges held, wherever it stood', () => {
    learnSecrets({
      url: 'https://api.example.com/get-key?token=in-the-address-1',
      headers: { Authorization: 'Bearer opaque-bearer-1', Cookie: 'access_token=in-a-cookie-1; other=in-a-cookie-2' },
      sent: {
        password: 'sent-password-1',
        nested: [{ refreshToken: 'sent-refresh-1' }],
        code: '654321',
        keyId: 'key_1234567890',
      },
      received: new Headers([
        ['Set-Cookie', 'refresh_token=set-as-cookie-1; HttpOnly'],
        ['Location', `myapp://callback?key=${KEY}`],
      ]),
      body: { apiKey: KEY, accessToken: JWT, code: 'unauthorized' },
    });
    const expected = ['in-the-address-1', 'opaque-bearer-1', 'in-a-cookie-1', 'in-a-cookie-2', 'sent-password-1'];
    expected.push('sent-refresh-1', '654321', 'set-as-cookie-1', KEY, JWT);
    for (const secret of expected) expect(secretsSeen()).toContain(secret);
    expect(secretsSeen()).not.toContain('key_1234567890');
  });
});
