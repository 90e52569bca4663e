import { createCognitoLoginPages } from '../adapters/cognito-login-pages.ts';
import { createCognitoVerifier } from '../adapters/cognito-verifier.ts';
import { environment } from '../contract/environment.ts';
import type { LoginPages } from '../core/hosted-login.ts';
import { readEnv, readLoginTokenUrl, userPoolAddress } from './read-env.ts';
import { clock, pageUrl } from './settings.ts';

/** The pages of the deployment's user pool. */
export function openLoginPages(): LoginPages {
  const userPoolId = readEnv(environment.userPoolId);
  const clientId = readEnv(environment.clientIds);
  const address = userPoolAddress(userPoolId);
  if (!address) throw new Error(`Not the id of a user pool: ${userPoolId}`);
  return createCognitoLoginPages({
    url: readEnv(environment.loginUrl),
    tokenUrl: readLoginTokenUrl(),
    clientId,
    callbackUrl: pageUrl('finishLogIn'),
    verify: createCognitoVerifier({ ...address, clientIds: [clientId], clock }),
  });
}
