import type { Profile } from '../../lambdas/contract/profile.ts';
import { APP } from './calls.ts';

const high = { perMinute: 100_000, perHour: 1_000_000 };

/** Nobody is refused for the number of their requests: what is looked at is who may make them. */
export const unlimited = (profile: Profile): Profile => ({
  ...profile,
  memberLimits: high,
  addressLimits: high,
  attemptLimits: { perAccountAndAddress: high, perAccount: high, perAddress: high },
  consumers: {
    ...profile.consumers,
    limits: high,
    codeLimits: high,
    sendLimits: { email: high, phone: high },
  },
  apps: [APP],
});
