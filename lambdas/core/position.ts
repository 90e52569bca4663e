import { invalid } from './errors.ts';
import type { EpochSeconds, ItemRecord, KeyRecord } from './ports.ts';

/**
 * Positions order the lists: every store sorts by them, and a page's cursor is one of them, encoded. They name nothing
 * of the organization, so a cursor means the same list whoever presents it: the presenter's own.
 */
const stamp = (time: EpochSeconds): string => String(time).padStart(11, '0');

/** Active keys by when they were made, then revoked ones by when that was. */
export const keyPosition = ({ createdAt, revokedAt, id }: Pick<KeyRecord, 'createdAt' | 'revokedAt' | 'id'>): string =>
  revokedAt === undefined ? `active#${stamp(createdAt)}#${id}` : revokedKeyPosition(id, revokedAt);

export const revokedKeyPosition = (id: string, revokedAt: EpochSeconds): string => `revoked#${stamp(revokedAt)}#${id}`;

export const itemPosition = ({ createdAt, id }: Pick<ItemRecord, 'createdAt' | 'id'>): string =>
  `${stamp(createdAt)}#${id}`;

export const activeKeyPosition = /^active#\d{11}#[0-9A-Za-z]{10}$/;
export const anyKeyPosition = /^(?:active|revoked)#\d{11}#[0-9A-Za-z]{10}$/;
export const anyItemPosition = /^\d{11}#item_[0-9A-Za-z]{16}$/;

export const encodeCursor = (position: string): string => Buffer.from(position).toString('base64url');

/** @throws validation_failed for what is no cursor of this list */
export function decodeCursor(cursor: string, expected: RegExp): string {
  const position = Buffer.from(cursor, 'base64url').toString();
  if (expected.test(position) && encodeCursor(position) === cursor) return position;
  throw invalid({ field: 'cursor', message: 'Not a cursor of this list' });
}
