import { createSessionStore } from '../adapters/dynamodb/session-store.ts';
import { createSessionEnder } from '../core/session-ender.ts';
import { createPasswordResetHandler } from '../handlers/password-reset.ts';
import { openTable } from './open-table.ts';
import { clock, profile } from './settings.ts';

export const handler = createPasswordResetHandler(
  createSessionEnder({ profile, clock, store: createSessionStore(openTable()) }),
);
