import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseSigningKeys } from '../lambdas/adapters/signing-key-secret.ts';
import type { SigningKeyVault } from '../lambdas/core/token-ports.ts';

/** The issuer's private keys in the data folder, for their owner alone to read. */
export function createSigningKeyFile(dataFolder: string): SigningKeyVault {
  const file = join(dataFolder, 'signing-keys.json');
  return {
    read: async () => parseSigningKeys(await readFile(file, 'utf8').catch(() => '')),
    async write(keys) {
      // Renamed when it is whole: a process that dies in between leaves the old keys.
      await writeFile(`${file}.new`, JSON.stringify(keys), { mode: 0o600 });
      await rename(`${file}.new`, file);
    },
  };
}

/** A text that a data folder keeps from its first run on, for its owner alone to read. */
export async function keptText(dataFolder: string, name: string, make: () => string): Promise<string> {
  const file = join(dataFolder, name);
  const kept = await readFile(file, 'utf8').catch(() => '');
  if (kept !== '') return kept;
  const text = make();
  await writeFile(file, text, { mode: 0o600 });
  return text;
}
