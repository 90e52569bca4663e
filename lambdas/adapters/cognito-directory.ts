import { type CognitoIdentityProviderClient, ListUsersCommand } from '@aws-sdk/client-cognito-identity-provider';
import { UnavailableError } from '../core/errors.ts';
import type { Clock } from '../core/ports.ts';
import { Recent } from '../core/recent.ts';
import type { Directory } from '../core/session-ports.ts';
import { checkAnswers } from './check-answers.ts';

const SUBJECT = /^[\w-]+$/;

/** For how long an address is believed, in milliseconds: AWS answers 30 such questions a second, for all together. */
const KNOWN_FOR = 5 * 60_000;

type Email = NonNullable<Awaited<ReturnType<Directory['emailOf']>>>;

/** The people of the deployment's own user pool. */
export function createCognitoDirectory(
  client: CognitoIdentityProviderClient,
  userPoolId: string,
  clock: Clock,
): Directory {
  checkAnswers(client);
  const known = new Recent<string, { readonly email: Email; readonly until: number }>(1_000);

  /** Of several with one address, the one who has a password: the others sign in with Google. */
  async function find(Filter: string) {
    const request = { UserPoolId: userPoolId, Filter };
    const { Users } = await client.send(new ListUsersCommand(request)).catch((cause: unknown) => {
      throw new UnavailableError('the user pool cannot be asked', cause);
    });
    if (!Users) throw new UnavailableError('the user pool cannot be asked', new Error('No list of people came'));
    const user = Users.find(({ UserStatus }) => UserStatus !== 'EXTERNAL_PROVIDER') ?? Users[0];
    return user && new Map(user.Attributes?.map(({ Name, Value }) => [Name, Value]));
  }

  async function ask(subject: string): Promise<Email | undefined> {
    const attributes = await find(`sub = "${subject}"`);
    const address = attributes?.get('email');
    return address === undefined ? undefined : { address, verified: attributes?.get('email_verified') === 'true' };
  }

  return {
    async emailOf(subject) {
      const seen = known.get(subject);
      if (seen && seen.until > clock.now()) return seen.email;
      // What is no subject of this pool would be read as a filter.
      const email = SUBJECT.test(subject) ? await ask(subject) : undefined;
      if (email?.verified) known.set(subject, { email, until: clock.now() + KNOWN_FOR });
      return email;
    },

    // Nor is an address that would be read as more than one.
    subjectOf: async (email) => (/["\\]/.test(email) ? undefined : (await find(`email = "${email}"`))?.get('sub')),
  };
}
