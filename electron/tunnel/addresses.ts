import { BlockList, isIP } from 'node:net';

/** 4 or 6, as the option of ip(8) has it. */
export type Family = '4' | '6';

export function familyOf(address: string): Family {
  return address.includes(':') ? '6' : '4';
}

/** False for what is not an address. */
export function inAnyRange(address: string, cidrs: readonly string[]): boolean {
  const plain = address.replace(/%.*$/, '');
  if (isIP(plain) === 0) return false;
  const ranges = new BlockList();
  for (const cidr of cidrs) {
    const { network, length } = splitCidr(cidr);
    ranges.addSubnet(network, length, ipVersion(network));
  }
  return ranges.check(plain, ipVersion(plain));
}

/** An address without a length is one host. */
export function splitCidr(cidr: string): { network: string; length: number } {
  const [network = '', length] = cidr.split('/');
  return { network, length: length === undefined ? hostLength(network) : Number(length) };
}

export function hostCidr(address: string): string {
  return `${address}/${hostLength(address)}`;
}

/** `address:port`, IPv6 in brackets. */
export function formatEndpoint(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/**
 * Whether the prefixes carry the traffic of a whole family: at least half of all addresses, so that lists which leave
 * out only the private ranges count too. Prefixes are expected not to overlap.
 */
export function coversFamily(cidrs: readonly string[], family: Family): boolean {
  const covered = cidrs
    .map(splitCidr)
    .filter(({ network }) => familyOf(network) === family)
    .reduce((share, { length }) => share + 2 ** -length, 0);
  // Public IPv6 unicast is 2000::/3, an eighth of all addresses.
  return covered >= (family === '4' ? 1 / 2 : 1 / 8);
}

function hostLength(address: string): number {
  return address.includes(':') ? 128 : 32;
}

function ipVersion(address: string): 'ipv4' | 'ipv6' {
  return familyOf(address) === '4' ? 'ipv4' : 'ipv6';
}
