import type { Mode } from '../contract/profile.ts';
import type { ListItems } from '../contract/schemas.ts';
import { randomBase62 } from './base62.ts';
import type { Clock, ItemRecord, ItemStore, Page, Random } from './ports.ts';
import { anyItemPosition, decodeCursor, encodeCursor } from './position.ts';
import { secondsOf } from './time.ts';

/** The sample resource: what an engineer's own operations would be. Scoped by organization and mode. */
export function createItems({ store, clock, random }: { store: ItemStore; clock: Clock; random: Random }) {
  async function create(organizationId: string, mode: Mode, content: ItemRecord['content']): Promise<ItemRecord> {
    const item = { id: `item_${randomBase62(16, random)}`, content, createdAt: secondsOf(clock) };
    await store.insertItem(organizationId, mode, item);
    return item;
  }

  async function list(organizationId: string, mode: Mode, { limit, cursor }: ListItems): Promise<Page<ItemRecord>> {
    const after = cursor === undefined ? undefined : decodeCursor(cursor, anyItemPosition);
    const { entries, next } = await store.listItems(organizationId, mode, { limit, after });
    return { entries, ...(next !== undefined && { next: encodeCursor(next) }) };
  }

  return { create, list };
}

export type Items = ReturnType<typeof createItems>;
