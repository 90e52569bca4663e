import { fanfare } from '../../lib/profiles/index.ts';
import { describeConsumers } from '../acceptance/consumers.ts';
import { describeFanfare } from '../acceptance/fanfare.ts';
import { describeSecrecy, runStack } from './running-stack.ts';

const high = { perMinute: 2_000, perHour: 10_000 };
// All tests are one address.
const profile = {
  ...fanfare,
  attemptLimits: { perAccountAndAddress: high, perAccount: high, perAddress: high },
  consumers: { ...fanfare.consumers, codeLimits: { perMinute: 5, perHour: 50 } },
};
const open = runStack(profile, 50);

describeFanfare(open);
describeConsumers(open);
describeSecrecy();
