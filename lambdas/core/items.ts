import type { ListItems } from '../contract/schemas.ts';
import { randomBase62 } from './base62.ts';
import type { Clock, ItemRecord, ItemStore, Page, Random, Shelf } from './ports.ts';
import { anyItemPosition, decodeCursor, encodeCursor } from './position.ts';
import { secondsOf } from './time.ts';

/** The sample resource: what an engineer's own operations would be. */
export function createItems({ store, clock, random }: { store: ItemStore; clock: Clock; random: Random }) {
  async function create(shelf: Shelf, content: ItemRecord['content']): Promise<ItemRecord> {
    const item = { id: `item_${randomBase62(16, random)}`, content, createdAt: secondsOf(clock) };
    await store.insertItem(shelf, item);
    return item;
  }

  async function list(shelf: Shelf, { limit, cursor }: ListItems): Promise<Page<ItemRecord>> {
    const after = cursor === undefined ? undefined : decodeCursor(cursor, anyItemPosition);
    const { entries, next } = await store.listItems(shelf, { limit, after });
    return { entries, ...(next !== undefined && { next: encodeCursor(next) }) };
  }

  return { create, list };
}

export type Items = ReturnType<typeof createItems>;
