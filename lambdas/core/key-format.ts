import { hash } from 'node:crypto';
import type { Mode } from '../contract/profile.ts';
import { type RandomBytes, randomBase62, toBase62 } from './base62.ts';
import { crc32 } from './crc32.ts';

const ID_LENGTH = 10;
const SECRET_LENGTH = 32;
const CHECKSUM_LENGTH = 6;
const BODY = new RegExp(`^[0-9A-Za-z]{${ID_LENGTH + SECRET_LENGTH + CHECKSUM_LENGTH}}$`);

/** A key as its holder presents it, well formed; that it exists is for the store to say. */
export interface UnverifiedKey {
  /** Without the `key_` that the API shows before it. */
  readonly id: string;
  readonly mode: Mode;
  /** SHA-256 of the whole key, base64url: all that is stored. */
  readonly secretHash: string;
}

export interface MintedKey extends UnverifiedKey {
  /** The plain key. It goes into one answer and nowhere else. */
  readonly apiKey: string;
  /** What may be shown of it later: the prefix and three characters. */
  readonly keyPrefix: string;
}

export const hashSecret = (secret: string): string => hash('sha256', secret, 'base64url');

const checksum = (text: string): string => toBase62(crc32(text), CHECKSUM_LENGTH);

/** Mints `fpk_live_` + 10 characters of id + 32 of secret (190 bits) + 6 of CRC-32, in base62. */
export function mintKey(keyPrefix: string, mode: Mode, random: RandomBytes): MintedKey {
  const head = `${keyPrefix}_${mode}_`;
  const id = randomBase62(ID_LENGTH, random);
  const unsigned = head + id + randomBase62(SECRET_LENGTH, random);
  const apiKey = unsigned + checksum(unsigned);
  return { id, mode, apiKey, secretHash: hashSecret(apiKey), keyPrefix: apiKey.slice(0, head.length + 3) };
}

/** Reads a key, or returns undefined for what was never one: forgeries and typing errors cost no I/O. */
export function parseKey(keyPrefix: string, text: string): UnverifiedKey | undefined {
  for (const mode of ['live', 'test'] as const) {
    const head = `${keyPrefix}_${mode}_`;
    if (!text.startsWith(head)) continue;
    const body = text.slice(head.length);
    if (!BODY.test(body) || checksum(text.slice(0, -CHECKSUM_LENGTH)) !== text.slice(-CHECKSUM_LENGTH))
      return undefined;
    return { id: body.slice(0, ID_LENGTH), mode, secretHash: hashSecret(text) };
  }
  return undefined;
}

const PUBLIC_ID = new RegExp(`^key_([0-9A-Za-z]{${ID_LENGTH}})$`);

export const toPublicId = (id: string): string => `key_${id}`;

/** The id within `key_…`, or undefined where it is no key's id. */
export const fromPublicId = (keyId: string): string | undefined => PUBLIC_ID.exec(keyId)?.[1];
