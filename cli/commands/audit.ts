import * as z from 'zod';
import { type AuditRecord, DEPLOYMENT } from '../../lambdas/core/audit.ts';
import { pagesOf } from '../../lambdas/core/organization-revocation.ts';
import type { Command } from '../command.ts';
import { misused } from '../failure.ts';
import { csvLine } from '../output.ts';
import { organizationIn } from './organizations.ts';

/** Events of one page. */
const LIMIT = 500;

const HEADINGS = [
  ...['eventId', 'at', 'action', 'outcome', 'code', 'actorType', 'actorId', 'actorRole', 'operator'],
  ...['mode', 'target', 'created', 'details', 'address', 'device', 'requestId'],
] as const;

function lineOf({ id, at, actor, details, ...event }: AuditRecord, format: string): string {
  const named = { eventId: `evt_${id}`, at: new Date(at).toISOString() };
  if (format === 'jsonl') return `${JSON.stringify({ ...named, ...event, actor, ...(details && { details }) })}\n`;
  const row = {
    ...named,
    ...event,
    actorType: actor.type,
    actorId: actor.id,
    actorRole: actor.role,
    operator: actor.operator,
    details: details && JSON.stringify(details),
  };
  return csvLine(HEADINGS.map((heading) => row[heading]));
}

const time = z.union([z.iso.datetime({ offset: true }), z.iso.date()]);

/** @throws Failure for what is no time */
function timeIn(name: string, text: string | boolean | undefined): number | undefined {
  if (text === undefined) return undefined;
  const parsed = time.safeParse(text);
  if (!parsed.success) throw misused(`--${name} is a time such as 2026-11-24 or 2026-11-24T03:00:00Z.`);
  return Date.parse(parsed.data);
}

export const exportAudit: Command = {
  name: 'audit export',
  summary: "Print an organization's audit log, or the deployment's own, newest first",
  details: `A line for each event. Beside what the organization is shown it says which operator it was. The deployment's own log has
what operators did to the issuer.`,
  options: {
    organization: { type: 'string', value: 'ORG_ID', help: 'whose' },
    deployment: { type: 'boolean', help: "the deployment's own, in the place of an organization's" },
    from: { type: 'string', value: 'TIME', help: 'not before' },
    to: { type: 'string', value: 'TIME', help: 'not after; a day is its beginning' },
    format: { type: 'string', value: 'FORMAT', help: 'jsonl or csv [jsonl]' },
  },
  async run({ target, terminal, values }) {
    const { organization, deployment, format = 'jsonl' } = values;
    if (format !== 'jsonl' && format !== 'csv') throw misused('--format is jsonl or csv.');
    if ((organization === undefined) === (deployment === undefined)) {
      throw misused('Whose log? --organization ORG_ID, or --deployment.');
    }
    const whose = deployment ? DEPLOYMENT : organizationIn(String(organization));
    const [from, to] = [timeIn('from', values.from), timeIn('to', values.to)];
    const filter = { from, to };
    if (format === 'csv') await terminal.print(csvLine(HEADINGS));
    const { store } = target;
    for await (const page of pagesOf((after) => store.listAuditEvents(whose, filter, { limit: LIMIT, after }))) {
      await terminal.print(page.map((event) => lineOf(event, format)).join(''));
    }
    return 0;
  },
};
