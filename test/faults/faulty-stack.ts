import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PinpointSMSVoiceV2Client } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { type ClientLimits, clientLimits, patientLimits } from '../../lambdas/adapters/client-limits.ts';
import { createCognitoLoginPages } from '../../lambdas/adapters/cognito-login-pages.ts';
import { createCognitoVerifier } from '../../lambdas/adapters/cognito-verifier.ts';
import { createSecretText } from '../../lambdas/adapters/secret-text.ts';
import { createSesMailer } from '../../lambdas/adapters/ses-mailer.ts';
import { createSigningKeySecret } from '../../lambdas/adapters/signing-key-secret.ts';
import { createSmsTexter } from '../../lambdas/adapters/sms-texter.ts';
import { fractalpack, type Profile } from '../../lambdas/contract/profile.ts';
import type { Clock } from '../../lambdas/core/ports.ts';
import { createLog, type LogEntry } from '../../lambdas/http/log.ts';
import { LOCAL_REGION, localCredentials } from '../../local/database.ts';
import type { Outside } from '../../local/functions.ts';
import type { Message } from '../../local/outbox.ts';
import { startStack } from '../../local/stack.ts';
import { createClient } from '../acceptance/target.ts';
import { markAttempts } from './attempts.ts';
import { CALLBACK, LOGIN_CLIENT, startLoginPages } from './login-pages.ts';
import { type Decide, Faults, type Generation } from './proxy.ts';
import { startStandIns } from './stand-ins.ts';

/** For one attempt, in milliseconds, in the place of 2,000 and 16,000. */
export const SHORT = { usual: 150, patient: 600 };

const limit = (requestTimeout: number) => ({
  requestHandler: {
    connectionTimeout: 1_000,
    requestTimeout,
    throwOnRequestTimeout: true as const,
    socketTimeout: requestTimeout,
  },
});
const QUICK = { usual: limit(SHORT.usual), patient: limit(SHORT.patient) };
const USUAL = { usual: clientLimits, patient: patientLimits };

const often = { perMinute: 100_000, perHour: 1_000_000 };

/** Limits that no test meets, and what else operations need. */
export const generous: Profile = {
  ...fractalpack,
  memberLimits: often,
  addressLimits: often,
  attemptLimits: { perAccountAndAddress: often, perAccount: often, perAddress: often },
  apps: [{ name: 'App', redirect: 'http://127.0.0.1/callback', scopes: ['items:read'] }],
  consumers: {
    ...fractalpack.consumers,
    limits: often,
    codeLimits: often,
    sendLimits: { email: often, phone: often },
  },
};

/**
 * The whole stack, with every dependency behind a proxy that can let it fail.
 * @param hosted whether people sign in on pages of the user pool's own
 */
export async function startFaultyStack(profile: Profile = generous, hosted = true) {
  const dataFolder = mkdtempSync(join(tmpdir(), 'latchkey-faults-'));
  const faults = new Faults();
  const standIns = await startStandIns();
  const pages = await startLoginPages();
  standIns.secrets.set('otp-key', 'k'.repeat(43));
  const log: string[] = [];
  /** Ahead of the machine's, in milliseconds. */
  const clock = { ahead: 0, now: () => Date.now() + clock.ahead };
  let limits: typeof USUAL | typeof QUICK = USUAL;
  const services = { url: standIns.url, pagesUrl: pages.url, clock };
  let outside = await outsideAt(services, limits.usual);
  const stack = await startStack({
    port: 0,
    dataFolder,
    profile,
    log: (entry) => void log.push(written(entry)),
    connections: {
      reach: (service, address) => faults.reach(service, address),
      get limits() {
        return limits;
      },
      clock,
      observe: markAttempts,
      outside: () => (hosted ? outside : withoutPages(outside)),
    },
  });
  /**
   * Other containers, in the place of all that there are.
   * @param quick whether they wait for an answer no longer than a test has time
   */
  async function renew(decide?: Decide, quick = false): Promise<Generation> {
    const generation = faults.begin(decide);
    limits = quick ? QUICK : USUAL;
    outside = await outsideAt(services, limits.usual, faults);
    await stack.renew();
    return generation;
  }
  await renew();

  async function mailTo(email: string): Promise<string> {
    const response = await fetch(`${stack.url}/outbox`, { headers: { Accept: 'application/json' } });
    const { messages } = (await response.json()) as { messages: Message[] };
    return messages.findLast(({ to }) => to === email)?.text ?? standIns.lastTo(email) ?? '';
  }
  const readCode = async (email: string) => /\b\d{4,8}\b/.exec(await mailTo(email))?.[0] ?? '';

  return {
    url: stack.url,
    faults,
    log,
    clock,
    renew,
    database: stack.database.client,
    client: createClient({ url: stack.url, readCode }),
    readCode,
    sentTo: standIns.lastTo,
    /** Signs a person in at the pages that they were sent to. @returns the query that they come back with */
    signInAt: (sentTo: string, person: { readonly id: string; readonly email: string }) =>
      pages.signIn(sentTo, person, Math.floor(clock.now() / 1_000)),
    async close() {
      faults.close();
      standIns.close();
      pages.close();
      await stack.close();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

export type FaultyStack = Awaited<ReturnType<typeof startFaultyStack>>;

/** What is not on one machine by itself, by the adapters of a deployment. */
async function outsideAt(
  { url, pagesUrl, clock }: { readonly url: string; readonly pagesUrl: string; readonly clock: Clock },
  limits: ClientLimits,
  faults?: Faults,
): Promise<Partial<Outside>> {
  const { requestTimeout: timeout } = limits.requestHandler;
  const pagesAt = async (dependency: 'login' | 'key-sets') =>
    faults ? await faults.reach(dependency, pagesUrl) : pagesUrl;
  const jwksUri = `${await pagesAt('key-sets')}/.well-known/jwks.json`;
  const at = async (dependency: 'secrets' | 'mail' | 'text') => ({
    ...limits,
    region: LOCAL_REGION,
    credentials: localCredentials,
    endpoint: faults ? await faults.reach(dependency, url) : url,
  });
  const manager = new SecretsManagerClient(await at('secrets'));
  return {
    vault: createSigningKeySecret(manager, 'signing-keys'),
    otpKey: createSecretText(manager, 'otp-key'),
    mailer: createSesMailer(new SESv2Client(await at('mail')), 'stack@example.com'),
    loginPages: createCognitoLoginPages({
      ...{ url: pagesUrl, tokenUrl: await pagesAt('login'), clientId: LOGIN_CLIENT, callbackUrl: CALLBACK, timeout },
      verify: createCognitoVerifier({ issuer: pagesUrl, jwksUri, clientIds: [LOGIN_CLIENT], clock, timeout }),
    }),
    texter: createSmsTexter(new PinpointSMSVoiceV2Client(await at('text')), 'sender'),
  };
}

const withoutPages = ({ loginPages: _, ...others }: Partial<Outside>): Partial<Outside> => others;

/** A line of the log, as a function writes it. */
function written(entry: LogEntry): string {
  const lines: string[] = [];
  createLog((line) => void lines.push(line), { now: Date.now })(entry);
  return lines.join('\n');
}
