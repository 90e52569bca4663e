import { fluxrate } from '../../lib/profiles/index.ts';
import { describeFluxrate } from '../acceptance/fluxrate.ts';
import { describeSecrecy, runStack } from './running-stack.ts';

describeFluxrate(runStack(fluxrate, 50));
describeSecrecy();
