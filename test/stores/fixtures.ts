import { randomBytes } from 'node:crypto';
import { randomBase62 } from '../../lambdas/core/base62.ts';
import type { KeyRecord, Spend } from '../../lambdas/core/ports.ts';
import { windowsAt } from '../../lambdas/core/windows.ts';
import type { Stores } from './memory-store.ts';

/** A store engine while it is tested. */
export interface Engine {
  readonly stores: Stores;
  /** Inserts a new key. */
  insert(fields?: Partial<KeyRecord>): Promise<KeyRecord>;
}

/** 2026-04-03T12:00:30Z: half a minute from either end of a window. */
export const NOW = 1_775_217_630;
export const LIMITS = { perMinute: 5, perHour: 8 };

export const id = (length: number) => randomBase62(length, randomBytes);
export const newOrganization = () => `org_${id(16)}`;

export function newKey(fields: Partial<KeyRecord> = {}): KeyRecord {
  return {
    id: id(10),
    organizationId: newOrganization(),
    status: 'active',
    type: 'secret',
    format: 'opaque',
    mode: 'live',
    label: 'a key',
    keyPrefix: 'fpk_live_abc',
    secretHash: id(43),
    scopes: ['*'],
    limits: LIMITS,
    createdAt: NOW - 1_000,
    createdBy: 'somebody',
    version: 1,
    ...fields,
  };
}

export const spendKey = (key: KeyRecord, now = NOW, fields: Partial<Spend> = {}): Spend =>
  ({
    type: 'key',
    id: key.id,
    secretHash: key.secretHash,
    now,
    windows: windowsAt(now),
    stale: [],
    ...fields,
  }) as Spend;

export const spendMember = (subject: string, now = NOW, signedInAt = NOW - 60): Spend => ({
  type: 'member',
  signedInAt,
  id: subject,
  limits: LIMITS,
  now,
  windows: windowsAt(now),
  stale: [],
});
