import { fabraix } from '../../lib/profiles/index.ts';
import { describeFabraix } from '../acceptance/fabraix.ts';
import { runStack } from './running-stack.ts';

describeFabraix(runStack(fabraix, 70));
