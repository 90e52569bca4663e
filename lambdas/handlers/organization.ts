import * as schemas from '../contract/schemas.ts';
import type { Organizations } from '../core/organizations.ts';
import type { OrganizationRecord } from '../core/ports.ts';
import { toRfc3339 } from '../core/time.ts';
import type { UserPoolRecord } from '../core/token-ports.ts';
import type { UserPoolRegistry } from '../core/user-pools.ts';
import { createApiFunction } from '../http/api-function.ts';
import { parseBody, pathParameter } from '../http/request.ts';
import { respondEmpty, respondJson } from '../http/respond.ts';
import { principalOf } from '../http/with-auth.ts';
import { actorOf, type HandlerOptions } from './actor.ts';

const toBody = ({ id, name, createdAt }: OrganizationRecord, role: string | undefined) => ({
  id,
  name,
  ...(role && { role }),
  createdAt: toRfc3339(createdAt),
});

const toUserPool = ({ userPoolId, clientIds, scopes, registeredAt }: UserPoolRecord) => ({
  userPoolId,
  clientIds,
  scopes,
  registeredAt: toRfc3339(registeredAt),
});

export const createOrganizationHandler = (
  organizations: Organizations,
  userPools: UserPoolRegistry,
  options: HandlerOptions,
) =>
  createApiFunction<'organization'>(
    {
      async createOrganization(event) {
        const { name } = parseBody(schemas.createOrganization, event);
        return respondJson(201, toBody(await organizations.create(principalOf(event), name), 'owner'));
      },

      async getOrganization(event) {
        const { organizationId } = actorOf(event);
        return respondJson(200, toBody(await organizations.get(organizationId), principalOf(event).role));
      },

      async listUserPools(event) {
        const pools = await userPools.list(actorOf(event));
        return respondJson(200, { userPools: pools.map(toUserPool) });
      },

      async registerUserPool(event) {
        const registration = parseBody(schemas.registerUserPool, event);
        const pool = await userPools.register(actorOf(event), pathParameter(event, 'userPoolId'), registration);
        return respondJson(200, toUserPool(pool));
      },

      async removeUserPool(event) {
        await userPools.remove(actorOf(event), pathParameter(event, 'userPoolId'));
        return respondEmpty();
      },
    },
    options,
  );
