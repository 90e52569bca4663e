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

/** The issuer of a data folder: where the stack first ran. On another port its tokens are still its own. */
export async function keptIssuer(dataFolder: string, url: string): Promise<string> {
  const file = join(dataFolder, 'issuer');
  const kept = await readFile(file, 'utf8').catch(() => '');
  if (kept === '') await writeFile(file, url);
  return kept || url;
}
