import { cpus } from 'node:os';
import { startDatabase } from '../local/database.ts';
import { benchAuthorize } from './authorize.ts';
import { benchConsumers } from './consumers.ts';
import { benchLeases } from './leases.ts';
import { benchLoad } from './load.ts';
import { benchOperations } from './operations.ts';
import { benchScale } from './scale.ts';
import { benchUsage } from './usage.ts';

const [{ model } = { model: 'unknown' }, ...others] = cpus();
console.log(`Node ${process.version}, ${others.length + 1} x ${model}, ${new Date().toISOString().slice(0, 10)}`);

const database = await startDatabase();
await benchAuthorize();
await benchOperations(database);
await benchConsumers(database);
await benchUsage(database);
await benchLeases();
await benchScale();
await benchLoad(database);
await database.close();
