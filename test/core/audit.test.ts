import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { listAuditEvents } from '../../lambdas/contract/usage-schemas.ts';
import { type AuditEntry, createAudit } from '../../lambdas/core/audit.ts';
import { ApiError, UnavailableError } from '../../lambdas/core/errors.ts';
import { createMemoryAudit } from '../stores/memory-audit.ts';

const ENTRY: AuditEntry = {
  organizationId: 'org_1',
  mode: 'live',
  action: 'key.revoke',
  actor: { type: 'member', id: 'somebody', role: 'owner' },
  target: 'key_0123456789',
};

function setUp() {
  const store = createMemoryAudit();
  const audit = createAudit({ store, clock: { now: () => Date.UTC(2026, 3, 3) }, random: randomBytes });
  const outcomes = async () => {
    const { entries } = await audit.list('org_1', listAuditEvents.parse({}));
    return entries.map(({ outcome, code }) => [outcome, code]);
  };
  return { store, audit, outcomes };
}

describe('the audit log', () => {
  it('has an event before its effect', async () => {
    const { audit, outcomes } = setUp();
    let before: unknown;
    await audit.record(ENTRY, async () => {
      before = await outcomes();
    });
    expect(before).toEqual([['unknown', undefined]]);
    expect(await outcomes()).toEqual([['succeeded', undefined]]);
  });

  it('lets nothing happen that it cannot write', async () => {
    const { store, audit } = setUp();
    store.insertAuditEvent = async () => {
      throw new UnavailableError('the store is away');
    };
    let done = false;
    const recorded = audit.record(ENTRY, async () => {
      done = true;
    });
    await expect(recorded).rejects.toMatchObject({ code: 'unavailable' });
    expect(done).toBe(false);
  });

  it('says how it went: refused, or not known where the store did not answer', async () => {
    const { audit, outcomes } = setUp();
    for (const error of [
      new ApiError('not_found', 'There is no such key.'),
      new UnavailableError('the store is away'),
      new Error('dead'),
    ]) {
      await expect(audit.record(ENTRY, () => Promise.reject(error))).rejects.toBe(error);
    }
    expect((await outcomes()).toSorted()).toEqual([
      ['failed', 'not_found'],
      ['unknown', undefined],
      ['unknown', undefined],
    ]);
  });

  it('takes nothing back because its end was not written', async () => {
    const { store, audit, outcomes } = setUp();
    store.endAuditEvent = async () => {
      throw new UnavailableError('the store is away');
    };
    expect(await audit.record(ENTRY, async () => 'done')).toBe('done');
    expect(await outcomes()).toEqual([['unknown', undefined]]);
  });
});
