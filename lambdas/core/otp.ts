import { createHmac, randomInt, randomUUID, timingSafeEqual } from 'node:crypto';
import type { Market, OtpStore } from './consumer-ports.ts';
import { ApiError } from './errors.ts';
import { hashSecret } from './key-format.ts';
import type { Clock } from './ports.ts';
import { secondsOf } from './time.ts';

/** Where a code is sent. */
export interface Destination {
  readonly kind: 'email' | 'phone';
  readonly value: string;
}

export interface OtpDependencies {
  readonly store: OtpStore;
  /** A key that is not where the hashes are: a million values are quickly tried. */
  readonly key: () => Promise<string>;
  readonly clock: Clock;
}

/** For how long a code is good, in seconds, and how often it may be tried. */
const LASTS = 10 * 60;
const ATTEMPTS = 5;

/** One-time passwords: six digits, of which a destination has one at a time. */
export function createOtps({ store, key, clock }: OtpDependencies) {
  const idOf = ({ organizationId, mode }: Market, { kind, value }: Destination): string =>
    hashSecret(JSON.stringify([organizationId, mode, kind, value]));

  const hashOf = async (id: string, code: string): Promise<string> =>
    createHmac('sha256', await key())
      .update(`${id} ${code}`)
      .digest('base64url');

  /** A new code, in the place of the one before it. */
  async function issue(market: Market, destination: Destination): Promise<string> {
    const code = String(randomInt(0, 1_000_000)).padStart(6, '0');
    const id = idOf(market, destination);
    await store.putOtp(id, { codeHash: await hashOf(id, code), expiresAt: secondsOf(clock) + LASTS });
    return code;
  }

  /**
   * Uses a code up. The attempt is counted before the code is compared: however many try at once, five are told.
   * @throws invalid_code for one that is wrong, expired, used, tried too often, or of another market
   */
  async function use(market: Market, destination: Destination, code: string): Promise<void> {
    const id = idOf(market, destination);
    const now = secondsOf(clock);
    const presented = await hashOf(id, code);
    const otp = await store.tryOtp(id, ATTEMPTS, now);
    const right = otp && timingSafeEqual(Buffer.from(otp.codeHash), Buffer.from(presented));
    if (right && (await store.useOtp(id, presented, randomUUID()))) return;
    throw new ApiError('invalid_code', 'The code is wrong, has expired or was used already.');
  }

  return { issue, use };
}

export type Otps = ReturnType<typeof createOtps>;
