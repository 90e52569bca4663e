import { fractalpack, type Profile } from '../../lambdas/contract/profile.ts';

/** fx.land: keys that are JWTs, storage scopes, and errors with a reason. */
export const fxland: Profile = {
  ...fractalpack,
  name: 'fxland',
  keyPrefixes: { secret: 'fxl', publishable: 'pk', restricted: 'fxl', admin: 'fxl' },
  keyFormat: 'jwt',
  dialect: { form: 'reason' },
  sentences: { unauthorized: 'Access token is missing or invalid' },
  sample: 'pins',
};
