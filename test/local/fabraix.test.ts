import { fabraix } from '../../lib/profiles/index.ts';
import { describeFabraix } from '../acceptance/fabraix.ts';
import { describeSecrecy, runStack } from './running-stack.ts';

describeFabraix(runStack(fabraix, 70));
describeSecrecy();
