import {
  AdminDeleteUserCommand,
  AdminGetUserCommand,
  CodeDeliveryFailureException,
  CodeMismatchException,
  type CognitoIdentityProviderClient,
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  ExpiredCodeException,
  ForgotPasswordCommand,
  InitiateAuthCommand,
  InvalidParameterException,
  InvalidPasswordException,
  LimitExceededException,
  NotAuthorizedException,
  PasswordResetRequiredException,
  SignUpCommand,
  TooManyFailedAttemptsException,
  UserNotConfirmedException,
  UserNotFoundException,
  UsernameExistsException,
} from '@aws-sdk/client-cognito-identity-provider';
import { decomposeUnverifiedJwt } from 'aws-jwt-verify/jwt';
import { ApiError, invalid, UnavailableError } from '../core/errors.ts';
import type { IdentityProvider } from '../core/session-ports.ts';
import { checkAnswers } from './check-answers.ts';

/** Whatever their constructors take: it does not matter to `instanceof`. */
type ErrorTypes = readonly (abstract new (...args: never[]) => Error)[];

const isOneOf = (error: unknown, types: ErrorTypes): boolean => types.some((type) => error instanceof type);

/**
 * Of who has not confirmed their address, Cognito says so whatever the password, and would tell everybody that there is
 * somebody. The last is what cognito-local says of a wrong password.
 */
const WRONG_LOGIN = [
  NotAuthorizedException,
  UserNotFoundException,
  UserNotConfirmedException,
  InvalidPasswordException,
];
const WRONG = 'The e-mail address or the password is wrong, or the address is not confirmed yet.';

/** From the fifth on they are said of accounts that there are: without a code to come, not confirmed, or tried too often. */
const WRONG_CODE = [
  CodeMismatchException,
  ExpiredCodeException,
  UserNotFoundException,
  NotAuthorizedException,
  InvalidParameterException,
  UserNotConfirmedException,
  LimitExceededException,
  TooManyFailedAttemptsException,
];

/** Nobody, somebody whose address is not verified, or somebody who was sent enough. */
const NOT_SENT = [
  UserNotFoundException,
  InvalidParameterException,
  NotAuthorizedException,
  LimitExceededException,
  CodeDeliveryFailureException,
];

const invalidCode = () => new ApiError('invalid_code', 'The code is wrong, has expired or was used already.');
const weakPassword = () => invalid({ field: 'password', message: 'The password is too weak' });

/** Anything that Cognito does not say of the request itself: throttling, an outage, a fault of ours. */
function unavailable(cause: unknown): never {
  throw new UnavailableError('the user pool cannot be asked', cause);
}

export interface IdentitiesOptions {
  readonly userPoolId: string;
  readonly clientId: string;
}

/** Both make one attempt at a request: what a code did, it does once. */
export interface IdentityClients {
  readonly client: CognitoIdentityProviderClient;
  /** For what Cognito calls a function of the stack for before it answers. */
  readonly patient: CognitoIdentityProviderClient;
}

/** The people of a Cognito user pool, by their passwords. */
export function createCognitoIdentities(
  { client, patient }: IdentityClients,
  { userPoolId: UserPoolId, clientId: ClientId }: IdentitiesOptions,
): IdentityProvider {
  for (const each of [client, patient]) checkAnswers(each);

  async function subjectOf(Username: string): Promise<string | undefined> {
    const { UserAttributes = [] } = await client
      .send(new AdminGetUserCommand({ UserPoolId, Username }))
      .catch((error: unknown) =>
        error instanceof UserNotFoundException ? { UserAttributes: [] } : unavailable(error),
      );
    return UserAttributes.find(({ Name }) => Name === 'sub')?.Value;
  }

  async function create(email: string, password: string) {
    const UserAttributes = [{ Name: 'email', Value: email }];
    const request = { ClientId, Username: email, Password: password, UserAttributes };
    const { UserSub, UserConfirmed = false } = await client.send(new SignUpCommand(request));
    if (!UserSub) throw new Error('The user pool did not say whom it made');
    return { subject: UserSub, confirmed: UserConfirmed };
  }

  /** Whether there was a sign-up for the address that nobody has confirmed; it is none any more. */
  async function giveWay(Username: string): Promise<boolean> {
    const { UserStatus } = await client.send(new AdminGetUserCommand({ UserPoolId, Username }));
    if (UserStatus !== 'UNCONFIRMED') return false;
    await client.send(new AdminDeleteUserCommand({ UserPoolId, Username }));
    return true;
  }

  return {
    async signIn(email, password) {
      const request = { ClientId, AuthFlow: 'USER_PASSWORD_AUTH' as const };
      const AuthParameters = { USERNAME: email, PASSWORD: password };
      const command = new InitiateAuthCommand({ ...request, AuthParameters });
      const { AuthenticationResult, ChallengeName } = await client.send(command).catch((error: unknown) => {
        if (isOneOf(error, WRONG_LOGIN)) {
          throw new ApiError('invalid_credentials', WRONG);
        }
        if (error instanceof PasswordResetRequiredException) {
          throw new ApiError('challenge_required', 'Reset your password first.');
        }
        return unavailable(error);
      });
      // A second factor, or a new password that an administrator asks for.
      if (!AuthenticationResult?.IdToken) {
        if (!ChallengeName) return unavailable(new Error('The user pool said neither who it is nor what it needs'));
        throw new ApiError('challenge_required', 'This account needs more than a password to sign in.');
      }
      // Straight from the user pool, so that there is nothing to verify.
      const { sub = '', email: address = email } = decomposeUnverifiedJwt(AuthenticationResult.IdToken).payload;
      return { subject: sub, email: String(address) };
    },

    async signUp(email, password) {
      try {
        return await create(email, password).catch(async (error: unknown) => {
          if (!(error instanceof UsernameExistsException)) throw error;
          return (await giveWay(email)) ? create(email, password) : undefined;
        });
      } catch (error) {
        if (error instanceof InvalidPasswordException) throw weakPassword();
        if (error instanceof InvalidParameterException) throw invalid({ field: 'email', message: 'Not accepted' });
        return unavailable(error);
      }
    },

    async confirmSignUp(email, code, subject) {
      // A sign-up that came after it has another subject, and another code.
      if (subject !== undefined && (await subjectOf(email)) !== subject) throw invalidCode();
      try {
        await patient.send(new ConfirmSignUpCommand({ ClientId, Username: email, ConfirmationCode: code }));
      } catch (error) {
        if (isOneOf(error, WRONG_CODE)) throw invalidCode();
        unavailable(error);
      }
    },

    async forgotPassword(email) {
      try {
        await client.send(new ForgotPasswordCommand({ ClientId, Username: email }));
      } catch (error) {
        if (!isOneOf(error, NOT_SENT)) unavailable(error);
      }
    },

    async resetPassword(email, code, password) {
      const request = { ClientId, Username: email, ConfirmationCode: code, Password: password };
      try {
        await patient.send(new ConfirmForgotPasswordCommand(request));
      } catch (error) {
        if (isOneOf(error, WRONG_CODE)) throw invalidCode();
        if (error instanceof InvalidPasswordException) throw weakPassword();
        unavailable(error);
      }
    },
  };
}
