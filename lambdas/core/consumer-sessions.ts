import { randomUUID } from 'node:crypto';
import type { Profile } from '../contract/profile.ts';
import type { ConsumerRecord, ConsumerStore, ExchangeCodeStore, Market } from './consumer-ports.ts';
import type { SettingsOf } from './consumer-settings.ts';
import { newConsumerId } from './consumers.ts';
import { ApiError } from './errors.ts';
import { hashSecret } from './key-format.ts';
import type { Clock, Random } from './ports.ts';
import type { SessionRecord, SessionStore } from './session-ports.ts';
import { type Caller, createRefreshing, invalidSession } from './session-refresh.ts';
import type { LoadSigner, Sign } from './signer.ts';
import { secondsOf } from './time.ts';

export interface ConsumerSessionDependencies {
  readonly profile: Pick<Profile, 'consumers'>;
  readonly store: SessionStore;
  readonly codes: ExchangeCodeStore;
  readonly consumers: Pick<ConsumerStore, 'getConsumer'>;
  /** What an organization has set; not asked for at every request. */
  readonly settingsOf: SettingsOf;
  readonly loadSigner: LoadSigner;
  readonly clock: Clock;
  readonly random: Random;
}

/** What somebody who signs in is given. */
export interface ConsumerTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Seconds that the access token lasts. */
  readonly expiresIn: number;
}

/** What it takes to open a session, in seconds where it lasts. */
interface Opening {
  readonly access: number;
  readonly refresh: number;
  readonly sign: Sign;
}

/** For how long an exchange code is good, in seconds. */
export const CODE_LASTS = 60;

const CODE = /^[\w-]{43}$/;

/** Sessions of consumers and of guests, and the codes that a server gives a browser for one. */
export function createConsumerSessions(dependencies: ConsumerSessionDependencies) {
  const { profile, store, codes, consumers, settingsOf, loadSigner, clock, random } = dependencies;
  const { scopes, limits, sessions: lifetimes } = profile.consumers;
  const refreshing = createRefreshing(dependencies);

  async function lifetimesOf(organizationId: string) {
    const { access = lifetimes.access, refresh = lifetimes.refresh } = await settingsOf(organizationId);
    return { ...lifetimes, access, refresh };
  }

  /**
   * Gets ready to open a session, so that no code is used up for one that nothing can be signed for.
   * @throws UnavailableError
   */
  async function prepare({ organizationId }: Market): Promise<Opening> {
    return { ...(await lifetimesOf(organizationId)), sign: await loadSigner() };
  }

  async function open(
    { access, refresh: refreshable, sign }: Opening,
    market: Market,
    subject: string,
    guest: boolean,
    caller: Caller,
  ): Promise<ConsumerTokens> {
    const { id, refresh, refreshToken } = refreshing.begin();
    const now = secondsOf(clock);
    const session: SessionRecord = {
      id,
      kind: 'consumer',
      status: 'active',
      subject,
      ...(guest && { guest }),
      ...market,
      scopes,
      limits,
      createdAt: now,
      expiresAt: now + refreshable,
      ...caller,
      refresh,
    };
    await store.insertSession(session);
    if (!guest) await assertActive(market, session);
    return { ...accessTokenOf(sign, market, session, access), refreshToken };
  }

  /** Who is disabled or deleted while they sign in has opened nothing. @throws invalid_session */
  async function assertActive(market: Market, { id, subject }: SessionRecord): Promise<void> {
    const consumer = await consumers.getConsumer(market, subject);
    if (consumer?.status === 'active') return;
    await store.revokeSession(id, secondsOf(clock));
    throw invalidSession();
  }

  function accessTokenOf(
    sign: Sign,
    market: Market,
    { id, subject, scopes = [], guest }: SessionRecord,
    lasts: number,
  ) {
    const exp = secondsOf(clock) + lasts;
    const { organizationId: org, mode } = market;
    const claims = {
      typ: 'consumer',
      sub: subject,
      sid: id,
      org,
      mode,
      scope: scopes.join(' '),
      exp,
      ...(guest && { acr: 'guest' }),
    };
    return { accessToken: sign(claims), expiresIn: lasts };
  }

  /** Somebody of whom nothing is known: one write, and nobody else is asked. */
  async function openGuest(market: Market, caller: Caller) {
    const id = newConsumerId(random);
    return { id, tokens: await open(await prepare(market), market, id, true, caller) };
  }

  const openFor = (opening: Opening, { organizationId, mode, id }: ConsumerRecord, caller: Caller) =>
    open(opening, { organizationId, mode }, id, false, caller);

  const isOf = ({ organizationId, mode }: Market, session: SessionRecord | undefined): boolean =>
    session?.kind === 'consumer' && session.organizationId === organizationId && session.mode === mode;

  /**
   * The id of the guest who a refresh token is of.
   * @throws invalid_session
   */
  async function guestOf(market: Market, refreshToken: string): Promise<string> {
    const session = await refreshing.read(refreshToken);
    if (!session?.guest || !isOf(market, session)) throw invalidSession();
    return session.subject;
  }

  /** @throws invalid_session, also for a token of another organization or mode */
  async function refresh(market: Market, refreshToken: string, caller: Caller) {
    const lasting = await lifetimesOf(market.organizationId);
    let access = { accessToken: '', expiresIn: 0 };
    const renewed = await refreshing.refresh(refreshToken, caller, async (known) => {
      if (!isOf(market, known)) throw invalidSession();
      // What was not found when they were disabled, deleted or recognized is over all the same.
      const consumer = await consumers.getConsumer(market, known.subject);
      if (known.guest ? consumer !== undefined : consumer?.status !== 'active') {
        await store.revokeSession(known.id, secondsOf(clock));
        throw invalidSession();
      }
      // Before the token is exchanged: where nothing can be signed, who asks still has the one that counts.
      access = accessTokenOf(await loadSigner(), market, known, lasting.access);
      return lasting;
    });
    const { session } = renewed;
    const tokens = { ...access, refreshToken: renewed.refreshToken };
    return { id: session.subject, guest: session.guest === true, tokens };
  }

  /** A code for which a browser gets a session of the consumer, once. */
  async function issueCode({ organizationId, mode, id: consumerId }: ConsumerRecord): Promise<string> {
    const code = Buffer.from(random(32)).toString('base64url');
    const expiresAt = secondsOf(clock) + CODE_LASTS;
    await codes.insertExchangeCode({ codeHash: hashSecret(code), organizationId, mode, consumerId, expiresAt });
    return code;
  }

  /** Whose a code is. @throws invalid_code for one that is unknown, expired, used, or of another organization or mode */
  async function takeCode(market: Market, code: string): Promise<string> {
    const taken = CODE.test(code)
      ? await codes.takeExchangeCode(hashSecret(code), market, randomUUID(), secondsOf(clock))
      : undefined;
    if (taken) return taken.consumerId;
    throw new ApiError('invalid_code', 'The code is wrong, has expired or was used already.');
  }

  const { endByRefreshToken } = refreshing;
  return { openGuest, prepare, openFor, guestOf, refresh, issueCode, takeCode, endByRefreshToken };
}

export type ConsumerSessions = ReturnType<typeof createConsumerSessions>;
