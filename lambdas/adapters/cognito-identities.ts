import {
  CodeMismatchException,
  type CognitoIdentityProviderClient,
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  ExpiredCodeException,
  ForgotPasswordCommand,
  InitiateAuthCommand,
  InvalidParameterException,
  InvalidPasswordException,
  NotAuthorizedException,
  PasswordResetRequiredException,
  ResendConfirmationCodeCommand,
  SignUpCommand,
  UserNotConfirmedException,
  UserNotFoundException,
  UsernameExistsException,
} from '@aws-sdk/client-cognito-identity-provider';
import { decomposeUnverifiedJwt } from 'aws-jwt-verify/jwt';
import { ApiError, invalid, UnavailableError } from '../core/errors.ts';
import type { IdentityProvider } from '../core/session-ports.ts';

// biome-ignore lint/suspicious/noExplicitAny: what a constructor takes does not matter to `instanceof`
type ErrorTypes = readonly (abstract new (...args: any[]) => Error)[];

const isOneOf = (error: unknown, types: ErrorTypes): boolean => types.some((type) => error instanceof type);

/** The last is what cognito-local says of a wrong password. */
const WRONG_LOGIN = [NotAuthorizedException, UserNotFoundException, InvalidPasswordException];
const WRONG_CODE = [CodeMismatchException, ExpiredCodeException, UserNotFoundException, NotAuthorizedException];

const invalidCode = () => new ApiError('invalid_code', 'The code is wrong or has expired.');
const weakPassword = () => invalid({ field: 'password', message: 'The password is too weak' });

/** Anything that Cognito does not say of the request itself: throttling, an outage, a fault of ours. */
function unavailable(cause: unknown): never {
  throw new UnavailableError('the user pool cannot be asked', cause);
}

/** The people of a Cognito user pool, by their passwords. */
export function createCognitoIdentities(client: CognitoIdentityProviderClient, ClientId: string): IdentityProvider {
  /** To who signs up again because their code was lost. Whether that failed would tell that there is somebody. */
  const resend = (Username: string) =>
    client.send(new ResendConfirmationCodeCommand({ ClientId, Username })).catch(() => undefined);

  return {
    async signIn(email, password) {
      const request = { ClientId, AuthFlow: 'USER_PASSWORD_AUTH' as const };
      const AuthParameters = { USERNAME: email, PASSWORD: password };
      const { AuthenticationResult } = await client
        .send(new InitiateAuthCommand({ ...request, AuthParameters }))
        .catch((error: unknown) => {
          if (isOneOf(error, WRONG_LOGIN)) {
            throw new ApiError('invalid_credentials', 'The e-mail address or the password is wrong.');
          }
          if (error instanceof UserNotConfirmedException) {
            throw new ApiError('confirmation_required', 'Confirm your e-mail address first.');
          }
          if (error instanceof PasswordResetRequiredException) {
            throw new ApiError('challenge_required', 'Reset your password first.');
          }
          return unavailable(error);
        });
      // A second factor, or a new password that an administrator asks for.
      if (!AuthenticationResult?.IdToken) {
        throw new ApiError('challenge_required', 'This account needs more than a password to sign in.');
      }
      // Straight from the user pool, so that there is nothing to verify.
      const { sub = '', email: address = email } = decomposeUnverifiedJwt(AuthenticationResult.IdToken).payload;
      return { subject: sub, email: String(address) };
    },

    async signUp(email, password) {
      try {
        const UserAttributes = [{ Name: 'email', Value: email }];
        const request = { ClientId, Username: email, Password: password, UserAttributes };
        const { UserSub = '', UserConfirmed = false } = await client.send(new SignUpCommand(request));
        return { subject: UserSub, confirmed: UserConfirmed };
      } catch (error) {
        if (error instanceof UsernameExistsException) {
          await resend(email);
          return undefined;
        }
        if (error instanceof InvalidPasswordException) throw weakPassword();
        return unavailable(error);
      }
    },

    async confirmSignUp(email, code) {
      try {
        await client.send(new ConfirmSignUpCommand({ ClientId, Username: email, ConfirmationCode: code }));
      } catch (error) {
        if (isOneOf(error, WRONG_CODE)) throw invalidCode();
        unavailable(error);
      }
    },

    async forgotPassword(email) {
      try {
        await client.send(new ForgotPasswordCommand({ ClientId, Username: email }));
      } catch (error) {
        // Nobody, or somebody who has no address that is verified.
        if (!isOneOf(error, [UserNotFoundException, InvalidParameterException, NotAuthorizedException])) {
          unavailable(error);
        }
      }
    },

    async resetPassword(email, code, password) {
      const request = { ClientId, Username: email, ConfirmationCode: code, Password: password };
      try {
        await client.send(new ConfirmForgotPasswordCommand(request));
      } catch (error) {
        if (isOneOf(error, WRONG_CODE)) throw invalidCode();
        if (error instanceof InvalidPasswordException) throw weakPassword();
        unavailable(error);
      }
    },
  };
}
