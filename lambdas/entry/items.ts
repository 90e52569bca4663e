import { createItemStore } from '../adapters/dynamodb/item-store.ts';
import { createItems } from '../core/items.ts';
import { createItemsHandler } from '../handlers/items.ts';
import { openTable } from './open-table.ts';
import { clock, handlerOptions, random } from './settings.ts';

export const handler = createItemsHandler(
  createItems({ clock, random, store: createItemStore(openTable()) }),
  handlerOptions,
);
