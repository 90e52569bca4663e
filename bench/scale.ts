import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PRICED_ON } from './prices.ts';
import { costOf } from './scale/cost.ts';
import { LOOKED_UP, limits } from './scale/limits.ts';
import { leasesTable, rampTable, steadyTable } from './scale/one-region-tables.ts';
import { eventualTable, garbageTable, strongTable } from './scale/regions-tables.ts';
import { render, type Table, thousands } from './table.ts';

export const DOCUMENT = join(import.meta.dirname, '../docs/scale.md');

export function limitsTable(): Table {
  const rows = Object.values(limits).map(({ what, value, page }) => [`[${what}](${page})`, thousands(value)]);
  return { title: `Limits, as AWS documents them, ${LOOKED_UP}`, columns: ['of', ''], rows };
}

const dollars = (value: number): string => `$${Number(value.toPrecision(3)).toLocaleString('en')}`;

/** @param writes writes a request takes, by the case's name */
function costTable(writes: ReadonlyMap<string, number>): Table {
  const loads = [
    { name: '100', load: 100, front: 'api-gateway' },
    { name: '10,000, Lambda', load: 10_000, front: 'api-gateway' },
    { name: '10,000, ', load: 10_000, front: 'processes' },
    { name: '1,000,000', load: 1_000_000, front: 'api-gateway' },
    { name: '1,000,000', load: 1_000_000, front: 'processes' },
  ] as const;
  const rows = loads.map(({ name, load, front }) => {
    // What the case that comes last needs is what the way of deciding needs: more warm, or processes.
    const fitting = [...writes].filter(([each]) => each.startsWith(name) && !each.includes('new table')).at(-1);
    const writesPerRequest = fitting?.[1] ?? 1;
    const cost = costOf({ requestsPerSecond: load, writesPerRequest, front });
    const rest = cost.front + cost.deciding + cost.logs;
    return [
      thousands(load),
      front === 'processes' ? 'load balancer, processes' : 'API Gateway, Lambda',
      dollars(cost.front),
      dollars(cost.deciding),
      dollars(cost.logs),
      `${dollars(cost.onDemand)} / ${dollars(cost.provisioned)}`,
      `${dollars(rest + cost.onDemand)} / ${dollars(rest + cost.provisioned)}`,
    ];
  });
  return {
    title: `Dollars a month, by the prices of ${PRICED_ON}`,
    columns: ['requests/s', 'by', 'front', 'authorizer', 'logs', 'table, on demand / provisioned', 'together'],
    rows,
  };
}

/** All of them, by the name of the place in the document. */
async function scaleTables(): Promise<ReadonlyMap<string, Table>> {
  const { table: steady, writes } = await steadyTable();
  return new Map([
    ['limits', limitsTable()],
    ['steady', steady],
    ['leases', await leasesTable()],
    ['ramp', rampTable()],
    ['eventual', await eventualTable()],
    ['strong', strongTable()],
    ['garbage', garbageTable()],
    ['cost', costTable(writes)],
  ]);
}

const placeOf = (name: string) => [`<!-- scale:${name} -->`, `<!-- /scale:${name} -->`] as const;

/** What stands in the document at a place; undefined where there is none. */
export function found(markdown: string, name: string): string | undefined {
  const [begin, end] = placeOf(name);
  const [from, to] = [markdown.indexOf(begin), markdown.indexOf(end)];
  return from < 0 || to < from ? undefined : markdown.slice(from + begin.length, to).trim();
}

/** The table alone: the document has headings of its own. */
export const bodyOf = (table: Table): string => render(table).split('\n').slice(2).join('\n');

/** @throws Error where the document has no place for a table */
function write(tables: ReadonlyMap<string, Table>): void {
  let markdown = readFileSync(DOCUMENT, 'utf8');
  for (const [name, table] of tables) {
    if (found(markdown, name) === undefined) throw new Error(`docs/scale.md has no place for ${name}`);
    const [begin, end] = placeOf(name);
    const [from, to] = [markdown.indexOf(begin), markdown.indexOf(end)];
    markdown = `${markdown.slice(0, from)}${begin}\n\n${bodyOf(table)}\n\n${markdown.slice(to)}`;
  }
  writeFileSync(DOCUMENT, markdown);
}

/** What happens at 100, 10,000 and 1,000,000 requests a second, in simulation. */
export async function benchScale({ writes = false } = {}): Promise<void> {
  const tables = await scaleTables();
  for (const table of tables.values()) console.log(`\n${render(table)}`);
  if (writes) write(tables);
}

if (import.meta.main) await benchScale({ writes: process.argv.includes('--write') });
