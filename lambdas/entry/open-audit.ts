import { createAuditStore } from '../adapters/dynamodb/audit-store.ts';
import type { Table } from '../adapters/dynamodb/table.ts';
import { createAudit } from '../core/audit.ts';
import { clock, random } from './settings.ts';

export const openAudit = (table: Table) => createAudit({ store: createAuditStore(table), clock, random });
