import { createKeySetStore } from '../adapters/dynamodb/key-set-store.ts';
import { environment } from '../contract/environment.ts';
import { routesOf } from '../contract/routes.ts';
import { describeDeployment } from '../core/deployment.ts';
import { createServiceHandler } from '../handlers/service.ts';
import { lazily } from './lazily.ts';
import { openTable } from './open-table.ts';
import { readEndpoint, readEnv } from './read-env.ts';
import { handlerOptions, profile, readOwnRoutes, stackRoutes } from './settings.ts';

const apiUrl = readEnv(environment.issuer);
/** Who asks whether the API is up does not wait for it. */
const openApi = lazily(async () => {
  const { findSample, openApiDocument } = await import('../contract/openapi.ts');
  const { sample, ownRoutes } = findSample(profile, readOwnRoutes());
  return openApiDocument({
    profile,
    url: readEnv(environment.baseUrl),
    apiUrl,
    ownRoutes,
    routes: { ...routesOf(profile), ...sample },
  });
});

export const handler = createServiceHandler(
  {
    region: readEnv('AWS_REGION'),
    userPoolId: readEnv(environment.userPoolId),
    clientId: readEnv(environment.clientIds),
    cognitoEndpoint: readEndpoint('cognito-idp').href,
    loginUrl: readEnv(environment.loginUrl),
    ...describeDeployment(profile, apiUrl, stackRoutes(), readOwnRoutes()),
  },
  createKeySetStore(openTable()),
  openApi,
  handlerOptions,
);
