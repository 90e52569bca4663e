import * as z from 'zod';
import { isUnique, page, scopes } from './schemas.ts';

/** Bodies and queries about usage, and about who changed what. */

/** Half of a character is kept by nobody. */
const name = z
  .string()
  .min(1)
  .max(200)
  .refine((text) => text.isWellFormed(), 'Not well-formed text');

export const trackUsage = z.strictObject({
  meter_token: name,
  customer_external_id: name,
  /** What is added up is exact: see how DynamoDB keeps numbers. */
  quantity: z
    .number()
    .min(0)
    .max(1e12)
    .refine((value) => Number(value.toFixed(6)) === value, 'At most six decimal places'),
});

/** What the caller calls this one event, so that sending it again does not count it again. */
export const idempotencyKey = z.string().regex(/^[\x21-\x7e]{1,200}$/, 'Not 1 to 200 visible characters');

const day = z.iso.date().refine((text) => text >= '2000' && text < '3000', 'Not a day of this millennium');
/** What usage is added up by. */
export const USAGE_DIMENSIONS = ['day', 'meter', 'customer', 'key'] as const;

export const listUsage = z.strictObject({
  ...page,
  /** The first and the last day, in UTC. */
  from: day.optional(),
  to: day.optional(),
  by: z
    .string()
    .default('day')
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(USAGE_DIMENSIONS)).min(1).refine(isUnique, 'A dimension is listed twice')),
  meter_token: name.optional(),
  customer_external_id: name.optional(),
  keyId: z.string().min(1).max(50).optional(),
  mode: z.enum(['live', 'test']).optional(),
});
export type ListUsage = z.output<typeof listUsage>;

export const createWidgetToken = z.strictObject({
  /** Whose widget it is: the token is for this customer's usage alone. */
  customer_external_id: name,
  scopes: scopes.optional(),
});
export type CreateWidgetToken = z.output<typeof createWidgetToken>;

const time = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

export const listAuditEvents = z.strictObject({
  ...page,
  from: time.optional(),
  to: time.optional(),
  action: z
    .string()
    .regex(/^[a-z_]{1,40}\.[a-z_]{1,40}$/, 'Not an action, such as key.create')
    .optional(),
  /** `key_…`, a member's id, or `operator`. */
  actor: z.string().min(1).max(200).optional(),
  target: z.string().min(1).max(200).optional(),
  outcome: z.enum(['succeeded', 'failed', 'unknown']).optional(),
});
export type ListAuditEvents = z.output<typeof listAuditEvents>;
