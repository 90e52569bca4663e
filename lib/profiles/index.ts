import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fractalpack, type Profile } from '../../lambdas/contract/profile.ts';
import { assertUsable } from './assert-usable.ts';
import { fabraix } from './fabraix.ts';
import { fanfare } from './fanfare.ts';
import { fluxrate } from './fluxrate.ts';
import { fxland } from './fxland.ts';

const profiles: readonly Profile[] = [fractalpack, fanfare, fxland, fabraix, fluxrate];

/**
 * One of these by its name, or one of your own: a file whose default export it is, such as `./acme.ts`.
 * @throws Error that names the profiles there are, or says what is wrong with yours
 */
export async function findProfile(name: string): Promise<Profile> {
  const known = profiles.find((candidate) => candidate.name === name);
  if (known) return known;
  if (!/\.[cm]?[jt]s$/.test(name)) {
    const names = profiles.map((profile) => profile.name).join(', ');
    throw new Error(`There is no profile ${name}; there are ${names}, or a file of your own`);
  }
  const { default: profile } = (await import(pathToFileURL(resolve(name)).href)) as { default?: Profile };
  if (typeof profile !== 'object') throw new Error(`The file ${name} has no profile as its default export`);
  assertUsable(profile);
  return profile;
}

export { fabraix, fanfare, fluxrate, fractalpack, fxland, type Profile };
