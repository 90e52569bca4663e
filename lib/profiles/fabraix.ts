import { fractalpack, type Profile } from '../../lambdas/contract/profile.ts';

/** Fabraix: development, production, restricted and admin keys, `x-api-key`, and typed errors. */
export const fabraix: Profile = {
  ...fractalpack,
  name: 'fabraix',
  keyPrefixes: { ...fractalpack.keyPrefixes, secret: 'fbx' },
  dialect: { form: 'typed' },
  sentences: {
    unauthorized: 'Invalid API key provided',
    insufficient_permissions: 'API key does not have permission for this operation',
    rate_limited: 'Rate limit exceeded',
  },
  sample: 'agent-runs',
};
