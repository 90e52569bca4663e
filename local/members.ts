import {
  AdminConfirmSignUpCommand,
  AdminUpdateUserAttributesCommand,
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
  NotAuthorizedException,
  SignUpCommand,
  UserNotConfirmedException,
  UserNotFoundException,
} from '@aws-sdk/client-cognito-identity-provider';
import { createCognitoIdentities, type IdentityClients } from '../lambdas/adapters/cognito-identities.ts';
import { UnavailableError } from '../lambdas/core/errors.ts';
import type { IdentityProvider } from '../lambdas/core/session-ports.ts';
import type { ServiceConfig } from '../lambdas/handlers/service.ts';
import { localCredentials } from './database.ts';

export interface Login {
  readonly email: string;
  readonly password: string;
}

/** Who can try the local stack without signing up. */
export const demoMember: Login = { email: 'demo@example.com', password: 'Latchkey-demo-1' };

/** Whether a stack runs on this machine by `npm start`, where anybody may do anything. */
export const isLocal = ({ cognitoEndpoint }: ServiceConfig): boolean => cognitoEndpoint.startsWith('http://localhost:');

export const connect = (config: ServiceConfig): CognitoIdentityProviderClient =>
  new CognitoIdentityProviderClient({
    endpoint: config.cognitoEndpoint,
    region: config.region,
    ...(isLocal(config) && { credentials: localCredentials }),
  });

/** A Cognito access token. Needs no AWS credentials, on whatever stack. */
export async function signIn(config: ServiceConfig, { email, password }: Login): Promise<string> {
  const { AuthenticationResult } = await connect(config).send(
    new InitiateAuthCommand({
      ClientId: config.clientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: email, PASSWORD: password },
    }),
  );
  if (!AuthenticationResult?.AccessToken) throw new Error('The user pool asks for more than a password');
  return AuthenticationResult.AccessToken;
}

async function markVerified(
  client: CognitoIdentityProviderClient,
  config: ServiceConfig,
  email: string,
): Promise<void> {
  const user = { UserPoolId: config.userPoolId, Username: email };
  const UserAttributes = [
    { Name: 'email', Value: email },
    { Name: 'email_verified', Value: 'true' },
  ];
  await client.send(new AdminUpdateUserAttributesCommand({ ...user, UserAttributes }));
}

/** The people of the pool on this machine, which forgets to note what a confirmed address is: verified. */
export function createLocalIdentities(clients: IdentityClients, config: ServiceConfig): IdentityProvider {
  const identities = createCognitoIdentities(clients, config);
  return {
    ...identities,
    async confirmSignUp(email, code, subject) {
      await identities.confirmSignUp(email, code, subject);
      await markVerified(clients.client, config, email).catch((cause: unknown) => {
        throw new UnavailableError('the user pool cannot be asked', cause);
      });
    },
  };
}

/**
 * A Cognito access token of a member who is made where there is none: for the local stack, where anybody may confirm
 * anybody.
 */
export async function signInOrUp(config: ServiceConfig, { email, password }: Login): Promise<string> {
  const client = connect(config);
  const confirm = async () => {
    await client.send(new AdminConfirmSignUpCommand({ UserPoolId: config.userPoolId, Username: email }));
    await markVerified(client, config, email);
  };
  try {
    return await signIn(config, { email, password });
  } catch (error) {
    if (error instanceof UserNotConfirmedException) {
      await confirm();
    } else if (error instanceof NotAuthorizedException || error instanceof UserNotFoundException) {
      const UserAttributes = [{ Name: 'email', Value: email }];
      await client.send(
        new SignUpCommand({ ClientId: config.clientId, Username: email, Password: password, UserAttributes }),
      );
      await confirm();
    } else {
      throw error;
    }
  }
  return signIn(config, { email, password });
}
