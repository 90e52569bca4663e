import { createKeySetStore } from '../adapters/dynamodb/key-set-store.ts';
import { environment } from '../contract/environment.ts';
import { describeDeployment } from '../core/deployment.ts';
import { createServiceHandler } from '../handlers/service.ts';
import { openTable } from './open-table.ts';
import { readEndpoint, readEnv } from './read-env.ts';
import { handlerOptions, profile, readOwnRoutes, stackRoutes } from './settings.ts';

export const handler = createServiceHandler(
  {
    region: readEnv('AWS_REGION'),
    userPoolId: readEnv(environment.userPoolId),
    clientId: readEnv(environment.clientIds),
    cognitoEndpoint: readEndpoint('cognito-idp').href,
    loginUrl: readEnv(environment.loginUrl),
    ...describeDeployment(profile, stackRoutes(), readOwnRoutes()),
  },
  createKeySetStore(openTable()),
  handlerOptions,
);
