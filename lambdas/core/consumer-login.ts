import type { Limits, Profile } from '../contract/profile.ts';
import type { Attempts } from './attempts.ts';
import type { Recorder } from './audit.ts';
import type { ConsumerRecord, Market, Messages } from './consumer-ports.ts';
import type { ConsumerSessions, ConsumerTokens } from './consumer-sessions.ts';
import type { SettingsOf } from './consumer-settings.ts';
import { assertUsable, type Consumers, type Introduction } from './consumers.ts';
import { invalid } from './errors.ts';
import { hashSecret } from './key-format.ts';
import { type Mailer, onOneLine } from './mail.ts';
import type { Destination, Otps } from './otp.ts';
import type { Caller } from './session-refresh.ts';

/** Sends text messages. */
export interface Texter {
  /** @param to in E.164 @throws UnavailableError when it could not be handed over */
  send(message: { readonly to: string; readonly text: string }): Promise<void>;
}

export interface ConsumerLoginDependencies {
  readonly profile: Pick<Profile, 'consumers'>;
  readonly consumers: Consumers;
  readonly sessions: ConsumerSessions;
  readonly otps: Otps;
  readonly attempts: Attempts;
  readonly settingsOf: SettingsOf;
  /** Undefined where the deployment sends none. */
  readonly openMailer: () => Promise<Mailer | undefined>;
  readonly openTexter: () => Promise<Texter | undefined>;
  /** A number in E.164, and its country's code of ISO 3166; undefined for what is none that can be dialled. */
  readonly parsePhone: (text: string) => Promise<{ number: string; country: string | undefined } | undefined>;
}

/** Who asks, and from where: what a server asks for somebody is not counted by the server's address. */
export interface Storefront extends Market {
  readonly caller: Caller;
  readonly byServer: boolean;
}

/** Where somebody says that they can be reached. */
export interface Reach {
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
}

export interface ConsumerSignedIn {
  readonly consumer: ConsumerRecord;
  readonly tokens: ConsumerTokens;
}

/** At the codes of one destination, whichever code it is. */
const GUESSES = { perMinute: 20, perHour: 20 };

const nameOf = ({ organizationId, mode }: Market, { value }: Destination): string =>
  hashSecret(JSON.stringify([organizationId, mode, value]));

const times = ({ perMinute, perHour }: Limits, factor: number): Limits => ({
  perMinute: perMinute * factor,
  perHour: perHour * factor,
});

const DEFAULTS = {
  emailSubject: 'Your code for {organization}',
  emailText: 'Your code for {organization} is {code}\n\nIt is good for 10 minutes. Give it to nobody.\n',
  smsText: 'Your code for {organization} is {code}',
} as const satisfies Messages;

