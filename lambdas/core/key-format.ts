import { hash } from 'node:crypto';
import type { KeyType, Mode } from '../contract/profile.ts';
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
  /** By its prefix, which no other type shares. */
  readonly publishable: boolean;
  /** SHA-256 of the whole key, base64url: all that is stored. */
  readonly secretHash: string;
}

export interface MintedKey {
  readonly id: string;
  readonly secretHash: string;
  /** The plain key. It goes into one answer and nowhere else. */
  readonly apiKey: string;
  /** What may be shown of it later: the prefix and three characters. */
  readonly keyPrefix: string;
}

export const hashSecret = (secret: string): string => hash('sha256', secret, 'base64url');

export const newKeyId = (random: RandomBytes): string => randomBase62(ID_LENGTH, random);

const checksum = (text: string): string => toBase62(crc32(Buffer.from(text)), CHECKSUM_LENGTH);

/** Mints `fpk_live_` + 10 characters of id + 32 of secret (190 bits) + 6 of CRC-32, in base62. */
export function mintKey(prefix: string, mode: Mode, random: RandomBytes): MintedKey {
  const head = `${prefix}_${mode}_`;
  const id = newKeyId(random);
  const unsigned = head + id + randomBase62(SECRET_LENGTH, random);
  const apiKey = unsigned + checksum(unsigned);
  return { id, apiKey, secretHash: hashSecret(apiKey), keyPrefix: apiKey.slice(0, head.length + 3) };
}

/** Reads a deployment's keys. */
export function createKeyReader(prefixes: Readonly<Record<KeyType, string>>) {
  const heads = [...new Set(Object.values(prefixes))].flatMap((prefix) => [`${prefix}_live_`, `${prefix}_test_`]);
  const publishable = [`${prefixes.publishable}_live_`, `${prefixes.publishable}_test_`];

  return {
    /** Whether a text begins as a key does: then it is one, or nothing. */
    isLikeKey: (text: string): boolean => heads.some((head) => text.startsWith(head)),

    /** Undefined for what was never a key: forgeries and typing errors cost no I/O. */
    read(text: string): UnverifiedKey | undefined {
      const head = heads.find((candidate) => text.startsWith(candidate));
      if (head === undefined) return undefined;
      const body = text.slice(head.length);
      if (!BODY.test(body) || checksum(text.slice(0, -CHECKSUM_LENGTH)) !== text.slice(-CHECKSUM_LENGTH))
        return undefined;
      const id = body.slice(0, ID_LENGTH);
      return { id, publishable: publishable.includes(head), secretHash: hashSecret(text) };
    },
  };
}

const PUBLIC_ID = new RegExp(`^key_([0-9A-Za-z]{${ID_LENGTH}})$`);

export const toPublicId = (id: string): string => `key_${id}`;

/** The id within `key_…`, or undefined where it is no key's id. */
export const fromPublicId = (keyId: string): string | undefined => PUBLIC_ID.exec(keyId)?.[1];
