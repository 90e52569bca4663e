import { beforeAll } from 'vitest';
import { fractalpack } from '../../lambdas/contract/profile.ts';
import { runStack } from '../local/running-stack.ts';
import { APP } from './calls.ts';
import { describeElsewhere } from './elsewhere.ts';
import { describeGates } from './gates.ts';
import { describeOddIds } from './odd-ids.ts';
import { openWorld, type World } from './world.ts';

const high = { perMinute: 100_000, perHour: 1_000_000 };

/** Nobody is refused for the number of their requests: what is looked at is who may make them. */
const profile = {
  ...fractalpack,
  // Below what is leased: a revoked key is refused at once.
  tiers: {
    production: { perMinute: 20_000, perHour: 1_000_000 },
    development: { perMinute: 20_000, perHour: 1_000_000 },
  },
  memberLimits: high,
  addressLimits: high,
  attemptLimits: { perAccountAndAddress: high, perAccount: high, perAddress: high },
  consumers: {
    ...fractalpack.consumers,
    limits: high,
    codeLimits: high,
    sendLimits: { email: high, phone: high },
  },
  apps: [APP],
};

const openTarget = runStack(profile, 32);
let world: World;
beforeAll(async () => {
  world = await openWorld(await openTarget());
});
const open = () => world;

describeGates(open);
describeElsewhere(open);
describeOddIds(open);
