import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { clientLimits } from '../adapters/client-limits.ts';
import { createCognitoDirectory } from '../adapters/cognito-directory.ts';
import { createCognitoIdentities } from '../adapters/cognito-identities.ts';
import { createOrganizationStore } from '../adapters/dynamodb/organization-store.ts';
import { createPrincipalStore } from '../adapters/dynamodb/principal-store.ts';
import { createSessionStore } from '../adapters/dynamodb/session-store.ts';
import { environment } from '../contract/environment.ts';
import { createAuthentication } from '../core/authentication.ts';
import { createOrganizations } from '../core/organizations.ts';
import { createSessions } from '../core/sessions.ts';
import { createSigner } from '../core/signer.ts';
import { createAuthHandler } from '../handlers/auth.ts';
import { openTable } from './open-table.ts';
import { openVault } from './open-vault.ts';
import { readEnv } from './read-env.ts';
import { clock, handlerOptions, profile, random } from './settings.ts';

const table = openTable();
const cognito = new CognitoIdentityProviderClient(clientLimits);
const issuer = readEnv(environment.issuer);
const organizations = createOrganizations({ profile, clock, random, store: createOrganizationStore(table) });
const sessions = createSessions({
  profile,
  clock,
  random,
  store: createSessionStore(table),
  sign: createSigner({ issuer, vault: openVault(), clock }),
});
const directory = createCognitoDirectory(cognito, readEnv(environment.userPoolId), clock);
const authentication = createAuthentication({
  profile,
  directory,
  identities: createCognitoIdentities(cognito, readEnv(environment.clientIds)),
  organizations,
  sessions,
  principals: createPrincipalStore(table),
  clock,
});

export const handler = createAuthHandler(
  {
    authentication,
    sessions,
    organizations,
    directory,
    baseUrl: issuer,
  },
  handlerOptions,
);
