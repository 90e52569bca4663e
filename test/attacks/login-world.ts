import { randomBytes, randomUUID } from 'node:crypto';
import {
  CodeMismatchException,
  type CognitoIdentityProviderClient,
  NotAuthorizedException,
  UserNotConfirmedException,
  UserNotFoundException,
  UsernameExistsException,
} from '@aws-sdk/client-cognito-identity-provider';
import { createCognitoIdentities } from '../../lambdas/adapters/cognito-identities.ts';
import { fractalpack, type Profile } from '../../lambdas/contract/profile.ts';
import { createAttempts } from '../../lambdas/core/attempts.ts';
import { createAudit } from '../../lambdas/core/audit.ts';
import { createAuthentication } from '../../lambdas/core/authentication.ts';
import { createConsumerLogin } from '../../lambdas/core/consumer-login.ts';
import { createConsumerSessions } from '../../lambdas/core/consumer-sessions.ts';
import { createConsumers } from '../../lambdas/core/consumers.ts';
import { createInvitationReader, createInvitations } from '../../lambdas/core/invitations.ts';
import { createOrganizations } from '../../lambdas/core/organizations.ts';
import { createOtps } from '../../lambdas/core/otp.ts';
import { createSessions } from '../../lambdas/core/sessions.ts';
import { createMemoryStores, type Stores } from '../stores/memory-store.ts';

interface Account {
  readonly sub: string;
  readonly password: string;
  status: 'UNCONFIRMED' | 'CONFIRMED';
}

const thrown = { message: 'x', $metadata: {} };

/** A user pool that answers as Cognito does of which nobody learns who is in it (`PreventUserExistenceErrors`). */
function createPool(note: (call: string) => void) {
  const accounts = new Map<string, Account>();
  const answers: Record<
    string,
    (input: { Username: string; Password: string }, account: Account | undefined) => object
  > = {
    SignUpCommand({ Username, Password }, account) {
      if (account) throw new UsernameExistsException(thrown);
      const sub = randomUUID();
      accounts.set(Username, { sub, password: Password, status: 'UNCONFIRMED' });
      return { UserSub: sub, UserConfirmed: false };
    },
    AdminGetUserCommand(_, account) {
      if (!account) throw new UserNotFoundException(thrown);
      return { UserStatus: account.status, UserAttributes: [{ Name: 'sub', Value: account.sub }] };
    },
    AdminDeleteUserCommand({ Username }) {
      accounts.delete(Username);
      return {};
    },
    ForgotPasswordCommand: () => ({}),
    ConfirmSignUpCommand() {
      throw new CodeMismatchException(thrown);
    },
    ConfirmForgotPasswordCommand(_, account) {
      throw account ? new CodeMismatchException(thrown) : new UserNotFoundException(thrown);
    },
  };
  const signIn = ({ USERNAME = '', PASSWORD = '' }: Record<string, string>) => {
    const account = accounts.get(USERNAME);
    if (account?.status === 'UNCONFIRMED') throw new UserNotConfirmedException(thrown);
    if (account?.password !== PASSWORD) throw new NotAuthorizedException(thrown);
    const claims = Buffer.from(JSON.stringify({ sub: account.sub, email: USERNAME })).toString('base64url');
    return { AuthenticationResult: { IdToken: `${Buffer.from('{}').toString('base64url')}.${claims}.x` } };
  };
  const client = {
    // What comes over the network is checked there: nothing does here.
    middlewareStack: { addRelativeTo() {} },
    async send(command: { constructor: { name: string }; input: Record<string, never> }) {
      const { name } = command.constructor;
      note(name);
      const { AuthParameters, ...request } = command.input;
      if (AuthParameters) return signIn(AuthParameters);
      return answers[name]?.(request as never, accounts.get(request.Username ?? ''));
    },
  } as unknown as CognitoIdentityProviderClient;
  return { accounts, client };
}

/** Everything that people and consumers sign in by, in memory, with a record of all that it asks of others. */
export function openLoginWorld(profile: Profile = fractalpack, start = Date.UTC(2026, 3, 3, 12)) {
  const calls: string[] = [];
  let now = start;
  const clock = { now: () => now };
  const note = (call: string) => void calls.push(call);
  const stores = new Proxy(createMemoryStores(), {
    get: (target, name: keyof Stores) => {
      const method = target[name] as (...args: unknown[]) => unknown;
      return (...args: unknown[]) => {
        note(String(name));
        return method(...args);
      };
    },
  });
  const { accounts, client } = createPool(note);
  const shared = { profile, clock, random: randomBytes };
  const audit = createAudit({ ...shared, store: stores });
  const organizations = createOrganizations({ ...shared, audit, store: stores, members: stores });
  const loadSigner =
    async () =>
    ({ sid }: Record<string, unknown>) =>
      String(sid);
  const sessions = createSessions({ ...shared, store: stores, members: stores, loadSigner, pause: 0 });
  const attempts = createAttempts({ ...shared, principals: stores });
  const sent: { to: string; text: string }[] = [];
  const mailer = {
    async send({ to, text }: { to: string; text: string }) {
      note('mail');
      sent.push({ to, text });
    },
  };
  const directory = { subjectOf: async () => undefined, emailOf: async () => undefined };
  const authentication = createAuthentication({
    ...shared,
    identities: createCognitoIdentities({ client, patient: client }, { userPoolId: 'pool', clientId: 'client' }),
    directory,
    organizations,
    sessions,
    readInvitation: createInvitationReader({ ...shared, store: stores }),
    attempts,
  });
  const invitations = createInvitations({
    ...shared,
    audit,
    store: stores,
    members: stores,
    organizations,
    owners: stores,
    directory,
    attempts,
    mailer,
    acceptUrl: 'https://api.example.com/auth/invitation',
  });
  const settingsOf = async () => ({ name: 'Acme' });
  const consumerSessions = createConsumerSessions({
    ...shared,
    store: stores,
    codes: stores,
    consumers: stores,
    settingsOf,
    loadSigner,
  });
  const login = createConsumerLogin({
    profile,
    settingsOf,
    attempts,
    consumers: createConsumers({ ...shared, store: stores, endSessions: async () => {} }),
    sessions: consumerSessions,
    otps: createOtps({ store: stores, key: async () => 'a key', clock }),
    openMailer: async () => mailer,
    openTexter: async () => undefined,
    parsePhone: async () => undefined,
  });

  /** What an attempt asks of others, in order, and how it ends. */
  async function trace(attempt: () => Promise<unknown>): Promise<{ calls: string[]; end: string }> {
    calls.length = 0;
    const end = await attempt().then(
      () => 'done',
      (error: { code?: string }) => String(error.code ?? error),
    );
    return { calls: [...calls], end };
  }

  return {
    stores,
    accounts,
    authentication,
    invitations,
    organizations,
    sessions,
    consumerSessions,
    login,
    sent,
    trace,
    pass(seconds: number) {
      now += seconds * 1_000;
    },
  };
}

export type LoginWorld = ReturnType<typeof openLoginWorld>;
