import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchAuthorize } from './authorize.ts';
import { benchClients } from './clients.ts';
import { benchConsumers } from './consumers.ts';
import { benchCost } from './cost.ts';
import { type BenchDatabase, openDatabase } from './database.ts';
import { benchLeases } from './leases.ts';
import { benchLimits } from './limits.ts';
import { benchLoad } from './load.ts';
import { benchOperations } from './operations.ts';
import { benchPeers } from './peers.ts';
import { benchScale } from './scale.ts';
import { benchServer } from './server.ts';
import { render, type Table } from './table.ts';
import { benchTiming } from './timing.ts';

const USAGE = 'Usage: npm run bench [-- [--write] [PART …]]';
const DOCS = join(import.meta.dirname, '../docs');

/** Every part by its name, which is also that of its place in the document. */
const parts: Readonly<Record<string, (database: BenchDatabase) => Promise<readonly Table[]>>> = {
  authorize: benchAuthorize,
  peers: benchPeers,
  load: benchLoad,
  clients: benchClients,
  operations: benchOperations,
  limits: benchLimits,
  leases: benchLeases,
  consumers: benchConsumers,
  server: benchServer,
  timing: benchTiming,
  cost: benchCost,
};

/** A part that has a page of its own. */
const SCALE = 'scale';

function heading(): string {
  const [{ model } = { model: 'unknown' }, ...others] = cpus();
  const date = new Date().toISOString().slice(0, 10);
  return `On Node ${process.version}, ${others.length + 1} cores of an ${model.replaceAll(/\((?:R|TM)\)|\s+Processor/g, '')}, ${date}`;
}

/** Puts tables into their place in a page: `<!-- bench:NAME -->` to `<!-- /bench -->`. @throws Error without one */
function write(page: string, name: string, tables: readonly Table[]): void {
  const file = join(DOCS, page);
  const place = new RegExp(`(<!-- bench:${name} -->)[^]*?(<!-- /bench -->)`);
  const document = readFileSync(file, 'utf8');
  if (!place.test(document)) throw new Error(`docs/${page} has no place for ${name}`);
  const text = [...tables.map(render), `${heading()}.`].join('\n\n');
  writeFileSync(
    file,
    document.replace(place, (_, start, end) => `${start}\n\n${text}\n\n${end}`),
  );
}

const { values, positionals } = parseArgs({ options: { write: { type: 'boolean' } }, allowPositionals: true });
const names = [...Object.keys(parts), SCALE];
const wanted = positionals.length > 0 ? positionals : names;
const unknown = wanted.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`No part is named ${unknown.join(', ')}, but ${names.join(', ')}. ${USAGE}`);
  process.exit(1);
}

console.log(`${heading()}\n`);
const [busy = 0] = loadavg();
if (busy > 0.5)
  console.error(`The machine is busy (load ${busy.toFixed(1)}): times will be longer, ratios less steady.\n`);

const database = await openDatabase();
for (const name of wanted) {
  if (name === SCALE) {
    await benchScale({ writes: values.write ?? false });
    continue;
  }
  const tables = await (parts[name] as (typeof parts)[string])(database);
  console.log(`${tables.map(render).join('\n\n')}\n`);
  if (!values.write) continue;
  write('performance.md', name, tables);
  if (name === 'cost') write('deploy.md', name, tables.slice(0, 1));
}
database.close();
