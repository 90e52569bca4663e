import { createKeySetStore } from '../adapters/dynamodb/key-set-store.ts';
import { createPrincipalStore } from '../adapters/dynamodb/principal-store.ts';
import { createSignedTransport } from '../adapters/dynamodb/signed-transport.ts';
import { createTable } from '../adapters/dynamodb/table.ts';
import { createUserPoolStore } from '../adapters/dynamodb/user-pool-store.ts';
import { createTokenVerifier } from '../adapters/token-verifier.ts';
import { environment } from '../contract/environment.ts';
import { metric } from '../contract/metrics.ts';
import { createAuthorizer } from '../core/authorize.ts';
import { createAuthorizerHandler } from '../handlers/authorizer.ts';
import { openMetrics } from './open-metrics.ts';
import { readEndpoint, readEnv, userPoolAddress } from './read-env.ts';
import { clock, handlerOptions, profile, readRoutes } from './settings.ts';

const region = readEnv('AWS_REGION');
const userPoolId = readEnv(environment.userPoolId);
const issuer = readEnv(environment.issuer);
const edgeSecret = process.env[environment.edgeSecret];
const clientIds = readEnv(environment.clientIds).split(',');

const metrics = openMetrics();

const table = createTable({
  tableName: readEnv(environment.tableName),
  transport: createSignedTransport({
    endpoint: readEndpoint('dynamodb'),
    region,
    credentials: () => ({
      accessKeyId: readEnv('AWS_ACCESS_KEY_ID'),
      secretAccessKey: readEnv('AWS_SECRET_ACCESS_KEY'),
      ...(process.env.AWS_SESSION_TOKEN && { sessionToken: process.env.AWS_SESSION_TOKEN }),
    }),
    observer: {
      throttled: () => metrics.count(metric.storeThrottles),
      repeated: () => metrics.count(metric.storeRetries),
    },
  }),
});

export const handler = createAuthorizerHandler(
  createAuthorizer({
    profile,
    clock,
    routes: readRoutes(),
    principals: createPrincipalStore(table),
    tokens: createTokenVerifier({
      own: { issuer, keySets: createKeySetStore(table) },
      userPoolId,
      clientIds,
      addressOf: userPoolAddress,
      registrations: createUserPoolStore(table),
      clock,
    }),
    ownOrigin: new URL(readEnv(environment.baseUrl)).origin,
  }),
  { ...handlerOptions, clock, metrics, ...(edgeSecret && { edgeSecret }) },
);
