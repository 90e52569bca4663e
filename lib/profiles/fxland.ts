import { fractalpack, type Profile } from '../../lambdas/contract/profile.ts';

/** fx.land: keys that are JWTs, storage scopes, and errors with a reason. */
export const fxland: Profile = {
  ...fractalpack,
  name: 'fxland',
  keyPrefixes: { ...fractalpack.keyPrefixes, secret: 'fxl' },
  keyFormat: 'jwt',
  dialect: { form: 'reason' },
  sentences: { unauthorized: 'Access token is missing or invalid' },
  sample: 'pins',
};
