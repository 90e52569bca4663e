import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { clientLimits } from '../adapters/client-limits.ts';
import { createSigningKeySecret } from '../adapters/signing-key-secret.ts';
import { environment } from '../contract/environment.ts';
import type { SigningKeyVault } from '../core/token-ports.ts';
import { readEnv } from './read-env.ts';

export const openVault = (): SigningKeyVault =>
  createSigningKeySecret(new SecretsManagerClient(clientLimits), readEnv(environment.signingKeys));
