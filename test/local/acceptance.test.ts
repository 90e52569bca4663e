import { fractalpack } from '../../lambdas/contract/profile.ts';
import { describeAcceptance } from '../acceptance/suite.ts';
import { describeSecrecy, runStack } from './running-stack.ts';

const high = { perMinute: 2_000, perHour: 10_000 };
const profile = {
  ...fractalpack,
  tiers: { production: high, development: { perMinute: 100, perHour: 1_000 } },
  memberLimits: high,
  attemptLimits: { perAccountAndAddress: { perMinute: 12, perHour: 60 }, perAccount: high, perAddress: high },
};

// More in flight than that, on a machine with other work, time out and are charged again by the next attempt.
describeAcceptance(runStack(profile, 100));
describeSecrecy();
