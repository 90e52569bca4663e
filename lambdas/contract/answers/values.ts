import * as z from 'zod';

/** What occurs in many answers. */

export const time = z.iso
  .datetime()
  .describe('RFC 3339, in UTC.')
  .meta({ examples: ['2026-04-03T12:00:00Z'] });

/** @param description what is counted */
export const count = (description: string) => z.int().min(0).describe(description);

export const seconds = (description: string) => z.int().min(0).describe(description);

export const keyId = z
  .string()
  .regex(/^key_[0-9A-Za-z]{10}$/)
  .meta({ examples: ['key_dou0s9oVeV'] });

export const organizationId = z
  .string()
  .regex(/^org_[0-9A-Za-z]{16}$/)
  .meta({ examples: ['org_8kQ2mZr4TfW1xYcB'] });

export const consumerId = z
  .string()
  .regex(/^con_[0-9A-Za-z]{20}$/)
  .meta({ examples: ['con_5tGb9Yhn2UjmK7iLo0Pq'] });

/** A member's id in the user pool, before it the pool's own id for people of an organization's own pool. */
export const memberId = z
  .string()
  .min(1)
  .meta({ examples: ['476a84a1-9379-4853-bd10-ca13156f5732'] });

export const mode = z
  .enum(['live', 'test'])
  .describe("Live and test never see each other's data.")
  .meta({ id: 'Mode' });

export const scopes = z
  .array(z.string())
  .describe("What its holder may do. `*` stands for every scope that the holder's type can have.")
  .meta({ examples: [['items:read', 'items:write']] });

export const limits = z
  .object({
    perMinute: z.int().min(1).describe('Requests in one minute of UTC.'),
    perHour: z.int().min(1).describe('Requests in one hour of UTC.'),
  })
  .meta({ id: 'Limits' });

export const nextCursor = z
  .string()
  .optional()
  .describe('Send it as `cursor` to get the next page. Absent on the last one.');

/** An answer with nothing to say yet. */
export const accepted = z.object({}).describe('Always empty, whether or not anybody was meant.');
