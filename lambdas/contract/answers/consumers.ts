import * as z from 'zod';
import { consumerId, mode, nextCursor, seconds, time } from './values.ts';

const { shape } = z.object({
  id: consumerId,
  isGuest: z.boolean().describe('Whether nothing is known of them but this session.'),
  email: z.email().optional(),
  phone: z
    .string()
    .optional()
    .describe('In E.164.')
    .meta({ examples: ['+12015550123'] }),
  externalId: z.string().optional().describe("The organization's own id of them."),
});

export const consumerProfile = z
  .object(shape)
  .describe('A consumer, as they see themselves.')
  .meta({ id: 'ConsumerProfile' });

export const consumerTokens = z
  .object({
    accessToken: z.string().describe("A JWT by the deployment's issuer. Send it as a bearer token."),
    refreshToken: z.string().describe('For the next tokens, once. Used twice, it ends the session.'),
    expiresIn: seconds('How long the access token lasts, in seconds.'),
    consumer: consumerProfile,
  })
  .meta({ id: 'ConsumerTokens' });

export const exchangeCode = z
  .object({
    code: z.string().describe("For the consumer's browser, once."),
    expiresIn: seconds('For how long it is good, in seconds.'),
  })
  .meta({ id: 'ExchangeCode' });

export const consumer = z
  .object({
    ...shape,
    mode,
    isDisabled: z.boolean(),
    attributes: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
      .describe('What the organization has noted of them.'),
    createdAt: time,
  })
  .describe('A consumer, as their organization sees them.')
  .meta({ id: 'Consumer' });

export const consumerList = z.object({ consumers: z.array(consumer), nextCursor }).meta({ id: 'ConsumerList' });
