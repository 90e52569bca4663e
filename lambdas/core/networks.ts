import { BlockList, isIP } from 'node:net';

const familyOf = (address: string): 'ipv4' | 'ipv6' => (address.includes(':') ? 'ipv6' : 'ipv4');

function split(cidr: string): { network: string; length: number } {
  const [, network = '', length] = /^([^/]+)\/(\d{1,3})$/.exec(cidr) ?? [];
  // Not a number, which no network and no comparison accepts: Number('') would be 0, which is everywhere.
  return { network, length: length === undefined ? Number.NaN : Number(length) };
}

/** An IPv4 address that is written as an IPv6 one, `::ffff:192.0.2.1`, is what it is written for. */
const plain = (address: string): string => /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;

/** Whether an address is in a network. Those of another family are not: a prefix's length means something else there. */
function contains(cidr: string, address: string): boolean {
  const { network, length } = split(cidr);
  const family = familyOf(address);
  if (familyOf(network) !== family) return false;
  try {
    const list = new BlockList();
    list.addSubnet(network, length, family);
    return list.check(address, family);
  } catch {
    return false;
  }
}

/** Whether an address is in one of the networks. What is no address, or no network, is in none. */
export function isWithin(cidrs: readonly string[], address: string | undefined): boolean {
  if (address === undefined || isIP(address) === 0) return false;
  return cidrs.some((cidr) => contains(cidr, plain(address)));
}

/** Whether every network lies in one of the outer ones. */
export const areWithin = (outer: readonly string[], cidrs: readonly string[]): boolean =>
  cidrs.every((cidr) => {
    const { network, length } = split(cidr);
    return outer.some((one) => split(one).length <= length && contains(one, network));
  });

/**
 * What a request without a credential is counted under: an IPv4 address, or the /64 that an IPv6 address is in, since
 * whoever has one address of it has them all. Undefined for what is no address.
 */
export function networkOf(address: string): string | undefined {
  const family = isIP(address);
  if (family === 0) return undefined;
  const known = plain(address);
  if (familyOf(known) === 'ipv4') return known;
  const [head = '', tail] = known.replace(/%.*$/, '').split('::');
  const groups = head === '' ? [] : head.split(':');
  // `::` stands for as many zeros as are missing; of these, only those among the first four groups matter.
  const after = tail ? tail.split(':').flatMap((group) => (group.includes('.') ? ['0', '0'] : [group])) : [];
  const zeros = tail === undefined ? 0 : 8 - groups.length - after.length;
  const all = [...groups, ...Array<string>(zeros).fill('0'), ...after];
  const network = all.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(':')}::/64`;
}
