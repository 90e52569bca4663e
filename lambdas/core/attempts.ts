import type { Limits, Profile } from '../contract/profile.ts';
import { ApiError } from './errors.ts';
import { hashSecret } from './key-format.ts';
import { networkOf } from './networks.ts';
import type { Clock, PrincipalStore } from './ports.ts';
import type { Caller } from './session-refresh.ts';
import { secondsOf } from './time.ts';
import { spending, sweepable, windowsAt } from './windows.ts';

export interface AttemptDependencies {
  readonly profile: Pick<Profile, 'attemptLimits'>;
  readonly principals: PrincipalStore;
  readonly clock: Clock;
}

/** What is attempted: a guess at a password or a code, or something that sends a mail. */
type Purpose = 'password' | 'code' | 'mail';

/** Counts attempts by who makes them and whom they are about. */
export function createAttempts({ profile, principals, clock }: AttemptDependencies) {
  /**
   * Counts an attempt, before anybody is asked. Passwords, codes and what sends a mail are counted apart, so that whoever
   * guesses at the one keeps nobody from the other. Mails are few wherever they are asked for: they reach somebody.
   * @throws rate_limited, also for an account that there is not
   */
  async function charge(purpose: Purpose, email: string, { address = 'unknown' }: Caller): Promise<void> {
    const { perAccountAndAddress, perAccount } = profile.attemptLimits;
    const network = networkOf(address) ?? address;
    const account = `${purpose}:${hashSecret(email)}`;
    await chargeNetwork({ address });
    await count(`${account}:${network}`, perAccountAndAddress);
    await count(account, purpose === 'mail' ? perAccountAndAddress : perAccount);
  }

  /** Counts an attempt for the network that it comes from alone. @throws rate_limited */
  const chargeNetwork = ({ address = 'unknown' }: Caller): Promise<void> =>
    count(networkOf(address) ?? address, profile.attemptLimits.perAddress);

  /** Counts an attempt of anything that has a limit. @throws rate_limited */
  async function count(what: string, limits: Limits): Promise<void> {
    const id = `attempts:${what}`;
    const now = secondsOf(clock);
    const request = { type: 'anonymous', id, limits, now, windows: windowsAt(now), stale: [] } as const;
    const { granted, record } = await principals.spend(request);
    const counters = record?.counters ?? {};
    const swept = sweepable(counters, now);
    if (record && swept.length > 0) await principals.dropCounters(record, swept).catch(() => {});
    if (granted) return;
    const retryAfter = spending(counters, limits, now, false).retryAfter || 1;
    throw new ApiError('rate_limited', 'Too many attempts.', { retryAfter });
  }

  return { charge, chargeNetwork, count };
}

export type Attempts = ReturnType<typeof createAttempts>;
