import { fxland } from '../../lib/profiles/index.ts';
import { describeFxLand } from '../acceptance/fxland.ts';
import { describeSecrecy, runStack } from './running-stack.ts';

describeFxLand(runStack(fxland, 50));
describeSecrecy();
