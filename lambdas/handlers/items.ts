import * as schemas from '../contract/schemas.ts';
import type { Items } from '../core/items.ts';
import type { ItemRecord } from '../core/ports.ts';
import { toRfc3339 } from '../core/time.ts';
import { createApiFunction } from '../http/api-function.ts';
import { parseBody, parseQuery } from '../http/request.ts';
import { respondJson } from '../http/respond.ts';
import { actorOf, type HandlerOptions } from './actor.ts';

const toBody = ({ id, name, createdAt }: ItemRecord) => ({ id, name, createdAt: toRfc3339(createdAt) });

/** The sample resource. Organization and mode come with the credential, so no request can name another's. */
export const createItemsHandler = (items: Items, options: HandlerOptions) =>
  createApiFunction<'items'>(
    {
      async createItem(event) {
        const { organizationId, mode } = actorOf(event);
        const { name } = parseBody(schemas.createItem, event);
        return respondJson(201, toBody(await items.create(organizationId, mode, name)));
      },

      async listItems(event) {
        const { organizationId, mode } = actorOf(event);
        const { entries, next } = await items.list(organizationId, mode, parseQuery(schemas.listItems, event));
        return respondJson(200, { items: entries.map(toBody), ...(next && { nextCursor: next }) });
      },
    },
    options,
  );
