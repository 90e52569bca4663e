import { UnavailableError } from '../core/errors.ts';
import type { UserPools } from '../core/ports.ts';
import { createCognitoVerifier, fetchKeySet, KeySetStatusError, type UserPoolAddress } from './cognito-verifier.ts';

/** User pools by their ids, wherever they are. */
export const createUserPools = (addressOf: UserPoolAddress): UserPools => ({
  async exists(userPoolId) {
    const address = addressOf(userPoolId);
    if (!address) return false;
    try {
      await fetchKeySet(address.jwksUri);
      return true;
    } catch (error) {
      if (error instanceof KeySetStatusError && error.status < 500 && error.status !== 429) return false;
      throw new UnavailableError("the user pool's keys cannot be fetched", error);
    }
  },

  async groupsOf({ userPoolId, clientIds }, token) {
    const address = addressOf(userPoolId);
    const claims = address && (await createCognitoVerifier({ ...address, clientIds })(token));
    if (!claims) return undefined;
    const groups = claims['cognito:groups'];
    return Array.isArray(groups) ? groups.map(String) : [];
  },
});
