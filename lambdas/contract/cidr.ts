import * as z from 'zod';

const cidr = z.union([z.cidrv4(), z.cidrv6()]);

/** An address as its bits. @param address IPv4 or IPv6, valid */
function bitsOf(address: string): string {
  if (!address.includes(':')) {
    return address
      .split('.')
      .map((octet) => Number(octet).toString(2).padStart(8, '0'))
      .join('');
  }
  // Written as URLs write it, an IPv6 address has neither an IPv4 part nor zeros in front.
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':'));
  const [before, after] = [groups(head), groups(tail ?? '')];
  const zeros = Array<string>(8 - before.length - after.length).fill('0');
  return [...before, ...zeros, ...after]
    .map((group) => Number.parseInt(group, 16).toString(2).padStart(16, '0'))
    .join('');
}

/** `::ffff:0:0/96`: IPv4 addresses in the clothes of IPv6, which no request comes from. */
const MAPPED = `${'0'.repeat(80)}${'1'.repeat(16)}`;

/**
 * Whether a text is a network, IPv4 or IPv6, such as `192.0.2.0/24`. An address within one, `192.0.2.7/24`, is not: who
 * wrote that may have meant the address alone.
 */
export function isNetwork(text: string): boolean {
  if (!cidr.safeParse(text).success) return false;
  const [address = '', length] = text.split('/');
  const bits = bitsOf(address);
  return !bits.slice(Number(length)).includes('1') && !(bits.length === 128 && bits.startsWith(MAPPED));
}
