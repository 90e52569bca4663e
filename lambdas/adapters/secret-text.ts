import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { UnavailableError } from '../core/errors.ts';

/** A secret that is a text and does not change: read when it is first needed, and again after a failure. */
export function createSecretText(client: SecretsManagerClient, secretId: string): () => Promise<string> {
  let known: string | undefined;
  return async () => {
    if (known !== undefined) return known;
    const { SecretString } = await client
      .send(new GetSecretValueCommand({ SecretId: secretId }))
      .catch((cause: unknown) => {
        throw new UnavailableError('a secret cannot be read', cause);
      });
    if (!SecretString) throw new UnavailableError('a secret is empty');
    known = SecretString;
    return known;
  };
}
