import { crc32 } from '../core/crc32.ts';

/**
 * Whether an answer is one of AWS, and whole: each has the id of its request, and DynamoDB's the CRC-32 of their body.
 * `{}` from anybody else would mean that what was asked for is done.
 */
export function isGenuine(headers: Readonly<Record<string, unknown>>, body: Uint8Array): boolean {
  const checksum = headers['x-amz-crc32'];
  return headers['x-amzn-requestid'] !== undefined && (checksum === undefined || Number(checksum) === crc32(body));
}

export const NOT_GENUINE = 'The answer is not a whole one of AWS';
