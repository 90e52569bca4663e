import * as schemas from '../contract/schemas.ts';
import type { Organizations } from '../core/organizations.ts';
import type { OrganizationRecord } from '../core/ports.ts';
import { toRfc3339 } from '../core/time.ts';
import { createApiFunction } from '../http/api-function.ts';
import { parseBody } from '../http/request.ts';
import { respondJson } from '../http/respond.ts';
import { principalOf } from '../http/with-auth.ts';
import { actorOf, type HandlerOptions } from './actor.ts';

const toBody = ({ id, name, createdAt }: OrganizationRecord, role: string | undefined) => ({
  id,
  name,
  ...(role && { role }),
  createdAt: toRfc3339(createdAt),
});

export const createOrganizationHandler = (organizations: Organizations, options: HandlerOptions) =>
  createApiFunction<'organization'>(
    {
      async createOrganization(event) {
        const { name } = parseBody(schemas.createOrganization, event);
        return respondJson(201, toBody(await organizations.create(principalOf(event).id, name), 'owner'));
      },

      async getOrganization(event) {
        const { organizationId } = actorOf(event);
        return respondJson(200, toBody(await organizations.get(organizationId), principalOf(event).role));
      },
    },
    options,
  );
