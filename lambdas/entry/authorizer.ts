import { createPrincipalStore } from '../adapters/dynamodb/principal-store.ts';
import { createSignedTransport } from '../adapters/dynamodb/signed-transport.ts';
import { createTable } from '../adapters/dynamodb/table.ts';
import { environment } from '../contract/environment.ts';
import { createAuthorizer } from '../core/authorize.ts';
import type { TokenVerifier } from '../core/ports.ts';
import { createAuthorizerHandler } from '../handlers/authorizer.ts';
import { readEndpoint, readEnv, regionalEndpoint } from './read-env.ts';
import { clock, handlerOptions, profile, readRoutes } from './settings.ts';

const region = readEnv('AWS_REGION');
const userPoolId = readEnv(environment.userPoolId);
const clientIds = readEnv(environment.clientIds).split(',');

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
  }),
});

/** Loaded by the first JWT: a request with a key needs none of it. */
let verifier: Promise<TokenVerifier> | undefined;
const tokens: TokenVerifier = {
  async verify(token) {
    verifier ??= import('../adapters/cognito-verifier.ts').then(({ createCognitoVerifier }) =>
      createCognitoVerifier({
        issuer: `${regionalEndpoint('cognito-idp')}/${userPoolId}`,
        jwksUri: new URL(`${userPoolId}/.well-known/jwks.json`, readEndpoint('cognito-idp')).href,
        clientIds,
      }),
    );
    return (await verifier).verify(token);
  },
};

export const handler = createAuthorizerHandler(
  createAuthorizer({ profile, clock, routes: readRoutes(), principals: createPrincipalStore(table), tokens }),
  handlerOptions,
);
