const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** The largest multiple of 62 in a byte: bytes from here on are drawn again, or some characters would be likelier. */
const UNBIASED = 248;

/** Returns `count` unpredictable bytes. */
export type RandomBytes = (count: number) => Uint8Array;

/** `length` characters, each of the 62 equally likely. */
export function randomBase62(length: number, random: RandomBytes): string {
  let text = '';
  while (text.length < length) {
    for (const byte of random(length - text.length)) {
      if (byte < UNBIASED) text += ALPHABET[byte % 62];
    }
  }
  return text;
}

/** `value` in base62, zero-padded to `length`. */
export function toBase62(value: number, length: number): string {
  let text = '';
  for (let rest = value; text.length < length; rest = Math.floor(rest / 62)) text = ALPHABET[rest % 62] + text;
  return text;
}
