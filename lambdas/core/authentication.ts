import { randomUUID } from 'node:crypto';
import type { ConfirmSignUp, SignUp } from '../contract/schemas.ts';
import type { Attempts } from './attempts.ts';
import { invalid, UnavailableError } from './errors.ts';
import type { LoginPages } from './hosted-login.ts';
import type { ReadInvitation } from './invitations.ts';
import type { MemberRecord } from './member-ports.ts';
import type { Organizations } from './organizations.ts';
import type { Clock, OrganizationRecord } from './ports.ts';
import type { Directory, Identity, IdentityProvider } from './session-ports.ts';
import type { Caller } from './session-refresh.ts';
import type { Sessions, SessionTokens } from './sessions.ts';
import type { Sign } from './signer.ts';

export interface AuthenticationDependencies {
  readonly identities: IdentityProvider;
  readonly directory: Pick<Directory, 'subjectOf'>;
  readonly organizations: Organizations;
  readonly readInvitation: ReadInvitation;
  readonly sessions: Sessions;
  readonly attempts: Attempts;
  readonly clock: Clock;
}

type HostedIdentity = Awaited<ReturnType<LoginPages['exchange']>>;

export interface SignedUp {
  readonly user: { readonly id: string; readonly email: string };
  /** null for who is invited into one. */
  readonly organization: Pick<OrganizationRecord, 'id' | 'name'> | null;
  readonly confirmationRequired: boolean;
}

/**
 * Signing up and in with a password. Nothing here tells whether an account exists: a taken address is answered as a free
 * one, and an unknown one as a wrong password or code.
 */
export function createAuthentication(dependencies: AuthenticationDependencies) {
  const { identities, directory, organizations, readInvitation, sessions, attempts, clock } = dependencies;

  /** @throws rate_limited, validation_failed, invalid_invitation */
  async function signUp(input: SignUp, caller: Caller): Promise<SignedUp> {
    const { email, password, organization_name: name, invitation } = input;
    await attempts.charge('mail', email, caller);
    if (invitation !== undefined) await checkInvitation(invitation, email);
    const created = await identities.signUp(email, password);
    const id = created?.subject ?? randomUUID();
    // Also where the address is taken: it costs as much time, and nobody is to be told by that.
    const organization = name === undefined ? null : await organizations.intend(id, email, name);
    return { user: { id, email }, organization, confirmationRequired: !created?.confirmed };
  }

  /** Who is invited signs up with the address that they were invited by. */
  async function checkInvitation(token: string, email: string): Promise<void> {
    const invitation = await readInvitation(token);
    if (invitation.email === email && invitation.status === 'pending') return;
    throw invalid({ field: 'email', message: 'Not the address that was invited' });
  }

  /** @throws rate_limited, invalid_code */
  async function confirm({ email, code, userId }: ConfirmSignUp, caller: Caller): Promise<void> {
    await attempts.charge('code', email, caller);
    await identities.confirmSignUp(email, code, userId);
  }

  /** @throws rate_limited, invalid_credentials, challenge_required */
  async function signIn(email: string, password: string, caller: Caller) {
    await attempts.charge('password', email, caller);
    const since = clock.now();
    const identity: Identity = await identities.signIn(email, password);
    const member: MemberRecord = await organizations.memberOf(identity.subject, caller);
    return { identity, person: { subject: identity.subject, since, member } };
  }

  async function logIn(email: string, password: string, caller: Caller) {
    const { identity, person } = await signIn(email, password, caller);
    const tokens: SessionTokens = await sessions.open(person, caller);
    const { organizationId } = person.member;
    return { identity, organization: organizationId && (await organizations.get(organizationId)), tokens };
  }

  /**
   * Opens a session for a person whom the user pool's own pages have signed in.
   * @param sign loaded before their sign-in was used up
   * @throws invalid_session when all sign-ins until theirs were ended
   */
  async function logInAs({ subject, signedInAt }: HostedIdentity, caller: Caller, sign: Sign): Promise<SessionTokens> {
    const member = await organizations.memberOf(subject, caller);
    return sessions.open({ subject, since: signedInAt * 1_000, member }, caller, sign);
  }

  async function createToken(email: string, password: string, caller: Caller): Promise<string> {
    const { person } = await signIn(email, password, caller);
    return sessions.openByToken(person, caller);
  }

  /** The same for an address that nobody has. @throws rate_limited */
  async function forgotPassword(email: string, caller: Caller): Promise<void> {
    await attempts.charge('mail', email, caller);
    await identities.forgotPassword(email);
  }

  /**
   * Sets a new password, and ends every session and sign-in that came by the old one.
   * @throws rate_limited, invalid_code, validation_failed
   */
  async function resetPassword(email: string, code: string, password: string, caller: Caller): Promise<void> {
    await attempts.charge('code', email, caller);
    const failure = await identities.resetPassword(email, code, password).then(
      () => undefined,
      (error: unknown) => error,
    );
    if (failure !== undefined && !(failure instanceof UnavailableError)) throw failure;
    // An answer that did not come may have been that it was set: then it works.
    const signedIn = await subjectBy(email, password);
    if (failure !== undefined && signedIn === undefined) throw failure;
    const subject = signedIn ?? (await directory.subjectOf(email));
    if (subject === undefined) throw new UnavailableError('the account cannot be found');
    await sessions.endAll(subject);
  }

  /** Whose a password is; undefined where that alone does not sign in. */
  const subjectBy = (email: string, password: string): Promise<string | undefined> =>
    identities.signIn(email, password).then(
      ({ subject }) => subject,
      () => undefined,
    );

  return { signUp, confirm, logIn, logInAs, createToken, forgotPassword, resetPassword };
}

export type Authentication = ReturnType<typeof createAuthentication>;
