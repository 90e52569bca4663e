import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { clientLimits } from '../adapters/client-limits.ts';
import { createCognitoDirectory } from '../adapters/cognito-directory.ts';
import { environment } from '../contract/environment.ts';
import type { Directory } from '../core/session-ports.ts';
import { readEnv } from './read-env.ts';
import { clock } from './settings.ts';

export const openDirectory = (): Directory =>
  createCognitoDirectory(new CognitoIdentityProviderClient(clientLimits), readEnv(environment.userPoolId), clock);
