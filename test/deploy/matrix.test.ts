import { beforeAll } from 'vitest';
import { documented } from '../matrix/documented.ts';
import { describeElsewhere } from '../matrix/elsewhere.ts';
import { describeGates } from '../matrix/gates.ts';
import { openWorld, type World } from '../matrix/world.ts';
import { openLatchkey } from './deployed.ts';

/**
 * Who may call what, asked of a deployed API: its methods, its authorizer and the permissions of its functions are made
 * by the template, which one machine does without. Ids that are none are left out: what they meet first is the gateway,
 * and the emulator's reads paths in its own way.
 */
let world: World;
beforeAll(async () => {
  world = await openWorld(await openLatchkey(), documented.fractalpack, { refused: 8, letIn: 1 });
});
const open = () => world;

describeGates(open, documented.fractalpack);
describeElsewhere(open);
