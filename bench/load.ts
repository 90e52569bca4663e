import { fork } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { createKeyStore } from '../lambdas/adapters/dynamodb/key-store.ts';
import { createSdkTransport } from '../lambdas/adapters/dynamodb/sdk-transport.ts';
import { createTable } from '../lambdas/adapters/dynamodb/table.ts';
import { environment } from '../lambdas/contract/environment.ts';
import { fractalpack } from '../lambdas/contract/profile.ts';
import { protectedRoutes } from '../lambdas/contract/routes.ts';
import { samples } from '../lambdas/contract/sample-routes.ts';
import { encodeRoutes } from '../lambdas/core/own-routes.ts';
import { bundling } from '../lib/latchkey-function.ts';
import { type Database, ensureTable } from '../local/database.ts';
import { newKey } from './setup.ts';
import { median, printTable, ratio } from './table.ts';

const TABLE = 'bench-load';
const RUNS = 21;

/** Runs in a process of its own: loads a bundle, calls it once, and tells how long each took, in milliseconds. */
const PROBE = `
const started = performance.now();
const { handler } = require(process.argv[2]);
const loaded = performance.now();
const event = JSON.parse(process.argv[3]);
handler(event).then(() => {
  process.send({ load: loaded - started, call: performance.now() - loaded }, () => process.exit());
});
`;

interface Times {
  readonly load: number;
  readonly call: number;
}

/** What a cold start costs beyond an empty function: loading the authorizer, and its first request. */
export async function benchLoad(database: Database): Promise<void> {
  await ensureTable(database.client, TABLE);
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-bench-'));
  const probe = join(folder, 'probe.cjs');
  writeFileSync(probe, PROBE);
  const empty = join(folder, 'empty.ts');
  writeFileSync(empty, 'export const handler = async () => ({});');

  const bundle = async (name: string, entry: string) => {
    const outfile = join(folder, `${name}.cjs`);
    const { format, mainFields, target, minify } = bundling;
    await build({ entryPoints: [entry], outfile, bundle: true, platform: 'node', format, mainFields, target, minify });
    return outfile;
  };
  const subjects = {
    'empty handler (floor)': await bundle('empty', empty),
    authorizer: await bundle('authorizer', join(import.meta.dirname, '../lambdas/entry/authorizer.ts')),
    "authorizer on the SDK's client": await bundle('sdk', join(import.meta.dirname, 'authorizer-with-sdk.ts')),
  };

  const transport = createSdkTransport(database.client);
  const { apiKey } = await newKey(createKeyStore(createTable({ tableName: TABLE, transport })));
  const event = {
    type: 'REQUEST',
    httpMethod: 'GET',
    resource: samples.items.listItems.path,
    methodArn: `arn:aws:execute-api:us-east-1:123456789012:api/prod/GET${samples.items.listItems.path}`,
    multiValueHeaders: { 'X-Api-Key': [apiKey] },
    requestContext: { requestId: 'bench' },
  };
  const env = {
    ...process.env,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'bench',
    AWS_SECRET_ACCESS_KEY: 'bench',
    AWS_ENDPOINT_URL_DYNAMODB: database.endpoint,
    [environment.tableName]: TABLE,
    [environment.userPoolId]: 'us-east-1_Bench',
    [environment.clientIds]: 'bench',
    [environment.issuer]: 'https://api.example.com',
    [environment.profile]: JSON.stringify(fractalpack),
    [environment.ownRoutes]: encodeRoutes(protectedRoutes(samples.items)),
  };
  const run = (path: string) =>
    new Promise<Times>((resolve, reject) => {
      const child = fork(probe, [path, JSON.stringify(event)], { env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
      child.on('message', (times) => resolve(times as Times));
      child.on('exit', (code) => reject(new Error(`The probe ended with ${code}`)));
    });

  const measured = Object.entries(subjects).map(([name, path]) => ({ name, path, times: [] as Times[] }));
  for (let n = 0; n < RUNS; n++) {
    for (const { path, times } of measured) times.push(await run(path));
  }
  const results = measured.map(({ name, path, times }) => ({
    name,
    size: statSync(path).size,
    load: median(times.map(({ load }) => load)),
    call: median(times.map(({ call }) => call)),
  }));
  const floor = results[0] ?? { load: 0, call: 0 };
  const over = ({ load, call }: Times) => load + call - floor.load - floor.call;
  const own = over(results[1] ?? floor);
  printTable(
    `Load and first call, median of ${RUNS} processes in turn`,
    ['', 'bundle KB', 'load ms', 'first call ms', 'over the floor ms', 'over the authorizer'],
    results.map(({ name, size, load, call }, index) => [
      name,
      (size / 1_024).toFixed(1),
      load.toFixed(1),
      call.toFixed(1),
      index === 0 ? '' : over({ load, call }).toFixed(1),
      index === 0 ? '' : ratio(over({ load, call }) / own),
    ]),
  );
  rmSync(folder, { recursive: true, force: true });
}
