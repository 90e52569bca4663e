import { fractalpack, type Profile } from '../../lambdas/contract/profile.ts';
import { fabraix } from './fabraix.ts';

const profiles: readonly Profile[] = [fractalpack, fabraix];

/** @throws Error that names the profiles there are */
export function profileNamed(name: string): Profile {
  const profile = profiles.find((candidate) => candidate.name === name);
  if (profile) return profile;
  throw new Error(`There is no profile ${name}; there are ${profiles.map((known) => known.name).join(', ')}`);
}

export { fabraix, fractalpack, type Profile };
