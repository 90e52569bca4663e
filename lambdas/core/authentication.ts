import { randomUUID } from 'node:crypto';
import type { Limits, Profile } from '../contract/profile.ts';
import type { ConfirmSignUp, SignUp } from '../contract/schemas.ts';
import { ApiError, UnavailableError } from './errors.ts';
import { hashSecret } from './key-format.ts';
import { networkOf } from './networks.ts';
import type { Organizations } from './organizations.ts';
import type { Clock, MemberRecord, OrganizationRecord, PrincipalStore } from './ports.ts';
import type { Directory, Identity, IdentityProvider } from './session-ports.ts';
import type { Caller, Sessions, SessionTokens } from './sessions.ts';
import { secondsOf } from './time.ts';
import { spending, sweepable, windowsAt } from './windows.ts';

export interface AuthenticationDependencies {
  readonly profile: Profile;
  readonly identities: IdentityProvider;
  readonly directory: Pick<Directory, 'subjectOf'>;
  readonly organizations: Organizations;
  readonly sessions: Sessions;
  readonly principals: PrincipalStore;
  readonly clock: Clock;
}

export interface SignedUp {
  readonly user: { readonly id: string; readonly email: string };
  readonly organization: Pick<OrganizationRecord, 'id' | 'name'>;
  readonly confirmationRequired: boolean;
}

type Purpose = 'password' | 'code' | 'mail';

/**
 * Signing up and in with a password. Nothing here tells whether an account exists: a taken address is answered as a free
 * one, and an unknown one as a wrong password or code.
 */
export function createAuthentication(dependencies: AuthenticationDependencies) {
  const { profile, identities, directory, organizations, sessions, principals, clock } = dependencies;

  /**
   * Counts an attempt, before anybody is asked. Passwords, codes and what sends a mail are counted apart, so that whoever
   * guesses at the one keeps nobody from the other. Mails are few wherever they are asked for: they reach somebody.
   * @throws rate_limited, also for an account that there is not
   */
  async function charge(purpose: Purpose, email: string, { address = 'unknown' }: Caller): Promise<void> {
    const { perAccountAndAddress, perAccount, perAddress } = profile.attemptLimits;
    const network = networkOf(address) ?? address;
    const account = `${purpose}:${hashSecret(email)}`;
    await spend(`attempts:${network}`, perAddress);
    await spend(`attempts:${account}:${network}`, perAccountAndAddress);
    await spend(`attempts:${account}`, purpose === 'mail' ? perAccountAndAddress : perAccount);
  }

  async function spend(id: string, limits: Limits): Promise<void> {
    const now = secondsOf(clock);
    const request = { type: 'anonymous', id, limits, now, windows: windowsAt(now), stale: [] } as const;
    const { granted, record } = await principals.spend(request);
    const counters = record?.counters ?? {};
    const swept = sweepable(counters, now);
    if (record && swept.length > 0) await principals.dropCounters(record, swept).catch(() => {});
    if (granted) return;
    const retryAfter = spending(counters, limits, now, false).retryAfter || 1;
    throw new ApiError('rate_limited', 'Too many attempts.', { retryAfter });
  }

  /** @throws rate_limited, validation_failed */
  async function signUp({ email, password, organization_name: name }: SignUp, caller: Caller): Promise<SignedUp> {
    await charge('mail', email, caller);
    const created = await identities.signUp(email, password);
    const id = created?.subject ?? randomUUID();
    // Also where the address is taken: it costs as much time, and nobody is to be told by that.
    const organization = await organizations.intend(id, name);
    return { user: { id, email }, organization, confirmationRequired: !created?.confirmed };
  }

  /** @throws rate_limited, invalid_code */
  async function confirm({ email, code, userId }: ConfirmSignUp, caller: Caller): Promise<void> {
    await charge('code', email, caller);
    await identities.confirmSignUp(email, code, userId);
  }

  /** @throws rate_limited, invalid_credentials, challenge_required */
  async function signIn(email: string, password: string, caller: Caller) {
    await charge('password', email, caller);
    const since = clock.now();
    const identity: Identity = await identities.signIn(email, password);
    const member: MemberRecord = await organizations.memberOf(identity.subject);
    return { identity, person: { subject: identity.subject, since, member } };
  }

  async function logIn(email: string, password: string, caller: Caller) {
    const { identity, person } = await signIn(email, password, caller);
    const tokens: SessionTokens = await sessions.open(person, caller);
    const { organizationId } = person.member;
    return { identity, organization: organizationId && (await organizations.get(organizationId)), tokens };
  }

  async function createToken(email: string, password: string, caller: Caller): Promise<string> {
    const { person } = await signIn(email, password, caller);
    return sessions.openByToken(person, caller);
  }

  /** The same for an address that nobody has. @throws rate_limited */
  async function forgotPassword(email: string, caller: Caller): Promise<void> {
    await charge('mail', email, caller);
    await identities.forgotPassword(email);
  }

  /**
   * Sets a new password, and ends every session and sign-in that came by the old one.
   * @throws rate_limited, invalid_code, validation_failed
   */
  async function resetPassword(email: string, code: string, password: string, caller: Caller): Promise<void> {
    await charge('code', email, caller);
    await identities.resetPassword(email, code, password);
    const subject = await subjectOf(email, password);
    if (subject === undefined) throw new UnavailableError('the account cannot be found');
    await sessions.endAll(subject);
  }

  /** By the password that has just been set; where that alone does not do, by the address. */
  const subjectOf = (email: string, password: string): Promise<string | undefined> =>
    identities.signIn(email, password).then(
      ({ subject }) => subject,
      () => directory.subjectOf(email),
    );

  return { signUp, confirm, logIn, createToken, forgotPassword, resetPassword };
}

export type Authentication = ReturnType<typeof createAuthentication>;
