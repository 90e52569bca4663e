import { randomUUID } from 'node:crypto';
import type { Limits, Profile } from '../contract/profile.ts';
import type { SignUp } from '../contract/schemas.ts';
import { ApiError } from './errors.ts';
import { hashSecret } from './key-format.ts';
import { networkOf } from './networks.ts';
import type { Organizations } from './organizations.ts';
import type { Clock, MemberRecord, OrganizationRecord, PrincipalStore } from './ports.ts';
import type { Directory, Identity, IdentityProvider } from './session-ports.ts';
import type { Caller, Sessions, SessionTokens } from './sessions.ts';
import { secondsOf } from './time.ts';
import { spending, windowsAt } from './windows.ts';

export interface AuthenticationDependencies {
  readonly profile: Profile;
  readonly identities: IdentityProvider;
  readonly directory: Pick<Directory, 'subjectOf'>;
  readonly organizations: Organizations;
  readonly sessions: Sessions;
  readonly principals: Pick<PrincipalStore, 'spend'>;
  readonly clock: Clock;
}

export interface SignedUp {
  readonly user: { readonly id: string; readonly email: string };
  readonly organization: Pick<OrganizationRecord, 'id' | 'name'>;
  readonly confirmationRequired: boolean;
}

/**
 * Signing up and in with a password. Nothing here tells whether an account exists: a taken address is answered as a free
 * one, and an unknown one as a wrong password or code.
 */
export function createAuthentication(dependencies: AuthenticationDependencies) {
  const { profile, identities, directory, organizations, sessions, principals, clock } = dependencies;

  /** @throws rate_limited, also for an account that there is not */
  async function charge(email: string, { address = 'unknown' }: Caller): Promise<void> {
    const { perAccount, perAddress } = profile.attemptLimits;
    await spend(`attempts:${networkOf(address) ?? address}`, perAddress);
    await spend(`account:${hashSecret(email)}`, perAccount);
  }

  async function spend(id: string, limits: Limits): Promise<void> {
    const now = secondsOf(clock);
    const request = { type: 'anonymous', id, limits, now, windows: windowsAt(now), stale: [] } as const;
    const { granted, record } = await principals.spend(request);
    if (granted) return;
    const retryAfter = spending(record?.counters ?? {}, limits, now, false).retryAfter || 1;
    throw new ApiError('rate_limited', 'Too many attempts.', { retryAfter });
  }

  /** @throws rate_limited, validation_failed */
  async function signUp({ email, password, organization_name: name }: SignUp, caller: Caller): Promise<SignedUp> {
    await charge(email, caller);
    const created = await identities.signUp(email, password);
    const id = created?.subject ?? randomUUID();
    // Also where the address is taken: it costs as much time, and nobody is to be told by that.
    const organization = await organizations.intend(id, name);
    return { user: { id, email }, organization, confirmationRequired: !created?.confirmed };
  }

  /** @throws rate_limited, invalid_code */
  async function confirm(email: string, code: string, caller: Caller): Promise<void> {
    await charge(email, caller);
    await identities.confirmSignUp(email, code);
  }

  /** @throws rate_limited, invalid_credentials, confirmation_required, challenge_required */
  async function identify(
    email: string,
    password: string,
    caller: Caller,
  ): Promise<{ identity: Identity; member: MemberRecord }> {
    await charge(email, caller);
    const identity = await identities.signIn(email, password);
    return { identity, member: await organizations.memberOf(identity.subject) };
  }

  async function logIn(email: string, password: string, caller: Caller) {
    const { identity, member } = await identify(email, password, caller);
    const tokens: SessionTokens = await sessions.open(identity.subject, member, caller);
    const organization = member.organizationId && (await organizations.get(member.organizationId));
    return { identity, organization: organization || undefined, tokens };
  }

  async function createToken(email: string, password: string, caller: Caller): Promise<string> {
    const { identity, member } = await identify(email, password, caller);
    return sessions.openByToken(identity.subject, member, caller);
  }

  /** The same for an address that nobody has. @throws rate_limited */
  async function forgotPassword(email: string, caller: Caller): Promise<void> {
    await charge(email, caller);
    await identities.forgotPassword(email);
  }

  /**
   * Sets a new password, and ends every session and sign-in that came by the old one.
   * @throws rate_limited, invalid_code, validation_failed
   */
  async function resetPassword(email: string, code: string, password: string, caller: Caller): Promise<void> {
    await charge(email, caller);
    await identities.resetPassword(email, code, password);
    const subject = await directory.subjectOf(email);
    if (subject !== undefined) await sessions.endAll(subject);
  }

  return { signUp, confirm, logIn, createToken, forgotPassword, resetPassword };
}

export type Authentication = ReturnType<typeof createAuthentication>;
