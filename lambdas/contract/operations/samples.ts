import * as answers from '../answers/index.ts';
import type { OperationOf } from '../routes.ts';
import * as schemas from '../schemas.ts';
import { answer, body, type OperationDescription, paging, query } from './description.ts';

const pages = query(schemas.listItems, paging);

/** The sample resources. */
export const samples: Readonly<Record<OperationOf<'items'>, OperationDescription>> = {
  createItem: {
    tag: 'Sample resource',
    summary: 'Create an item',
    body: body('CreateItem', schemas.createItem, { name: 'What it is called.' }, { name: 'a box' }),
    answer: answer(201, 'The item.', answers.item),
  },
  listItems: {
    tag: 'Sample resource',
    summary: 'List items',
    query: pages,
    answer: answer(200, 'A page of items, oldest first.', answers.itemList),
  },
  registerAgentRun: {
    tag: 'Sample resource',
    summary: 'Register an agent run',
    body: body(
      'RegisterAgentRun',
      schemas.registerAgentRun,
      { agent_id: 'Which agent ran.', timestamp: 'When, RFC 3339.', system_prompt: 'What it was told.' },
      { agent_id: 'agent_123', timestamp: '2026-04-03T12:00:00Z' },
    ),
    answer: answer(201, 'The agent run.', answers.agentRun),
  },
  listAgentRuns: {
    tag: 'Sample resource',
    summary: 'List agent runs',
    query: pages,
    answer: answer(200, 'A page of agent runs, oldest first.', answers.agentRunList),
  },
  createPin: {
    tag: 'Sample resource',
    summary: 'Create a pin',
    body: body(
      'CreatePin',
      schemas.createPin,
      { cid: 'A CID, of either version.', name: 'What it is called.' },
      { cid: 'QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG' },
    ),
    answer: answer(201, 'The pin.', answers.pin),
  },
  listPins: {
    tag: 'Sample resource',
    summary: 'List pins',
    query: pages,
    answer: answer(200, 'A page of pins, oldest first.', answers.pinList),
  },
  createCustomer: {
    tag: 'Sample resource',
    summary: 'Create a customer',
    body: body(
      'CreateCustomer',
      schemas.createCustomer,
      { external_id: "The organization's own id of them.", name: 'What they are called.' },
      { external_id: 'customer-4711', name: 'Ada' },
    ),
    answer: answer(201, 'The customer.', answers.customer),
  },
  listCustomers: {
    tag: 'Sample resource',
    summary: 'List customers',
    query: pages,
    answer: answer(200, 'A page of customers, oldest first.', answers.customerList),
  },
};
