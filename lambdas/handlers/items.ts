import * as schemas from '../contract/schemas.ts';
import type { Items } from '../core/items.ts';
import type { ItemRecord } from '../core/ports.ts';
import { toRfc3339 } from '../core/time.ts';
import { createApiFunction, type OperationHandler } from '../http/api-function.ts';
import { parseBody, parseQuery } from '../http/request.ts';
import { respondJson } from '../http/respond.ts';
import { actorOf, type HandlerOptions } from './actor.ts';

type Render = (item: ItemRecord) => unknown;

const toItem: Render = ({ id, content, createdAt }) => ({ id, ...content, createdAt: toRfc3339(createdAt) });
const toAgentRun: Render = ({ id, content, createdAt }) => ({ id, ...content, created_at: toRfc3339(createdAt) });

/** The sample resources. Organization and mode come with the credential, so no request can name another's. */
export function createItemsHandler(items: Items, options: HandlerOptions) {
  const create =
    (schema: typeof schemas.createItem | typeof schemas.registerAgentRun, render: Render): OperationHandler =>
    async (event) => {
      const { organizationId, mode } = actorOf(event);
      return respondJson(201, render(await items.create(organizationId, mode, parseBody(schema, event))));
    };

  const list =
    (plural: string, render: Render): OperationHandler =>
    async (event) => {
      const { organizationId, mode } = actorOf(event);
      const { entries, next } = await items.list(organizationId, mode, parseQuery(schemas.listItems, event));
      return respondJson(200, { [plural]: entries.map(render), ...(next && { nextCursor: next }) });
    };

  return createApiFunction<'items'>(
    {
      createItem: create(schemas.createItem, toItem),
      listItems: list('items', toItem),
      registerAgentRun: create(schemas.registerAgentRun, toAgentRun),
      listAgentRuns: list('agentRuns', toAgentRun),
    },
    options,
  );
}
