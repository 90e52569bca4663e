import { fractalpack, type Profile } from '../../lambdas/contract/profile.ts';

/** fx.land: keys that are JWTs, storage scopes, errors with a reason, and apps that ask for a key. */
export const fxland: Profile = {
  ...fractalpack,
  name: 'fxland',
  keyPrefixes: { ...fractalpack.keyPrefixes, secret: 'fxl' },
  keyFormat: 'jwt',
  dialect: { form: 'reason' },
  sentences: { unauthorized: 'Access token is missing or invalid' },
  sample: 'pins',
  apps: [{ name: 'My app', redirect: 'myapp://callback', scopes: ['storage:read', 'storage:write'] }],
};
