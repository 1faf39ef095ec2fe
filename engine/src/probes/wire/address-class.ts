import { BlockList, isIP } from 'node:net';

/** Addresses that no public portal has. Source: IANA special-purpose registries for IPv4 and IPv6 (RFC 6890), RFC 5771, RFC 4291. */
const NOT_PUBLIC: readonly (readonly [net: string, bits: number, family: 'ipv4' | 'ipv6'])[] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'], // link-local, and the metadata service of most clouds
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.0.2.0', 24, 'ipv4'],
  ['192.88.99.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['198.51.100.0', 24, 'ipv4'],
  ['203.0.113.0', 24, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'], // multicast, reserved, broadcast
  ['::', 96, 'ipv6'], // unspecified, loopback, IPv4-compatible
  ['64:ff9b:1::', 48, 'ipv6'],
  ['100::', 64, 'ipv6'],
  ['2001::', 23, 'ipv6'], // protocol assignments, with Teredo
  ['2001:db8::', 32, 'ipv6'],
  ['3fff::', 20, 'ipv6'],
  ['5f00::', 16, 'ipv6'],
  ['fc00::', 7, 'ipv6'], // unique local, with the metadata service fd00:ec2::254
  ['fe80::', 10, 'ipv6'],
  ['fec0::', 10, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
];

const lists = { ipv4: new BlockList(), ipv6: new BlockList() };
for (const [net, bits, family] of NOT_PUBLIC) lists[family].addSubnet(net, bits, family);

/** IPv6 networks that carry an IPv4 address: mapped (RFC 4291), NAT64 (RFC 6052), 6to4 (RFC 3056), as the group at which it starts. */
const CARRIERS: readonly (readonly [prefix: RegExp, firstGroup: number])[] = [
  [/^0:0:0:0:0:ffff:/, 6],
  [/^64:ff9b:0:0:0:0:/, 6],
  [/^2002:/, 1],
];

/** Whether an address lies on the public internet. Anything that is no address does not. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !lists.ipv4.check(address, 'ipv4');
  if (family !== 6 || address.includes('%')) return false;
  const groups = groupsOf(address);
  const spelled = groups.map((group) => group.toString(16)).join(':');
  const carrier = CARRIERS.find(([prefix]) => prefix.test(spelled));
  if (carrier === undefined) return !lists.ipv6.check(address, 'ipv6');
  const [high = 0, low = 0] = groups.slice(carrier[1], carrier[1] + 2);
  return isPublicAddress([high >> 8, high & 255, low >> 8, low & 255].join('.'));
}

/** The eight groups of a valid IPv6 address. */
function groupsOf(address: string): number[] {
  const { hostname } = new URL(`http://[${address}]`); // spells an embedded IPv4 address as groups
  const [head = '', tail] = hostname.slice(1, -1).split('::');
  const numbers = (part: string) => (part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16)));
  const [first, last] = [numbers(head), numbers(tail ?? '')];
  return [...first, ...Array.from({ length: 8 - first.length - last.length }, () => 0), ...last];
}
