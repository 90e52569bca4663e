import { createExchangeCodeStore, createOtpStore } from '../lambdas/adapters/dynamodb/code-stores.ts';
import { createConsumerStore } from '../lambdas/adapters/dynamodb/consumer-store.ts';
import { createSessionStore } from '../lambdas/adapters/dynamodb/session-store.ts';
import type { Table } from '../lambdas/adapters/dynamodb/table.ts';
import { parsePhone } from '../lambdas/adapters/phone-numbers.ts';
import type { Profile } from '../lambdas/contract/profile.ts';
import type { Attempts } from '../lambdas/core/attempts.ts';
import { createConsumerLogin, type Texter } from '../lambdas/core/consumer-login.ts';
import { createConsumerSessions } from '../lambdas/core/consumer-sessions.ts';
import { createSettings } from '../lambdas/core/consumer-settings.ts';
import { createConsumers } from '../lambdas/core/consumers.ts';
import type { Mailer } from '../lambdas/core/mail.ts';
import { createNearLimit } from '../lambdas/core/near-limit.ts';
import { createOtps } from '../lambdas/core/otp.ts';
import type { Clock, OrganizationStore, Random } from '../lambdas/core/ports.ts';
import { createListedEnder } from '../lambdas/core/session-ender.ts';
import { createSessionViews } from '../lambdas/core/session-views.ts';
import type { LoadSigner } from '../lambdas/core/signer.ts';
import type { ConsumersHandlerDependencies } from '../lambdas/handlers/consumers.ts';

export interface LocalConsumersOptions {
  readonly profile: Profile;
  readonly clock: Clock;
  readonly random: Random;
  readonly table: Table;
  readonly organizations: OrganizationStore;
  readonly attempts: Attempts;
  readonly loadSigner: LoadSigner;
  readonly mailer: Mailer;
  readonly texter: Texter;
  readonly otpKey: () => Promise<string>;
}

/** What the function for consumers is made of, on one machine. */
export function createLocalConsumers(options: LocalConsumersOptions): ConsumersHandlerDependencies {
  const { profile, clock, random, table, organizations, attempts, loadSigner, mailer, texter, otpKey } = options;
  const shared = { profile, clock, random };
  const store = createSessionStore(table);
  const consumerStore = createConsumerStore(table);
  const endSessions = createListedEnder({ store, clock });
  const consumers = createConsumers({ ...shared, store: consumerStore, endSessions });
  const settingsOf = createSettings(organizations, clock);
  const codes = createExchangeCodeStore(table);
  const sessions = createConsumerSessions({
    ...shared,
    store,
    codes,
    consumers: consumerStore,
    settingsOf,
    loadSigner,
  });
  const chargeNetwork = createNearLimit(profile.attemptLimits.perAddress.perMinute, clock);
  const login = createConsumerLogin({
    profile,
    consumers,
    sessions,
    settingsOf,
    attempts,
    otps: createOtps({ store: createOtpStore(table), key: otpKey, clock }),
    openMailer: async () => mailer,
    openTexter: async () => texter,
    parsePhone: async (text) => parsePhone(text),
  });
  return { login, consumers, sessions, endSessions, views: createSessionViews({ store, clock }), chargeNetwork };
}
