import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { fractalpack } from '../../lambdas/contract/profile.ts';
import { createAttempts } from '../../lambdas/core/attempts.ts';
import { createAudit } from '../../lambdas/core/audit.ts';
import { type Authentication, createAuthentication } from '../../lambdas/core/authentication.ts';
import { ApiError, UnavailableError } from '../../lambdas/core/errors.ts';
import { createInvitationReader } from '../../lambdas/core/invitations.ts';
import { createOrganizations } from '../../lambdas/core/organizations.ts';
import type { IdentityProvider } from '../../lambdas/core/session-ports.ts';
import { createSessions } from '../../lambdas/core/sessions.ts';
import { createMemoryStores, type Stores } from '../stores/memory-store.ts';

const START = Date.UTC(2026, 3, 3, 12);
const EMAIL = 'somebody@example.com';
const SIGN_UP = { email: EMAIL, password: 'Correct-horse-1', organization_name: 'Acme' };
const LIMITED = { code: 'rate_limited' };
const at = (n: number) => ({ address: `192.0.${n >> 8}.${n & 255}` });

describe('signing up and in', () => {
  let now: number;
  let stores: Stores;
  let mails: number;
  let identities: IdentityProvider;
  let subjectOf: () => Promise<string | undefined>;
  let authentication: Authentication;
  let sessions: ReturnType<typeof createSessions>;
  const refuse = async () => {
    throw new ApiError('invalid_credentials', 'Wrong');
  };
  beforeEach(() => {
    now = START;
    mails = 0;
    stores = createMemoryStores();
    subjectOf = async () => undefined;
    identities = {
      signIn: async () => ({ subject: 'a-subject', email: EMAIL }),
      async signUp() {
        mails++;
        return { subject: 'a-subject', confirmed: false };
      },
      confirmSignUp: async () => {},
      async forgotPassword() {
        mails++;
      },
      resetPassword: async () => {},
    };
    const shared = { profile: fractalpack, clock: { now: () => now }, random: randomBytes };
    const audit = createAudit({ ...shared, store: stores });
    const organizations = createOrganizations({ ...shared, audit, store: stores, members: stores });
    sessions = createSessions({
      ...shared,
      store: stores,
      members: stores,
      pause: 1,
      loadSigner:
        async () =>
        ({ sid }) =>
          String(sid),
    });
    authentication = createAuthentication({
      ...shared,
      identities,
      directory: { subjectOf: () => subjectOf() },
      organizations,
      sessions,
      readInvitation: createInvitationReader({ ...shared, store: stores }),
      attempts: createAttempts({ ...shared, principals: stores }),
    });
  });

  /** How many of so many attempts, each from another network and some seconds after the one before, are made. */
  async function made(attempts: number, seconds: number, attempt: (n: number) => Promise<unknown>): Promise<number> {
    let count = 0;
    for (let n = 0; n < attempts; n++) {
      now = START + n * seconds * 1_000;
      await attempt(n).then(
        () => count++,
        (error) => {
          if (error.code !== 'rate_limited') count++;
        },
      );
    }
    return count;
  }

  it('sends one address no more mails than one network may ask for, wherever they are asked for', async () => {
    const asked = (n: number) =>
      n % 2 ? authentication.signUp(SIGN_UP, at(n)) : authentication.forgotPassword(EMAIL, at(n));
    expect(await made(200, 10, asked)).toBe(60);
    expect(mails).toBe(60);
  });

  it('counts guesses at passwords apart from codes and mails, and by the network first', async () => {
    identities.signIn = refuse;
    expect(await made(20, 1, () => authentication.logIn(EMAIL, 'x', at(1)))).toBe(10);
    await expect(authentication.logIn(EMAIL, 'x', at(1))).rejects.toMatchObject(LIMITED);
    await expect(authentication.logIn(EMAIL, 'x', at(2))).rejects.toMatchObject({ code: 'invalid_credentials' });
    await authentication.confirm({ email: EMAIL, code: '123456' }, at(1));
    await authentication.forgotPassword(EMAIL, at(1));
    expect(await made(1_500, 2, (n) => authentication.logIn('other@example.com', 'x', at(n)))).toBe(1_000);
  });

  it('keeps what it counts small', async () => {
    const [limits, day] = [{ perMinute: 9, perHour: 99 }, 24 * 60];
    for (let minute = 0; minute < day; minute++) {
      now = START + minute * 60_000;
      await authentication.logIn(EMAIL, 'x', at(1));
    }
    const windows = { minute: 'm0', hour: 'h0' };
    const id = 'attempts:192.0.0.1';
    const { record } = await stores.spend({ type: 'anonymous', id, limits, now: 0, windows, stale: [] });
    expect(Object.keys(record?.counters ?? {}).length).toBeLessThan(30);
  });

  it('ends all sessions with a new password, found by it or by the address', async () => {
    for (const found of ['by password', 'by address'] as const) {
      now += 60_000;
      await authentication.logIn(EMAIL, 'x', at(1));
      expect(await sessions.list('a-subject')).toHaveLength(1);
      now += 1_000;
      const { signIn } = identities;
      if (found === 'by address') {
        identities.signIn = refuse;
        subjectOf = async () => 'a-subject';
      }
      await authentication.resetPassword(EMAIL, '123456', 'New-password-12', at(1));
      identities.signIn = signIn;
      expect(await sessions.list('a-subject')).toEqual([]);
    }
  });

  it('ends all sessions where the answer was lost and the password is set, and says so where it is not', async () => {
    await authentication.logIn(EMAIL, 'x', at(1));
    now += 1_000;
    identities.resetPassword = async () => {
      throw new UnavailableError('the user pool cannot be asked');
    };
    await authentication.resetPassword(EMAIL, '123456', 'New-password-12', at(1));
    expect(await sessions.list('a-subject')).toEqual([]);
    identities.signIn = refuse;
    const reset = authentication.resetPassword(EMAIL, '123456', 'New-password-12', at(1));
    await expect(reset).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('does not pass over an account that it cannot find', async () => {
    identities.signIn = refuse;
    const reset = authentication.resetPassword(EMAIL, '123456', 'New-password-12', at(1));
    await expect(reset).rejects.toMatchObject({ code: 'unavailable' });
  });
});
