import { fractalpack, type Profile } from '../../lambdas/contract/profile.ts';
import { fabraix } from './fabraix.ts';
import { fanfare } from './fanfare.ts';
import { fluxrate } from './fluxrate.ts';
import { fxland } from './fxland.ts';

const profiles: readonly Profile[] = [fractalpack, fanfare, fxland, fabraix, fluxrate];

/** @throws Error that names the profiles there are */
export function profileNamed(name: string): Profile {
  const profile = profiles.find((candidate) => candidate.name === name);
  if (profile) return profile;
  throw new Error(`There is no profile ${name}; there are ${profiles.map((known) => known.name).join(', ')}`);
}

export { fabraix, fanfare, fluxrate, fractalpack, fxland, type Profile };
