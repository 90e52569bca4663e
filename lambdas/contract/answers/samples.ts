import * as z from 'zod';
import { nextCursor, time } from './values.ts';

/** Of the sample resources. */

const id = z
  .string()
  .regex(/^item_[0-9A-Za-z]{16}$/)
  .meta({ examples: ['item_2bX9kLm4Qz7Rt1Vy'] });

export const item = z.object({ id, name: z.string(), createdAt: time }).meta({ id: 'Item' });
export const itemList = z.object({ items: z.array(item), nextCursor }).meta({ id: 'ItemList' });

export const agentRun = z
  .object({
    id,
    agent_id: z.string(),
    timestamp: z.iso.datetime({ offset: true }),
    system_prompt: z.string().optional(),
    created_at: time,
  })
  .meta({ id: 'AgentRun' });
export const agentRunList = z.object({ agentRuns: z.array(agentRun), nextCursor }).meta({ id: 'AgentRunList' });

export const pin = z.object({ id, cid: z.string(), name: z.string().optional(), createdAt: time }).meta({ id: 'Pin' });
export const pinList = z.object({ pins: z.array(pin), nextCursor }).meta({ id: 'PinList' });

export const customer = z
  .object({ id, external_id: z.string(), name: z.string().optional(), created_at: time })
  .meta({ id: 'Customer' });
export const customerList = z.object({ customers: z.array(customer), nextCursor }).meta({ id: 'CustomerList' });
