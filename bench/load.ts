import { fork } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { createKeyStore } from '../lambdas/adapters/dynamodb/key-store.ts';
import { createPrincipalStore } from '../lambdas/adapters/dynamodb/principal-store.ts';
import { createTable } from '../lambdas/adapters/dynamodb/table.ts';
import type { Transport } from '../lambdas/adapters/dynamodb/transport.ts';
import { environment } from '../lambdas/contract/environment.ts';
import { fractalpack } from '../lambdas/contract/profile.ts';
import { protectedRoutes } from '../lambdas/contract/routes.ts';
import { samples } from '../lambdas/contract/sample-routes.ts';
import { encodeRoutes } from '../lambdas/core/own-routes.ts';
import { bundling } from '../lib/latchkey-function.ts';
import type { BenchDatabase } from './database.ts';
import { newAuthorizer, newKey, request } from './setup.ts';
import { median, ratio, type Table } from './table.ts';

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

/**
 * The least that any function could do which asks DynamoDB the same: what TLS takes is loaded, as in AWS, and one request
 * signed and sent.
 */
const ONE_REQUEST = `
import { request } from 'node:http';
import { Agent } from 'node:https';
import { sign } from '${join(import.meta.dirname, '../lambdas/adapters/dynamodb/sign.ts')}';
export { Agent };
export const handler = () => new Promise((resolve, reject) => {
  const { hostname, port, host } = new URL(process.env.AWS_ENDPOINT_URL_DYNAMODB);
  const body = process.env.BENCH_BODY;
  const write = { host, region: 'us-east-1', operation: 'UpdateItem', body };
  const headers = sign(write, { accessKeyId: 'bench', secretAccessKey: 'bench' }, Date.now());
  const outgoing = request({ hostname, port, method: 'POST', path: '/', headers }, (incoming) => {
    incoming.resume();
    incoming.on('end', () => (incoming.statusCode === 200 ? resolve() : reject(new Error(String(incoming.statusCode)))));
  });
  outgoing.on('error', reject);
  outgoing.end(body);
});
`;

const SUBJECTS = [
  'empty handler',
  'a handler that signs and sends the same write',
  'authorizer',
  "authorizer on the SDK's client",
];

/** The body of the write by which a request with the key is charged. */
async function spendBody(transport: Transport, apiKey: string): Promise<string> {
  let body = '';
  const authorize = newAuthorizer(
    createPrincipalStore(
      createTable({
        tableName: TABLE,
        transport: (operation, input) => {
          body = JSON.stringify(input);
          return transport(operation, input);
        },
      }),
    ),
  );
  await request(authorize, apiKey);
  return body;
}

async function bundleAll(folder: string): Promise<readonly string[]> {
  const sources = ['export const handler = async () => ({});', ONE_REQUEST].map((text, index) => {
    const source = join(folder, `floor-${index}.ts`);
    writeFileSync(source, text);
    return source;
  });
  const entries = [
    ...sources,
    join(import.meta.dirname, '../lambdas/entry/authorizer.ts'),
    join(import.meta.dirname, 'authorizer-with-sdk.ts'),
  ];
  return Promise.all(
    entries.map(async (entry, index) => {
      const outfile = join(folder, `${index}.cjs`);
      const { format, mainFields, target, minify } = bundling;
      await build({
        entryPoints: [entry],
        outfile,
        bundle: true,
        platform: 'node',
        format,
        mainFields,
        target,
        minify,
      });
      return outfile;
    }),
  );
}

/** What a cold start costs beyond an empty function: loading the authorizer, and its first request. */
export async function benchLoad({ endpoint, sdk, addTable }: BenchDatabase): Promise<readonly Table[]> {
  await addTable(TABLE);
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-bench-'));
  const probe = join(folder, 'probe.cjs');
  writeFileSync(probe, PROBE);
  const paths = await bundleAll(folder);

  const { apiKey } = await newKey(createKeyStore(createTable({ tableName: TABLE, transport: sdk })));
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
    AWS_ENDPOINT_URL_DYNAMODB: endpoint,
    BENCH_BODY: await spendBody(sdk, apiKey),
    // As deployed: the first request's metrics are written, too.
    AWS_LAMBDA_FUNCTION_NAME: 'bench',
    [environment.metricsNamespace]: 'Bench',
    [environment.tableName]: TABLE,
    [environment.userPoolId]: 'us-east-1_Bench',
    [environment.clientIds]: 'bench',
    [environment.issuer]: 'https://api.example.com',
    [environment.baseUrl]: 'https://api.example.com',
    [environment.profile]: JSON.stringify(fractalpack),
    [environment.ownRoutes]: encodeRoutes(protectedRoutes(samples.items)),
  };
  const run = (path: string) =>
    new Promise<Times>((resolve, reject) => {
      const child = fork(probe, [path, JSON.stringify(event)], { env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
      child.on('message', (times) => resolve(times as Times));
      child.on('exit', (code) => reject(new Error(`The probe ended with ${code}`)));
    });

  const times = paths.map((): Times[] => []);
  for (let n = 0; n < RUNS; n++) {
    for (const [index, path] of paths.entries()) times[index]?.push(await run(path));
  }
  const sizes = paths.map((path) => statSync(path).size / 1_024);
  rmSync(folder, { recursive: true, force: true });
  const medians = times.map((all) => ({
    load: median(all.map(({ load }) => load)),
    call: median(all.map(({ call }) => call)),
    sum: median(all.map(({ load, call }) => load + call)),
  }));
  const [empty = 0, bare = 0, own = 0] = medians.map(({ sum }) => sum);
  const over = (sum: number, floor: number) => (sum > floor ? (sum - floor).toFixed(1) : '');
  return [
    {
      title: `Load and first call, median of ${RUNS} processes in turn`,
      columns: [
        '',
        'bundle KB',
        'load ms',
        'first call ms',
        'both ms',
        'over the empty handler',
        'over that write',
        'over the authorizer',
      ],
      rows: medians.map(({ load, call, sum }, index) => [
        SUBJECTS[index] ?? '',
        sizes[index]?.toFixed(1) ?? '',
        load.toFixed(1),
        call.toFixed(1),
        sum.toFixed(1),
        over(sum, empty),
        over(sum, bare),
        index < 2 ? '' : ratio((sum - empty) / (own - empty)),
      ]),
    },
  ];
}
