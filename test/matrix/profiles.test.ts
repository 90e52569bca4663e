import { beforeAll, describe, expect, it } from 'vitest';
import { fabraix, fanfare, fluxrate, fxland } from '../../lib/profiles/index.ts';
import { runStack } from '../local/running-stack.ts';
import { absentIn, documented } from './documented.ts';
import { describeGates } from './gates.ts';
import { unlimited } from './unlimited.ts';
import { openWorld, type World } from './world.ts';

/** The gates are the default profile's, whatever the keys, the sample and the errors look like: a sample shows it. */
describe.each([
  { profile: fanfare, of: documented.fanfare },
  { profile: fxland, of: documented.fxland },
  { profile: fabraix, of: documented.fabraix },
  { profile: fluxrate, of: documented.fluxrate },
])('the profile $profile.name', ({ profile, of }) => {
  const openTarget = runStack(unlimited(profile), 32);
  let world: World;
  beforeAll(async () => {
    world = await openWorld(await openTarget(), of, { refused: Number.POSITIVE_INFINITY, letIn: 2 });
  });

  describeGates(() => world, of);

  it('has no sample but its own', async () => {
    const { own, living, about, call } = world;
    const callers = living.filter(({ kind, form }) => kind === '-' || (kind === 'o' && form === 'session token'));
    const answers = [];
    for (const operation of absentIn(of)) {
      for (const by of callers) answers.push(await call(operation, by, about(own)));
    }
    expect(answers.map(({ status, code }) => `${status} ${code}`)).toEqual(Array(12).fill('404 not_found'));
  });
});
