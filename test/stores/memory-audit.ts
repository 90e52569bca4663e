import { type AuditRecord, type AuditStore, auditPosition } from '../../lambdas/core/audit.ts';
import type { Page, PageRequest } from '../../lambdas/core/ports.ts';

/** The audit log, in one process's memory. */
export function createMemoryAudit(): AuditStore {
  const events = new Map<string, AuditRecord>();

  return {
    async insertAuditEvent(event) {
      events.set(auditPosition(event), event);
    },

    async endAuditEvent(event, end) {
      const known = events.get(auditPosition(event));
      if (known?.outcome === 'unknown') events.set(auditPosition(event), { ...known, ...end });
    },

    async listAuditEvents(organizationId, { from = 0, to = Number.MAX_SAFE_INTEGER, actor, ...wanted }, page) {
      const fields = Object.entries(wanted).filter(([, value]) => value !== undefined);
      const found = [...events.values()].filter(
        (event) =>
          event.organizationId === organizationId &&
          from <= event.at &&
          event.at <= to &&
          (actor ?? event.actor.id) === event.actor.id &&
          fields.every(([name, value]) => event[name as keyof AuditRecord] === value),
      );
      return newestFirst(found, page);
    },
  };
}

function newestFirst(found: readonly AuditRecord[], { limit, after }: PageRequest): Page<AuditRecord> {
  const sorted = found.toSorted((a, b) => (auditPosition(a) < auditPosition(b) ? 1 : -1));
  const rest = after === undefined ? sorted : sorted.filter((event) => auditPosition(event) < after);
  const entries = rest.slice(0, limit);
  const last = entries.at(-1);
  return { entries, ...(rest.length > limit && last && { next: auditPosition(last) }) };
}
