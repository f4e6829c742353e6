import { isIPv4, isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { Endpoint } from './types.ts';

/**
 * Addresses as their canonical text, so that one address has one spelling (RFC 5952 for IPv6). node:net decides what is
 * an address: it takes no octal, hexadecimal or short forms, which programs read differently.
 */

/** Undefined: not an IP address. No zone (`%eth0`): it means something else on every computer. */
export function parseAddress(text: string): string | undefined {
  if (isIPv4(text)) return text;
  return isIPv6(text) && !text.includes('%') ? ipaddr.IPv6.parse(text).toRFC5952String() : undefined;
}

export const isIpv6 = (address: string): boolean => address.includes(':');

/** An interface's address with its prefix, host bits kept; without a prefix it is a single address. */
export function parseInterfaceAddress(text: string): string | undefined {
  const cidr = splitCidr(text);
  return cidr && `${cidr.address}/${cidr.bits}`;
}

/** A network, host bits cleared, as the kernel does. */
export function parseNetwork(text: string): string | undefined {
  const cidr = splitCidr(text);
  if (!cidr) return undefined;
  const network = isIpv6(cidr.address)
    ? ipaddr.IPv6.networkAddressFromCIDR(`${cidr.address}/${cidr.bits}`).toRFC5952String()
    : ipaddr.IPv4.networkAddressFromCIDR(`${cidr.address}/${cidr.bits}`).toString();
  return `${network}/${cidr.bits}`;
}

function splitCidr(text: string): { address: string; bits: number } | undefined {
  const match = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text);
  const address = match?.[1] === undefined ? undefined : parseAddress(match[1]);
  if (address === undefined) return undefined;
  const most = isIpv6(address) ? 128 : 32;
  const bits = match?.[2] === undefined ? most : Number(match[2]);
  return bits <= most ? { address, bits } : undefined;
}

/** Labels of 1 to 63 letters, digits, hyphens and underscores, no hyphen at their ends. */
const labels = /^(?:(?!-)[a-z0-9_-]{1,63}(?<!-)(?:\.(?!$)|$))+$/;
/** "1.2.3" and "0x7f.1" are addresses to the C library: such a name can lead somewhere else than it reads. */
const endsInNumber = /(?:^|\.)(?:\d+|0x[0-9a-f]*)$/;

/** In lower case. Undefined for what is no name, and for what resolvers take for a number. */
export function parseHostName(text: string): string | undefined {
  const name = text.toLowerCase().replace(/\.$/, '');
  return name.length <= 253 && labels.test(name) && !endsInNumber.test(name) ? name : undefined;
}

export const parseHost = (text: string): string | undefined => parseAddress(text) ?? parseHostName(text);

/** 1 to 65535, digits only: wg also takes names of services, which differ between computers. */
export function parsePort(text: string): number | undefined {
  return parseInteger(text, 1, 65535);
}

export function parseInteger(text: string, least: number, most: number): number | undefined {
  if (!/^\d{1,10}$/.test(text)) return undefined;
  const number = Number(text);
  return number >= least && number <= most ? number : undefined;
}

/** `host:port`, IPv6 in brackets. */
export function parseEndpoint(text: string): Endpoint | undefined {
  const match = /^(?:\[([^\]]+)\]|([^:[\]]+)):(\d+)$/.exec(text);
  if (!match) return undefined;
  const [, bracketed, plain, digits = ''] = match;
  const host = bracketed === undefined ? parseHost(plain ?? '') : parseAddress(bracketed);
  const port = parsePort(digits);
  if (host === undefined || port === undefined || (bracketed !== undefined && !isIpv6(host))) return undefined;
  return { host, port };
}

export function writeEndpoint({ host, port }: Endpoint): string {
  return isIpv6(host) ? `[${host}]:${port}` : `${host}:${port}`;
}

/** An address that nobody outside one's own network can have: private, loopback, link-local, documentation ... */
export function isPublicAddress(address: string): boolean {
  return ipaddr.parse(address).range() === 'unicast';
}

/** Do these networks (canonical) hold every address of the family? `0.0.0.0/1, 128.0.0.0/1` is the same as `/0`. */
export function coversEverything(networks: readonly string[], family: 'ipv4' | 'ipv6'): boolean {
  const most = family === 'ipv6' ? 128n : 32n;
  const spans = networks
    .filter((network) => isIpv6(network) === (family === 'ipv6'))
    .map((network) => {
      const [address = '', bits = ''] = network.split('/');
      const first = ipaddr
        .parse(address)
        .toByteArray()
        .reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
      return { first, end: first + (1n << (most - BigInt(bits))) };
    })
    .sort((a, b) => (a.first < b.first ? -1 : 1));
  let reached = 0n;
  for (const { first, end } of spans) {
    if (first > reached) return false;
    if (end > reached) reached = end;
  }
  return reached === 1n << most;
}
