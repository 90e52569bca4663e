import { fractalpack } from '../../lambdas/contract/profile.ts';
import { describeAddresses } from '../acceptance/addresses.ts';
import { runStack } from './running-stack.ts';

const addressLimit = 25;
const open = runStack({ ...fractalpack, addressLimits: { perMinute: addressLimit, perHour: 1_000 } }, 40);
describeAddresses(async () => ({ ...(await open()), addressLimit }));
