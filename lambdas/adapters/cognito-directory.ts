import { type CognitoIdentityProviderClient, ListUsersCommand } from '@aws-sdk/client-cognito-identity-provider';
import { UnavailableError } from '../core/errors.ts';
import type { Clock, Directory } from '../core/ports.ts';
import { Recent } from '../core/recent.ts';

const SUBJECT = /^[\w-]+$/;

/** For how long an address is believed, in milliseconds: AWS answers 30 such questions a second, for all together. */
const KNOWN_FOR = 5 * 60_000;

/** The people of the deployment's own user pool. */
export function createCognitoDirectory(
  client: CognitoIdentityProviderClient,
  userPoolId: string,
  clock: Clock,
): Directory {
  const known = new Recent<string, { readonly email: string; readonly until: number }>(1_000);

  async function ask(subject: string): Promise<string | undefined> {
    const { Users: [user] = [] } = await client
      .send(new ListUsersCommand({ UserPoolId: userPoolId, Filter: `sub = "${subject}"`, Limit: 1 }))
      .catch((cause: unknown) => {
        throw new UnavailableError('the user pool cannot be asked', cause);
      });
    const attributes = new Map(user?.Attributes?.map(({ Name, Value }) => [Name, Value]));
    return attributes.get('email_verified') === 'true' ? attributes.get('email') : undefined;
  }

  return {
    async emailOf(subject) {
      const seen = known.get(subject);
      if (seen && seen.until > clock.now()) return seen.email;
      // What is no subject of this pool would be read as a filter.
      const email = SUBJECT.test(subject) ? await ask(subject) : undefined;
      if (email !== undefined) known.set(subject, { email, until: clock.now() + KNOWN_FOR });
      return email;
    },
  };
}
