import type { Sample } from './profile.ts';
import { anyone, managers, type Route } from './route.ts';

/** The sample resources, which stand for an engineer's own: deployed by the sample stack as theirs are, by `protect()`. */
export const samples = {
  items: {
    createItem: { method: 'POST', path: '/api/v1/items', group: 'items', auth: anyone(['items:write']), audit: null },
    listItems: {
      method: 'GET',
      path: '/api/v1/items',
      group: 'items',
      auth: {
        principals: ['key', 'publishable-key', 'member', 'consumer', 'guest'],
        scopes: ['items:read'],
        limited: 'handler',
      },
    },
  },
  'agent-runs': {
    registerAgentRun: {
      method: 'POST',
      path: '/v1/register-agent-run',
      group: 'items',
      audit: null,
      auth: anyone(['agent-runs:write']),
    },
    listAgentRuns: { method: 'GET', path: '/v1/agent-runs', group: 'items', auth: anyone(['agent-runs:read']) },
  },
  pins: {
    createPin: { method: 'POST', path: '/pins', group: 'items', auth: anyone(['storage:write']), audit: null },
    listPins: { method: 'GET', path: '/pins', group: 'items', auth: anyone(['storage:read']) },
  },
  metering: {
    createCustomer: {
      method: 'POST',
      path: '/api/v1/customers',
      group: 'items',
      audit: null,
      auth: managers(['customers:write']),
    },
    listCustomers: { method: 'GET', path: '/api/v1/customers', group: 'items', auth: managers(['customers:read']) },
  },
} as const satisfies Record<Sample, Record<string, Route>>;