/** Consumers sign in by a code that was sent to them, or by one that a server gave their browser. */
export function createConsumerLogin(dependencies: ConsumerLoginDependencies) {
  const { profile, consumers, sessions, otps, attempts, settingsOf } = dependencies;
  const { openMailer, openTexter, parsePhone } = dependencies;

  async function phoneOf(text: string): Promise<string> {
    const { phoneCountries } = profile.consumers;
    const phone = await parsePhone(text);
    if (phone === undefined) throw invalid({ field: 'phone', message: 'Not a number that can be dialled' });
    if (phoneCountries && !phoneCountries.includes(phone.country ?? '')) {
      throw invalid({ field: 'phone', message: 'Numbers of that country are not taken' });
    }
    return phone.number;
  }

  async function destinationOf({ email, phone }: Reach): Promise<Destination> {
    return email === undefined ? { kind: 'phone', value: await phoneOf(phone ?? '') } : { kind: 'email', value: email };
  }

  const marketOf = ({ organizationId, mode }: Storefront): Market => ({ organizationId, mode });

  /**
   * Sends a code, to whoever it is: nobody is told whether they are known.
   * @throws validation_failed, rate_limited, UnavailableError when it could not be sent
   */
  async function requestCode(storefront: Storefront, reach: Reach): Promise<void> {
    const destination = await destinationOf(reach);
    const send = await senderFor(storefront, destination);
    if (!storefront.byServer) await attempts.chargeNetwork(storefront.caller);
    const { codeLimits, sendLimits } = profile.consumers;
    await attempts.count(`otp:${nameOf(storefront, destination)}`, codeLimits);
    // Whichever organizations ask: it is one mailbox. And however many mailboxes: it is one organization.
    await attempts.count(`otp:${hashSecret(destination.value)}`, times(codeLimits, 5));
    await attempts.count(`sent:${storefront.organizationId}:${destination.kind}`, sendLimits[destination.kind]);
    await send(await otps.issue(marketOf(storefront), destination));
  }

  async function senderFor({ organizationId }: Market, { kind, value: to }: Destination) {
    const { name, messages = {} } = await settingsOf(organizationId);
    const write = (template: keyof Messages, code: string) =>
      (messages[template] ?? DEFAULTS[template])
        .replaceAll('{organization}', () => onOneLine(name))
        .replaceAll('{code}', code);
    if (kind === 'phone') {
      const texter = await openTexter();
      if (texter) return (code: string) => texter.send({ to, text: write('smsText', code) });
      throw invalid({ field: 'phone', message: 'No text messages are sent here' });
    }
    const mailer = await openMailer();
    if (!mailer) throw invalid({ field: 'email', message: 'No mail is sent here' });
    return (code: string) =>
      mailer.send({ to, subject: onOneLine(write('emailSubject', code)), text: write('emailText', code) });
  }

  /** @throws validation_failed, rate_limited, invalid_code, invalid_session for a guest who is none, consumer_disabled */
  async function verifyCode(
    storefront: Storefront,
    { code, guestToken, ...reach }: Reach & { readonly code: string; readonly guestToken?: string | undefined },
  ): Promise<ConsumerSignedIn> {
    const destination = await destinationOf(reach);
    if (!storefront.byServer) await attempts.chargeNetwork(storefront.caller);
    const market = marketOf(storefront);
    const guestId = guestToken === undefined ? undefined : await sessions.guestOf(market, guestToken);
    const opening = await sessions.prepare(market);
    await attempts.count(`guess:${nameOf(market, destination)}`, GUESSES);
    await otps.use(market, destination, code);
    // Before the id is somebody's: a guest's session would be found by nobody who ends theirs.
    if (guestToken !== undefined) await sessions.endByRefreshToken(guestToken);
    const consumer = await consumers.recognize(market, destination, guestId);
    return { consumer, tokens: await sessions.openFor(opening, consumer, storefront.caller) };
  }

  /**
   * A code for the browser of somebody whom the organization's own server has signed in.
   * @throws validation_failed, consumer_conflict, consumer_disabled
   */
  async function issueCode(market: Market, given: Introduction, record: Recorder): Promise<string> {
    const phone = given.phone === undefined ? undefined : await phoneOf(given.phone);
    return sessions.issueCode(await consumers.introduce(market, { ...given, phone }, record));
  }

  /** @throws invalid_code, rate_limited, invalid_session for a guest who is none */
  async function exchange(
    storefront: Storefront,
    { code, guestToken }: { readonly code: string; readonly guestToken?: string | undefined },
  ): Promise<ConsumerSignedIn> {
    const market = marketOf(storefront);
    if (guestToken !== undefined) await sessions.guestOf(market, guestToken);
    const opening = await sessions.prepare(market);
    const consumer = assertUsable(await consumers.get(market, await sessions.takeCode(market, code)));
    if (guestToken !== undefined) await sessions.endByRefreshToken(guestToken);
    return { consumer, tokens: await sessions.openFor(opening, consumer, storefront.caller) };
  }

  /** @throws validation_failed */
  async function find(market: Market, { email, phone, externalId }: Reach & { externalId?: string | undefined }) {
    if (externalId !== undefined) return consumers.find(market, { kind: 'external', value: externalId });
    return consumers.find(market, await destinationOf({ email, phone }));
  }

  return { requestCode, verifyCode, issueCode, exchange, find };
}

export type ConsumerLogin = ReturnType<typeof createConsumerLogin>;
