import { BlockList, isIP } from 'node:net';

const familyOf = (address: string): 'ipv4' | 'ipv6' => (address.includes(':') ? 'ipv6' : 'ipv4');

function split(cidr: string): { network: string; length: number } {
  const [, network = '', length] = /^([^/]+)\/(\d{1,3})$/.exec(cidr) ?? [];
  // Not a number, which no network and no comparison accepts: Number('') would be 0, which is everywhere.
  return { network, length: length === undefined ? Number.NaN : Number(length) };
}

/** @throws Error for what is no CIDR */
function listOf(cidrs: readonly string[]): BlockList {
  const list = new BlockList();
  for (const { network, length } of cidrs.map(split)) list.addSubnet(network, length, familyOf(network));
  return list;
}

/** Whether an address is in one of the networks. What is no address, or no network, is in none. */
export function isWithin(cidrs: readonly string[], address: string | undefined): boolean {
  if (address === undefined || isIP(address) === 0) return false;
  try {
    return listOf(cidrs).check(address, familyOf(address));
  } catch {
    return false;
  }
}

/** Whether every network lies in one of the outer ones. */
export const areWithin = (outer: readonly string[], cidrs: readonly string[]): boolean =>
  cidrs.every((cidr) => {
    const { network, length } = split(cidr);
    return outer.some((one) => split(one).length <= length && isWithin([one], network));
  });
