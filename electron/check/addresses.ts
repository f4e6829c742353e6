import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** Address ranges that no public name can honestly resolve to (the set of OONI's netxlite/bogon.go; RFC 6890). */
const bogons = blockList([
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '::/127',
  '100::/64',
  '2001:db8::/32',
  'fc00::/7',
  'fe80::/10',
  'ff00::/8',
]);

export function isBogon(address: string): boolean {
  if (isIPv4(address)) return bogons.check(address, 'ipv4');
  return !isIPv6(address) || bogons.check(address, 'ipv6');
}

function blockList(cidrs: readonly string[]): BlockList {
  const list = new BlockList();
  for (const cidr of cidrs) {
    const [net = '', bits = ''] = cidr.split('/');
    list.addSubnet(net, Number(bits), isIPv4(net) ? 'ipv4' : 'ipv6');
  }
  return list;
}

export type Family = 4 | 6;

export function ofFamily(addresses: readonly string[], family: Family): string[] {
  return addresses.filter((address) => (family === 4 ? isIPv4(address) : isIPv6(address)));
}
