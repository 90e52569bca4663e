import { fractalpack, type Profile } from '../../lambdas/contract/profile.ts';

/** Fluxrate: scoped keys for tracking usage, managed at `/api/v1/api-keys`. */
export const fluxrate: Profile = {
  ...fractalpack,
  name: 'fluxrate',
  keyPrefixes: { ...fractalpack.keyPrefixes, secret: 'org' },
  dialect: { form: 'problem', typeBase: 'https://api.fluxrate.co/errors/' },
  sentences: { unauthorized: 'The API key or session is missing or invalid.' },
  sample: 'metering',
};
