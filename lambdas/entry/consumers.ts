import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { clientLimits } from '../adapters/client-limits.ts';
import { createExchangeCodeStore, createOtpStore } from '../adapters/dynamodb/code-stores.ts';
import { createConsumerStore } from '../adapters/dynamodb/consumer-store.ts';
import { createOrganizationStore } from '../adapters/dynamodb/organization-store.ts';
import { createPrincipalStore } from '../adapters/dynamodb/principal-store.ts';
import { createSessionStore } from '../adapters/dynamodb/session-store.ts';
import { createSecretText } from '../adapters/secret-text.ts';
import { environment } from '../contract/environment.ts';
import { createAttempts } from '../core/attempts.ts';
import { createConsumerLogin } from '../core/consumer-login.ts';
import { createConsumerSessions } from '../core/consumer-sessions.ts';
import { createSettings } from '../core/consumer-settings.ts';
import { createConsumers } from '../core/consumers.ts';
import { createNearLimit } from '../core/near-limit.ts';
import { createOtps } from '../core/otp.ts';
import { createListedEnder } from '../core/session-ender.ts';
import { createSessionViews } from '../core/session-views.ts';
import { createSigner } from '../core/signer.ts';
import { createConsumersHandler } from '../handlers/consumers.ts';
import { lazily } from './lazily.ts';
import { openAudit } from './open-audit.ts';
import { openTable } from './open-table.ts';
import { openVault } from './open-vault.ts';
import { readEnv } from './read-env.ts';
import { clock, handlerOptions, profile, random } from './settings.ts';

const table = openTable();
const shared = { profile, clock, random };
const store = createSessionStore(table);
const consumerStore = createConsumerStore(table);
const endSessions = createListedEnder({ store, clock });
const consumers = createConsumers({ ...shared, store: consumerStore, endSessions });
const settingsOf = createSettings(createOrganizationStore(table), clock);
const sessions = createConsumerSessions({
  ...shared,
  store,
  codes: createExchangeCodeStore(table),
  consumers: consumerStore,
  settingsOf,
  loadSigner: createSigner({ issuer: readEnv(environment.issuer), vault: openVault(), clock }),
});

// Who opens a guest's session needs none of these.
const otpKey = createSecretText(new SecretsManagerClient(clientLimits), readEnv(environment.otpKey));
const mailer = lazily(async () => (await import('./open-mailer.ts')).openMailer());
const texter = lazily(async () => (await import('./open-texter.ts')).openTexter());
const numbers = lazily(() => import('../adapters/phone-numbers.ts'));

const chargeNetwork = createNearLimit(profile.attemptLimits.perAddress.perMinute, clock);
const login = createConsumerLogin({
  profile,
  consumers,
  sessions,
  settingsOf,
  otps: createOtps({ store: createOtpStore(table), key: otpKey, clock }),
  attempts: createAttempts({ profile, clock, principals: createPrincipalStore(table) }),
  openMailer: mailer,
  openTexter: texter,
  parsePhone: async (text) => (await numbers()).parsePhone(text),
});

export const handler = createConsumersHandler(
  { login, consumers, sessions, endSessions, views: createSessionViews({ store, clock }), chargeNetwork },
  { ...handlerOptions, audit: openAudit(table) },
);
