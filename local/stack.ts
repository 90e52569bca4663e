import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createKeySetStore } from '../lambdas/adapters/dynamodb/key-set-store.ts';
import { createSdkTransport } from '../lambdas/adapters/dynamodb/sdk-transport.ts';
import { createTable } from '../lambdas/adapters/dynamodb/table.ts';
import { fractalpack, type Profile } from '../lambdas/contract/profile.ts';
import { protectedRoutes, routesOf, sampleRoutesOf } from '../lambdas/contract/routes.ts';
import { HOME } from '../lambdas/contract/site.ts';
import { describeDeployment } from '../lambdas/core/deployment.ts';
import { rotateSigningKeys } from '../lambdas/core/signing-keys.ts';
import { preflightHeaders } from '../lambdas/http/cors.ts';
import { gatewayResponses } from '../lambdas/http/gateway-responses.ts';
import type { Log } from '../lambdas/http/log.ts';
import type { Metrics } from '../lambdas/http/metrics.ts';
import { type Database, ensureTable, LOCAL_REGION, startDatabase } from './database.ts';
import { type Connections, operationsOf, startFunctions } from './functions.ts';
import { createGateway } from './gateway.ts';
import { COGNITO_PATH, close, listen, serve } from './http-server.ts';
import { createLocalIssuer } from './issuer.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import { forgetRunning, tellRunning } from './running.ts';
import { createSigningKeyFile, keptText } from './signing-keys.ts';
import { createSite } from './site.ts';
import { CLIENT_ID, openUserPool, USER_POOL_ID } from './user-pool.ts';

export interface StackOptions {
  /** 0 takes any that is free. */
  readonly port: number;
  /** Folder that keeps tables and users. */
  readonly dataFolder: string;
  readonly log: Log;
  /** @default none are written */
  readonly metrics?: Metrics;
  /** @default fractalpack */
  readonly profile?: Profile;
  /** Folder of the dashboard, as it was built; without one there is none. */
  readonly site?: string;
  readonly connections?: Connections;
}

export interface Stack {
  readonly url: string;
  /** For tests of what is in it, and of what happens without it. */
  readonly database: Pick<Database, 'client' | 'close'>;
  /** Puts new containers in the place of all functions' that there are, as a deployment does. */
  renew(): Promise<void>;
  close(): Promise<void>;
}

const TABLE = 'latchkey';

/** The whole stack in this process: what `lib/` deploys, with the same authorizer and handlers. */
export async function startStack({
  port: wantedPort,
  dataFolder,
  log,
  metrics,
  profile = fractalpack,
  site,
  connections = {},
}: StackOptions): Promise<Stack> {
  const { server, port } = await listen(wantedPort);
  const url = `http://localhost:${port}`;
  const cognitoEndpoint = url + COGNITO_PATH;
  const outbox = createOutbox(dataFolder);
  const tables = join(dataFolder, 'dynamodb');
  await mkdir(tables, { recursive: true });
  const [database, userPool] = await Promise.all([
    startDatabase(tables),
    openUserPool(dataFolder, cognitoEndpoint, outbox),
  ]);
  await ensureTable(database.client, TABLE);

  const outside = await outsideOn(dataFolder, outbox);
  const issuer = {
    clock: { now: Date.now },
    vault: connections.outside?.().vault ?? outside.vault,
    keySets: createKeySetStore(createTable({ tableName: TABLE, transport: createSdkTransport(database.client) })),
  };
  await rotateSigningKeys(issuer);
  const start = async () =>
    startFunctions({
      profile,
      log,
      ...(metrics && { metrics }),
      url,
      tableName: TABLE,
      databaseUrl: database.endpoint,
      config: {
        region: LOCAL_REGION,
        userPoolId: USER_POOL_ID,
        clientId: CLIENT_ID,
        cognitoEndpoint,
        loginUrl: null,
        ...describeDeployment(
          profile,
          url,
          protectedRoutes(routesOf(profile)),
          protectedRoutes(sampleRoutesOf(profile)),
        ),
      },
      // Where the stack first ran: on another port its tokens are still its own.
      issuer: await keptText(dataFolder, 'issuer', () => url),
      outside,
      ...(site !== undefined && { home: HOME }),
      connections,
    });
  const gatewayTo = (containers: Awaited<ReturnType<typeof start>>) =>
    createGateway({
      ...containers,
      routes: operationsOf(profile),
      responses: gatewayResponses(profile),
      preflight: preflightHeaders(profile),
    });
  let gateway = gatewayTo(await start());
  const renew = async () => {
    gateway = gatewayTo(await start());
  };
  const operatorToken = randomBytes(32).toString('base64url');
  serve(
    server,
    (request) => gateway(request),
    userPool,
    outbox,
    createLocalIssuer({ ...issuer, log, operatorToken, renew }),
    site === undefined ? undefined : createSite(site),
  );
  await tellRunning(dataFolder, { url, database: database.endpoint, tableName: TABLE, profile, operatorToken });

  return {
    url,
    database,
    renew,
    async close() {
      await forgetRunning(dataFolder);
      await close(server);
      await database.close();
    },
  };
}

/** The data folder stands for Secrets Manager, the outbox for whatever sends. */
async function outsideOn(dataFolder: string, outbox: Outbox) {
  const otpKey = await keptText(dataFolder, 'otp-key', () => randomBytes(32).toString('base64url'));
  return {
    vault: createSigningKeyFile(dataFolder),
    otpKey: async () => otpKey,
    mailer: { send: (mail: object & { to: string; text: string }) => outbox.send({ channel: 'email', ...mail }) },
    texter: { send: (message: { to: string; text: string }) => outbox.send({ channel: 'sms', ...message }) },
  };
}
