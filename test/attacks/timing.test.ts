import { randomBytes, randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { toBase62 } from '../../lambdas/core/base62.ts';
import type { Storefront } from '../../lambdas/core/consumer-login.ts';
import { crc32 } from '../../lambdas/core/crc32.ts';
import { mintKey, newKeyId } from '../../lambdas/core/key-format.ts';
import { World } from '../core/authorizer-world.ts';
import { type LoginWorld, openLoginWorld } from './login-world.ts';

/**
 * Whoever measures how long an answer takes learns no more than by reading it: what is asked of the table, the user pool
 * and the mailer is the same, in the same order, for whom there is and for whom there is not. How long AWS itself takes is
 * not in our hands. `npm run bench` measures the stack on one machine.
 */

const CALLER = { address: '192.0.2.1', device: 'x' };
const PASSWORD = 'Correct-horse-1';
const SHOP: Storefront = { organizationId: 'org_1', mode: 'live', caller: CALLER, byServer: false };
const newEmail = () => `${randomUUID()}@example.com`;

let world: LoginWorld;
let known: string;
let unconfirmed: string;
beforeEach(async () => {
  world = openLoginWorld();
  [known, unconfirmed] = [newEmail(), newEmail()];
  for (const email of [known, unconfirmed]) {
    await world.authentication.signUp({ email, password: PASSWORD, organization_name: 'Acme' }, CALLER);
  }
  const account = world.accounts.get(known);
  if (account) account.status = 'CONFIRMED';
  world.pass(120);
});

/** All of them ask the same of others, and end the same. */
async function alike(...attempts: (() => Promise<unknown>)[]) {
  const traces = [];
  for (const attempt of attempts) traces.push(await world.trace(attempt));
  for (const trace of traces) expect(trace).toEqual(traces[0]);
  return traces[0] ?? { calls: [], end: '' };
}

const COUNTED = ['spend', 'spend', 'spend'];

describe('an account that there is, one that is not confirmed, and one that there is not, take the same', () => {
  const each = (attempt: (email: string) => Promise<unknown>) =>
    alike(...[known, unconfirmed, newEmail()].map((email) => () => attempt(email)));

  it('to sign in with a wrong password', async () => {
    expect(await each((email) => world.authentication.logIn(email, 'Wrong-password-1', CALLER))).toEqual({
      calls: [...COUNTED, 'InitiateAuthCommand'],
      end: 'invalid_credentials',
    });
    expect((await each((email) => world.authentication.createToken(email, 'Wrong-password-1', CALLER))).end).toBe(
      'invalid_credentials',
    );
  });

  it('to ask for a new password', async () => {
    expect(await each((email) => world.authentication.forgotPassword(email, CALLER))).toEqual({
      calls: [...COUNTED, 'ForgotPasswordCommand'],
      end: 'done',
    });
  });

  it('to guess at a code for a new password, and at one that confirms an address', async () => {
    const { authentication } = world;
    expect(await each((email) => authentication.resetPassword(email, '000000', 'New-password-12', CALLER))).toEqual({
      calls: [...COUNTED, 'ConfirmForgotPasswordCommand'],
      end: 'invalid_code',
    });
    expect((await each((email) => authentication.confirm({ email, code: '000000' }, CALLER))).calls).toEqual([
      ...COUNTED,
      'ConfirmSignUpCommand',
    ]);
    // With an id that is not theirs: what sign-up answers for an address that is taken.
    const userId = randomUUID();
    expect((await each((email) => authentication.confirm({ email, code: '000000', userId }, CALLER))).calls).toEqual([
      ...COUNTED,
      'AdminGetUserCommand',
    ]);
  });

  it('to be over their limit', async () => {
    const attempt = (email: string) => world.authentication.logIn(email, 'Wrong-password-1', CALLER);
    for (const email of [known, unconfirmed]) for (let n = 0; n < 10; n++) await attempt(email).catch(() => {});
    const nobody = newEmail();
    for (let n = 0; n < 10; n++) await attempt(nobody).catch(() => {});
    expect(await alike(...[known, unconfirmed, nobody].map((email) => () => attempt(email)))).toEqual({
      calls: ['spend', 'spend'],
      end: 'rate_limited',
    });
  });

  it('to be invited', async () => {
    const { organizations, invitations } = world;
    const organization = await organizations.create(
      { id: 'owner', type: 'member', mode: 'live', scopes: [] },
      'Acme',
      undefined,
      { requestId: 'r' },
    );
    const actor = { type: 'member', id: 'owner', organizationId: organization.id, role: 'owner', scopes: [] } as const;
    const { calls } = await each((email) => invitations.invite(actor, { email, role: 'developer' }, CALLER));
    expect(calls.at(-1)).toBe('mail');
  });

  it('to sign up with, as far as it is in our hands: Cognito is asked once more of an address that is taken', async () => {
    const signUp = (email: string) => () =>
      world.authentication.signUp({ email, password: PASSWORD, organization_name: 'Acme' }, CALLER);
    const [free, taken, unclaimed] = [
      await world.trace(signUp(newEmail())),
      await world.trace(signUp(known)),
      await world.trace(signUp(unconfirmed)),
    ];
    const ours = ({ calls }: typeof free) => calls.filter((call) => !call.endsWith('Command'));
    const theirs = ({ calls }: typeof free) => calls.filter((call) => call.endsWith('Command'));
    for (const trace of [taken, unclaimed]) expect([ours(trace), trace.end]).toEqual([ours(free), free.end]);
    expect(ours(free)).toEqual([...COUNTED, 'intendOrganization']);
    // Of whom it is free, Cognito also sends a mail. Said in docs/security.md.
    expect(theirs(free)).toEqual(['SignUpCommand']);
    expect(theirs(taken)).toEqual(['SignUpCommand', 'AdminGetUserCommand']);
    expect(theirs(unclaimed)).toEqual([
      'SignUpCommand',
      'AdminGetUserCommand',
      'AdminDeleteUserCommand',
      'SignUpCommand',
    ]);
  });
});

describe('a consumer that there is, and one that there is not, take the same', () => {
  const market = { organizationId: 'org_1', mode: 'live' } as const;
  const codeOf = (email: string) => /\d{6}/.exec(world.sent.findLast(({ to }) => to === email)?.text ?? '')?.[0] ?? '';
  /** Somebody who has signed in before. */
  async function newConsumer() {
    const email = newEmail();
    await world.login.requestCode(SHOP, { email });
    const { tokens } = await world.login.verifyCode(SHOP, { email, code: codeOf(email) });
    return { email, tokens };
  }

  it('to be sent a code', async () => {
    const { email } = await newConsumer();
    world.pass(60);
    const { calls, end } = await alike(
      ...[email, newEmail()].map((to) => () => world.login.requestCode(SHOP, { email: to })),
    );
    expect([calls, end]).toEqual([['spend', 'spend', 'spend', 'spend', 'putOtp', 'mail'], 'done']);
  });

  it('to have a code guessed at, whether one is on its way, was used, or never was', async () => {
    const [{ email }, stranger] = [await newConsumer(), newEmail()];
    world.pass(60);
    const asked = newEmail();
    for (const to of [email, asked]) await world.login.requestCode(SHOP, { email: to });
    const wrong = [email, asked].map(codeOf).includes('000000') ? '000001' : '000000';
    const guess = (to: string) => () => world.login.verifyCode(SHOP, { email: to, code: wrong });
    const { calls, end } = await alike(...[email, asked, stranger, (await newConsumer()).email].map(guess));
    expect([calls, end]).toEqual([['spend', 'spend', 'tryOtp'], 'invalid_code']);
  });

  it('to have an exchange code guessed at: unknown, used, or of another organization', async () => {
    const code = await world.login.issueCode(market, { externalId: '42' }, (_t, _d, effect) => effect());
    const foreign = await world.login.issueCode(
      { ...market, organizationId: 'org_2' },
      { externalId: '42' },
      (_t, _d, effect) => effect(),
    );
    await world.login.exchange(SHOP, { code });
    const { calls, end } = await alike(
      ...['x'.repeat(43), code, foreign].map((text) => () => world.login.exchange(SHOP, { code: text })),
    );
    expect([calls, end]).toEqual([['takeExchangeCode'], 'invalid_code']);
  });

  it("to have a refresh token guessed at: of no session, of one that there is, and of a guest's", async () => {
    const { tokens } = await newConsumer();
    const guest = await world.consumerSessions.openGuest(market, CALLER);
    const guessed = [tokens, guest.tokens].map(({ refreshToken }) =>
      [refreshToken.split('.')[0], 'x'.repeat(22), 'y'.repeat(43)].join('.'),
    );
    const none = ['s'.repeat(20), 'x'.repeat(22), 'y'.repeat(43)].join('.');
    const attempts = [none, ...guessed].map((text) => () => world.consumerSessions.refresh(market, text, CALLER));
    expect(await alike(...attempts)).toEqual({ calls: ['getSession'], end: 'invalid_session' });
    const member = [none, ...guessed].map((text) => () => world.sessions.refresh(text, CALLER));
    expect(await alike(...member)).toEqual({ calls: ['getSession'], end: 'invalid_session' });
  });
});

describe('an invitation that there is, and one that there is not, take the same', () => {
  it('to be guessed at, by signing up and by accepting', async () => {
    const { organizations, invitations, authentication } = world;
    const organization = await organizations.create(
      { id: 'owner', type: 'member', mode: 'live', scopes: [] },
      'Acme',
      undefined,
      { requestId: 'r' },
    );
    const actor = { type: 'member', id: 'owner', organizationId: organization.id, role: 'owner', scopes: [] } as const;
    const { invitation } = await invitations.invite(actor, { email: newEmail(), role: 'developer' }, CALLER);
    const guesses = [invitation.id, 'x'.repeat(20)].map((id) => `${id}.${'y'.repeat(32)}`);
    const signUp = guesses.map(
      (token) => () => authentication.signUp({ email: newEmail(), password: PASSWORD, invitation: token }, CALLER),
    );
    expect(await alike(...signUp)).toEqual({ calls: [...COUNTED, 'getInvitation'], end: 'invalid_invitation' });
    const person = { id: 'somebody', type: 'member', mode: 'live', scopes: [] } as const;
    const accept = guesses.map((token) => () => invitations.accept(person, token, { requestId: 'r' }));
    expect(await alike(...accept)).toEqual({ calls: ['getInvitation'], end: 'invalid_invitation' });
  });
});

describe('a key that there is, and one that there is not, take the same', () => {
  it('to be guessed at: one write at first, and none from then on', async () => {
    const authorizer = new World();
    const { record } = await authorizer.newKey();
    const guess = (id: string) => {
      const text = `fpk_live_${id}${mintKey('fpk', 'live', randomBytes).apiKey.slice(19, -6)}`;
      return text + toBase62(crc32(Buffer.from(text)), 6);
    };
    for (const id of [record.id, newKeyId(randomBytes)]) {
      const [first, second] = [guess(id), guess(id)];
      const spent = authorizer.observed.spends.length;
      expect(await authorizer.ask(first)).toMatchObject({ outcome: 'unauthorized', reason: 'unknown' });
      expect(authorizer.observed.spends.length - spent).toBe(1);
      expect(await authorizer.ask(second)).toMatchObject({ outcome: 'unauthorized', reason: 'unknown' });
      expect(authorizer.observed.spends.length - spent).toBe(1);
    }
  });
});
