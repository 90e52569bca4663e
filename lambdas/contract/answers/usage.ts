import * as z from 'zod';
import { count, nextCursor, scopes, seconds, time } from './values.ts';

export const usageEvent = z
  .object({
    meter_token: z.string(),
    customer_external_id: z.string(),
    quantity: z.number(),
    created_at: time,
  })
  .describe('Usage that was counted.')
  .meta({ id: 'UsageEvent' });

export const usageList = z
  .object({
    from: z.iso.date().describe('The first day, in UTC.'),
    to: z.iso.date().describe('The last day, in UTC.'),
    usage: z.array(
      z
        .object({
          day: z.iso.date().optional(),
          meter_token: z.string().optional(),
          customer_external_id: z.string().optional(),
          keyId: z.string().optional(),
          quantity: z.number(),
          events: count('How many events were added up.'),
        })
        .describe('Has of the dimensions those that were asked for in `by`.')
        .meta({ id: 'UsageSum' }),
    ),
    nextCursor,
  })
  .describe('Sums, in ascending order of what they are added up by.')
  .meta({ id: 'UsageList' });

export const widgetToken = z
  .object({
    token: z.string().describe("A JWT by the deployment's issuer. Send it as a bearer token."),
    expiresIn: seconds('How long it lasts, in seconds.'),
    scopes,
    customer_external_id: z.string().describe('The one customer whose usage it is for.'),
  })
  .meta({ id: 'WidgetToken' });
