import { fanfare } from '../../lib/profiles/index.ts';
import { describeFanfare } from '../acceptance/fanfare.ts';
import { runStack } from './running-stack.ts';

describeFanfare(runStack(fanfare, 50));
