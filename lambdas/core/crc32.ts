/** CRC-32 (ISO-HDLC) of four bits, for each of their values: of eight, a container's first answer would wait for the table. */
const TABLE = Uint32Array.from({ length: 16 }, (_, bits) => {
  let remainder = bits;
  for (let bit = 0; bit < 4; bit++) remainder = remainder & 1 ? (remainder >>> 1) ^ 0xedb88320 : remainder >>> 1;
  return remainder;
});

/** CRC-32 as `node:zlib` computes it: loading that module takes about 3 ms, for this alone. */
export function crc32(bytes: Uint8Array): number {
  let remainder = 0xffffffff;
  for (const byte of bytes) {
    remainder ^= byte;
    remainder = (TABLE[remainder & 15] ?? 0) ^ (remainder >>> 4);
    remainder = (TABLE[remainder & 15] ?? 0) ^ (remainder >>> 4);
  }
  return (remainder ^ 0xffffffff) >>> 0;
}
