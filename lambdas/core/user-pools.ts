import type { RegisterUserPool } from '../contract/schemas.ts';
import { type Actor, holderOf } from './authority.ts';
import { ApiError, invalid } from './errors.ts';
import { ALL_SCOPES, holdsAll } from './grants.ts';
import type { Clock } from './ports.ts';
import { secondsOf } from './time.ts';
import type { UserPoolRecord, UserPoolStore, UserPools } from './token-ports.ts';

export interface UserPoolDependencies {
  readonly store: UserPoolStore;
  readonly userPools: UserPools;
  /** The deployment's own pool, which is nobody's to register. */
  readonly ownPoolId: string;
  /** What the scopes of a member may be. */
  readonly memberScopes: ReadonlySet<string>;
  readonly clock: Clock;
}

/** User pools of one organization, as many as it can look over. */
const QUOTA = 20;

/** User pools that organizations bring with them. */
export function createUserPoolRegistry(dependencies: UserPoolDependencies) {
  const { store, userPools, ownPoolId, memberScopes, clock } = dependencies;

  const list = ({ organizationId }: Actor): Promise<readonly UserPoolRecord[]> => store.listUserPools(organizationId);

  /**
   * Registers a pool for the actor's organization, or changes its registration. A pool that is another organization's
   * moves only with a proof: a token of it whose subject is in the group that is named by this organization's id. A
   * group is what the pool's administrator alone can make; to be one of its users proves nothing where anybody can
   * sign up.
   * @throws validation_failed, insufficient_permissions, quota_exceeded, user_pool_taken
   */
  async function register(actor: Actor, userPoolId: string, input: RegisterUserPool): Promise<UserPoolRecord> {
    const { clientIds, scopes, proof } = input;
    const { organizationId } = actor;
    checkScopes(actor, scopes);
    if (userPoolId === ownPoolId || !(await userPools.exists(userPoolId))) {
      throw invalid({ field: 'userPoolId', message: 'There is no such user pool that could be yours' });
    }
    await checkQuota(actor, userPoolId);
    const registeredAt = secondsOf(clock);
    const pool = { userPoolId, organizationId, status: 'active', clientIds, scopes, registeredAt } as const;
    if (await store.putUserPool(pool)) return pool;

    if (proof === undefined) throw taken(organizationId);
    const groups = await userPools.groupsOf(pool, proof);
    if (!groups?.includes(organizationId)) {
      const message = `Not a token of this pool for one of the clients, of a person in its group ${organizationId}`;
      throw invalid({ field: 'proof', message });
    }
    const holder = await store.getUserPool(userPoolId);
    if (await store.putUserPool(pool, holder?.organizationId)) return pool;
    throw taken(organizationId);
  }

  /**
   * Ends a registration. The pool stays out of other organizations' reach, but for proof: its people may still sign in.
   * Saying so again is no error.
   * @throws not_found
   */
  async function remove({ organizationId }: Actor, userPoolId: string): Promise<void> {
    if (userPools.isId(userPoolId) && (await store.removeUserPool(organizationId, userPoolId))) return;
    throw new ApiError('not_found', 'Your organization has not registered this user pool.');
  }

  async function checkQuota(actor: Actor, userPoolId: string): Promise<void> {
    const pools = await list(actor);
    if (pools.length < QUOTA || pools.some((pool) => pool.userPoolId === userPoolId)) return;
    throw new ApiError('quota_exceeded', `An organization has at most ${QUOTA} user pools.`);
  }

  function checkScopes(actor: Actor, scopes: readonly string[]): void {
    const unknown = scopes.flatMap((scope, index) =>
      scope === ALL_SCOPES || memberScopes.has(scope) ? [] : [{ field: `scopes.${index}`, message: 'Unknown scope' }],
    );
    if (unknown.length > 0) throw invalid(...unknown);
    if (!holdsAll(holderOf(actor), scopes)) {
      throw new ApiError('insufficient_permissions', 'You cannot give a user pool scopes that you do not have.');
    }
  }

  return { list, register, remove };
}

export type UserPoolRegistry = ReturnType<typeof createUserPoolRegistry>;

const taken = (organizationId: string) =>
  new ApiError(
    'user_pool_taken',
    'Another organization has registered this user pool. If it is yours, send as proof a token of it, of a person in ' +
      `a group of the pool that is named ${organizationId}.`,
  );
