import { type CognitoIdentityProviderClient, ListUsersCommand } from '@aws-sdk/client-cognito-identity-provider';
import { UnavailableError } from '../core/errors.ts';
import type { Directory } from '../core/ports.ts';

const SUBJECT = /^[\w-]+$/;

/** The people of the deployment's own user pool. */
export const createCognitoDirectory = (client: CognitoIdentityProviderClient, userPoolId: string): Directory => ({
  async emailOf(subject) {
    // What is no subject of this pool would be read as a filter.
    if (!SUBJECT.test(subject)) return undefined;
    const { Users: [user] = [] } = await client
      .send(new ListUsersCommand({ UserPoolId: userPoolId, Filter: `sub = "${subject}"`, Limit: 1 }))
      .catch((cause: unknown) => {
        throw new UnavailableError('the user pool cannot be asked', cause);
      });
    const attributes = new Map(user?.Attributes?.map(({ Name, Value }) => [Name, Value]));
    return attributes.get('email_verified') === 'true' ? attributes.get('email') : undefined;
  },
});
