import * as z from 'zod';
import { count, keyId, limits, mode, nextCursor, scopes, time } from './values.ts';

const { shape } = z.object({
  keyPrefix: z.string().describe('How the key begins: enough to tell it from others, and no part of its secret.'),
  label: z.string().describe('What its maker called it.'),
  isActive: z.boolean().describe('False once it is revoked or has expired, for good.'),
  type: z.enum(['secret', 'publishable', 'restricted', 'admin']).meta({ id: 'KeyType' }),
  format: z
    .enum(['opaque', 'jwt'])
    .describe('A key that is a `jwt` can be verified by anybody with the public key set.')
    .meta({ id: 'KeyFormat' }),
  mode,
  scopes,
  tier: z
    .enum(['development', 'production', 'custom'])
    .describe("The tier whose limits the key has; `custom` where it is no tier's."),
  limits,
  spent: z
    .object({
      minute: count('In the current minute of UTC.'),
      hour: count('In the current hour of UTC.'),
    })
    .describe('Requests that were charged to the key.'),
  allowedCidrs: z
    .array(z.string())
    .optional()
    .describe('Networks that the key works from. Absent: any.')
    .meta({ examples: [['192.0.2.0/24', '2001:db8::/32']] }),
  allowedOrigins: z
    .array(z.string())
    .optional()
    .describe('Origins that a publishable key works from. Absent: any.')
    .meta({ examples: [['https://shop.example.com']] }),
  createdAt: time,
  createdBy: z.string().describe('The member or the admin key that made it.'),
  expiresAt: time.optional().describe('Absent: it has no end.'),
  lastUsedAt: time.optional().describe('Absent: it was never used.'),
  revokedAt: time.optional(),
  replaces: keyId.optional().describe('The key that this one took over from.'),
  replacedBy: keyId.optional().describe('The key that took over from this one.'),
});

export const key = z
  .object({ keyId, ...shape })
  .describe('An API key. Its plain value was in the answer that made it, and is nowhere else.')
  .meta({ id: 'Key' });

export const issuedKey = z
  .object({
    keyId,
    apiKey: z.string().describe('The key itself, shown this once. Keep it: it cannot be had again.'),
    ...shape,
  })
  .describe('An API key that was just made.')
  .meta({ id: 'IssuedKey' });

export const keyList = z.object({ keys: z.array(key), nextCursor }).meta({ id: 'KeyList' });

export const grantedAppKey = z
  .object({
    redirect: z
      .string()
      .describe("Where to send the browser: the app's redirect target with the key, and its `state`, in the query."),
  })
  .meta({ id: 'GrantedAppKey' });
