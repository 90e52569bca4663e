import * as answers from '../answers/index.ts';
import type { OperationOf } from '../routes.ts';
import * as usageSchemas from '../usage-schemas.ts';
import { answer, body, type OperationDescription, paging, query } from './description.ts';

const METER = 'What is metered.';
const CUSTOMER = "The organization's own id of its customer.";

export const usage: Readonly<Record<OperationOf<'usage'>, OperationDescription>> = {
  trackUsage: {
    tag: 'Usage',
    summary: 'Track usage',
    description: 'Counts one event. Send an `Idempotency-Key` with it, and sending it again counts it once.',
    headers: [
      {
        name: 'Idempotency-Key',
        description: 'What the caller calls this event. The same again gets the same answer; with another body, 422.',
        schema: usageSchemas.idempotencyKey,
      },
    ],
    body: body(
      'TrackUsage',
      usageSchemas.trackUsage,
      { meter_token: METER, customer_external_id: CUSTOMER, quantity: 'How much of it.' },
      { meter_token: 'meter_api_calls', customer_external_id: 'customer-4711', quantity: 1 },
    ),
    answer: answer(201, 'The event is counted.', answers.usageEvent),
    codes: ['idempotency_key_reused'],
  },
  listUsage: {
    tag: 'Usage',
    summary: 'Sum usage up',
    description: "By day, meter, customer or key. A widget token sees its own customer's alone.",
    query: query(usageSchemas.listUsage, {
      ...paging,
      from: 'The first day, in UTC. Without: 29 days before the last.',
      to: 'The last day, in UTC, at most a year after the first. Without: today.',
      by: {
        description: 'What to add up by, separated by commas.',
        schema: {
          type: 'array',
          items: { type: 'string', enum: usageSchemas.USAGE_DIMENSIONS },
          minItems: 1,
          uniqueItems: true,
          default: ['day'],
        },
      },
      meter_token: 'Of this meter alone.',
      customer_external_id: 'Of this customer alone.',
      keyId: 'Tracked with this key alone.',
      mode: 'For members: whose usage, `live` without. A key has its own.',
    }),
    answer: answer(200, 'A page of sums.', answers.usageList),
  },
  createWidgetToken: {
    tag: 'Usage',
    summary: 'Create a widget token',
    description: 'For a page that shows a customer their own usage: 15 minutes, and no more scopes than the key has.',
    body: body(
      'CreateWidgetToken',
      usageSchemas.createWidgetToken,
      {
        customer_external_id: 'The one customer whose usage it is for.',
        scopes: 'What it may do: of what the key may.',
      },
      { customer_external_id: 'customer-4711' },
    ),
    answer: answer(201, 'The token.', answers.widgetToken),
  },
};
