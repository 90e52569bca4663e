import { fractalpack, type Profile } from '../../lambdas/contract/profile.ts';

/** Fanfare: publishable and secret keys, each with a header of its own, and consumers. */
export const fanfare: Profile = {
  ...fractalpack,
  name: 'fanfare',
  keyPrefixes: { ...fractalpack.keyPrefixes, secret: 'sk' },
  keyHeaders: { secret: ['X-Secret-Key', 'X-Api-Key'], publishable: 'X-Publishable-Key' },
  dialect: { form: 'problem', typeBase: 'urn:fanfare:error:' },
  secretKeysIn: 'servers',
  sentences: { unauthorized: 'The key or token is missing or invalid.' },
};
