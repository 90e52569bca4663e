import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import { UnavailableError } from '../core/errors.ts';
import type { SigningKeys, SigningKeyVault } from '../core/token-ports.ts';
import { checkAnswers } from './check-answers.ts';

const signingKey = z.object({
  kid: z.string(),
  privateKey: z.object({ kty: z.literal('EC'), crv: z.literal('P-256'), x: z.string(), y: z.string(), d: z.string() }),
});
const signingKeys = z.object({ current: signingKey, next: signingKey });

/** What a vault holds, or undefined for what is no pair of keys, such as what a new secret begins with. */
export function parseSigningKeys(text: string): SigningKeys | undefined {
  try {
    return signingKeys.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** The private keys as one JSON value in Secrets Manager. */
export const createSigningKeySecret = (client: SecretsManagerClient, secretId: string): SigningKeyVault => ({
  async read() {
    const { SecretString = '' }: { SecretString?: string | undefined } = await checkAnswers(client)
      .send(new GetSecretValueCommand({ SecretId: secretId }))
      .catch((error: unknown) => {
        // Of a secret without any value yet, there is no version.
        if (error instanceof ResourceNotFoundException) return {};
        throw new UnavailableError('the signing keys cannot be read', error);
      });
    return parseSigningKeys(SecretString);
  },

  async write(keys) {
    try {
      await checkAnswers(client).send(
        new PutSecretValueCommand({ SecretId: secretId, SecretString: JSON.stringify(keys) }),
      );
    } catch (error) {
      throw new UnavailableError('the signing keys cannot be kept', error);
    }
  },
});
