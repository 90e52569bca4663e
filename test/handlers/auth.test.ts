import { describe, expect, it } from 'vitest';
import { fractalpack } from '../../lambdas/contract/profile.ts';
import { UnavailableError } from '../../lambdas/core/errors.ts';
import { createAuthHandler } from '../../lambdas/handlers/auth.ts';
import { get } from './api-event.ts';

describe('the end of a sign-in at the hosted pages', () => {
  /** What is done, in its order. */
  const done: string[] = [];
  let signs = false;
  const handle = createAuthHandler(
    {
      authentication: {
        async logInAs() {
          done.push('opened');
          return { accessToken: 'a', refreshToken: 'r' };
        },
      } as never,
      sessions: {
        async loadSigner() {
          done.push('ready to sign');
          if (!signs) throw new UnavailableError('the signing keys cannot be read');
          return () => 'token';
        },
      } as never,
      organizations: {} as never,
      directory: {} as never,
      baseUrl: 'https://api.example.com',
      hostedLogin: {
        start: async () => ({ url: '', browser: '' }),
        async finish() {
          done.push('used up');
          return { identity: {} as never, next: 'https://api.example.com/account' };
        },
      },
    },
    { profile: fractalpack, log: () => {}, audit: {} as never },
  );
  const finish = async () => {
    done.length = 0;
    return (await get(handle, '/api/v1/auth/callback', { query: { code: 'c', state: 's' } })).status;
  };

  it('uses the sign-in up when a token could be signed for it, and not before', async () => {
    expect([await finish(), done]).toEqual([503, ['ready to sign']]);
    signs = true;
    expect([await finish(), done]).toEqual([303, ['ready to sign', 'used up', 'opened']]);
  });
});
