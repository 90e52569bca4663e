import { UnavailableError } from '../core/errors.ts';
import type { Clock } from '../core/ports.ts';
import type { UserPools } from '../core/token-ports.ts';
import { createCognitoVerifier, fetchKeySet, type UserPoolAddress } from './cognito-verifier.ts';
import { NoSuchIssuerError } from './jwt-verifier.ts';

/**
 * User pools by their ids, wherever they are.
 * @param timeout for fetching a key set, in milliseconds
 */
export const createUserPools = (addressOf: UserPoolAddress, clock: Clock, timeout?: number): UserPools => ({
  isId: (userPoolId) => addressOf(userPoolId) !== undefined,

  async exists(userPoolId) {
    const address = addressOf(userPoolId);
    if (!address) return false;
    try {
      await fetchKeySet(address.jwksUri, timeout);
      return true;
    } catch (error) {
      // Nor is there a Region of that name.
      if (error instanceof NoSuchIssuerError || (error as NodeJS.ErrnoException).code === 'ENOTFOUND') return false;
      throw new UnavailableError("the user pool's keys cannot be fetched", error);
    }
  },

  async groupsOf({ userPoolId, clientIds }, token) {
    const address = addressOf(userPoolId);
    const claims =
      address && (await createCognitoVerifier({ ...address, clientIds, clock, ...(timeout && { timeout }) })(token));
    if (!claims) return undefined;
    const groups = claims['cognito:groups'];
    return Array.isArray(groups) ? groups.map(String) : [];
  },
});
