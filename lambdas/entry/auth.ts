import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { clientLimits, patientLimits } from '../adapters/client-limits.ts';
import { createCognitoDirectory } from '../adapters/cognito-directory.ts';
import { createCognitoIdentities } from '../adapters/cognito-identities.ts';
import { createInvitationStore } from '../adapters/dynamodb/invitation-store.ts';
import { createLoginStore } from '../adapters/dynamodb/login-store.ts';
import { createMemberStore } from '../adapters/dynamodb/member-store.ts';
import { createOrganizationStore } from '../adapters/dynamodb/organization-store.ts';
import { createPrincipalStore } from '../adapters/dynamodb/principal-store.ts';
import { createSessionStore } from '../adapters/dynamodb/session-store.ts';
import { environment } from '../contract/environment.ts';
import { createAttempts } from '../core/attempts.ts';
import { createAuthentication } from '../core/authentication.ts';
import { createHostedLogin } from '../core/hosted-login.ts';
import { createInvitationReader } from '../core/invitations.ts';
import { createOrganizations } from '../core/organizations.ts';
import { createSessions } from '../core/sessions.ts';
import { createSigner } from '../core/signer.ts';
import { createAuthHandler } from '../handlers/auth.ts';
import { openAudit } from './open-audit.ts';
import { openLoginPages } from './open-login-pages.ts';
import { openTable } from './open-table.ts';
import { openVault } from './open-vault.ts';
import { readEnv } from './read-env.ts';
import { clock, handlerOptions, home, profile, random } from './settings.ts';

const table = openTable();
const cognito = new CognitoIdentityProviderClient(clientLimits);
// A code is taken once: a second attempt after a lost answer would be told that it is wrong.
const once = new CognitoIdentityProviderClient({ ...clientLimits, maxAttempts: 1 });
// Cognito waits for the function that ends sessions, up to three times five seconds.
const patient = new CognitoIdentityProviderClient({ ...patientLimits, maxAttempts: 1 });
const issuer = readEnv(environment.issuer);
const userPoolId = readEnv(environment.userPoolId);
const clientId = readEnv(environment.clientIds);
const members = createMemberStore(table);
const audit = openAudit(table);
const organizations = createOrganizations({
  profile,
  clock,
  random,
  audit,
  store: createOrganizationStore(table),
  members,
});
const sessions = createSessions({
  profile,
  clock,
  random,
  store: createSessionStore(table),
  members,
  loadSigner: createSigner({ issuer, vault: openVault(), clock }),
});
const directory = createCognitoDirectory(cognito, userPoolId, clock);
const authentication = createAuthentication({
  directory,
  identities: createCognitoIdentities({ client: once, patient }, { userPoolId, clientId }),
  organizations,
  sessions,
  readInvitation: createInvitationReader({ store: createInvitationStore(table), clock }),
  attempts: createAttempts({ profile, clock, principals: createPrincipalStore(table) }),
  clock,
});

export const handler = createAuthHandler(
  {
    authentication,
    sessions,
    organizations,
    directory,
    baseUrl: readEnv(environment.baseUrl),
    ...home(),
    hostedLogin: createHostedLogin({
      clock,
      random,
      store: createLoginStore(table),
      pages: openLoginPages(),
      asksAgain: readEnv(environment.loginPages) === 'managed',
    }),
  },
  { ...handlerOptions, audit },
);
