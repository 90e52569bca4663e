import type * as z from 'zod';
import * as schemas from '../contract/schemas.ts';
import type { Items } from '../core/items.ts';
import type { ItemRecord, Shelf } from '../core/ports.ts';
import { toRfc3339 } from '../core/time.ts';
import { createApiFunction, type OperationHandler } from '../http/api-function.ts';
import { parseBody, parseQuery } from '../http/request.ts';
import { respondJson } from '../http/respond.ts';
import { principalOf } from '../http/with-auth.ts';
import type { HandlerOptions } from './actor.ts';

/** One kind of sample resource: what is sent, how it is shown, and what a list of it is called. */
interface Kind {
  readonly schema: z.ZodType<ItemRecord['content']>;
  readonly createdAt: 'createdAt' | 'created_at';
  readonly plural: string;
}

const items: Kind = { schema: schemas.createItem, createdAt: 'createdAt', plural: 'items' };
const agentRuns: Kind = { schema: schemas.registerAgentRun, createdAt: 'created_at', plural: 'agentRuns' };
const pins: Kind = { schema: schemas.createPin, createdAt: 'createdAt', plural: 'pins' };
const customers: Kind = { schema: schemas.createCustomer, createdAt: 'created_at', plural: 'customers' };

/** The sample resources. Organization and mode come with the credential, so no request can name another's. */
export function createItemsHandler(store: Items, options: HandlerOptions) {
  const shelfOf = (event: Parameters<OperationHandler>[0], { plural }: Kind): Shelf => {
    const { organizationId, mode } = principalOf(event);
    if (organizationId === undefined) throw new Error('The route is open to somebody without an organization');
    return { organizationId, mode, kind: plural };
  };
  const show = ({ id, content, createdAt }: ItemRecord, kind: Kind) => ({
    id,
    ...content,
    [kind.createdAt]: toRfc3339(createdAt),
  });

  const create =
    (kind: Kind): OperationHandler =>
    async (event) =>
      respondJson(201, show(await store.create(shelfOf(event, kind), parseBody(kind.schema, event)), kind));

  const list =
    (kind: Kind): OperationHandler =>
    async (event) => {
      const { entries, next } = await store.list(shelfOf(event, kind), parseQuery(schemas.listItems, event));
      return respondJson(200, {
        [kind.plural]: entries.map((item) => show(item, kind)),
        ...(next && { nextCursor: next }),
      });
    };

  return createApiFunction<'items'>(
    {
      createItem: create(items),
      listItems: list(items),
      registerAgentRun: create(agentRuns),
      listAgentRuns: list(agentRuns),
      createPin: create(pins),
      listPins: list(pins),
      createCustomer: create(customers),
      listCustomers: list(customers),
    },
    options,
  );
}
