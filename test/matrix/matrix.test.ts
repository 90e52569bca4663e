import { beforeAll } from 'vitest';
import { fractalpack } from '../../lambdas/contract/profile.ts';
import { runStack } from '../local/running-stack.ts';
import { documented } from './documented.ts';
import { describeElsewhere } from './elsewhere.ts';
import { describeGates } from './gates.ts';
import { describeOddIds } from './odd-ids.ts';
import { unlimited } from './unlimited.ts';
import { openWorld, type World } from './world.ts';

const openTarget = runStack(unlimited(fractalpack), 32);
let world: World;
beforeAll(async () => {
  world = await openWorld(await openTarget(), documented.fractalpack, 'all');
});
const open = () => world;

describeGates(open, documented.fractalpack);
describeElsewhere(open);
describeOddIds(open);
