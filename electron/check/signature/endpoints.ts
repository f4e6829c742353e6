import { BlockList, isIP, isIPv4, isIPv6 } from 'node:net';
import { isBogon } from '../addresses.ts';
import type { Catalogue } from '../catalogue.ts';
import type { Endpoint } from '../net/net.ts';
import { stunPort } from '../packet/stun.ts';
import { SignatureError } from './errors.ts';

/** A server that agreed to be looked at through a filter that may remember it: its name as it was given, and one port. */
export interface NamedEndpoint extends Endpoint {
  host: string;
}

interface HostPorts {
  host: string;
  first: number;
  last: number;
}

/** More are never needed, and each gets a packet or two. */
const endpointsMax = 64;
const hostName = /^(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*$/;

/** `HOST[:PORT|:FIRST-LAST],...`; without a port: 3478. Throws SignatureError. */
export function parseEndpoints(text: string): HostPorts[] {
  const parts = text.split(',').map((part) => parsePart(part.trim().toLowerCase()));
  const count = parts.reduce((sum, { first, last }) => sum + last - first + 1, 0);
  if (count > endpointsMax) throw new SignatureError(`At most ${endpointsMax} ports can be named, not ${count}.`);
  return parts;
}

function parsePart(part: string): HostPorts {
  if (isIPv6(part.replace(/^\[|\](:[\d-]+)?$/g, ''))) throw new SignatureError(ipv4Only);
  const match = /^([^:]+)(?::(\d{1,5})(?:-(\d{1,5}))?)?$/.exec(part);
  const [, host = '', port, to] = match ?? [];
  const first = Number(port ?? stunPort);
  const last = Number(to ?? first);
  const isHost = isIPv4(host) || (hostName.test(host) && !/^[\d.]+$/.test(host));
  if (!match || !isHost || first < 1 || last > 65535 || last < first) {
    throw new SignatureError(
      `"${part}" names no server. Write its address or name, and ports of it, like 198.51.100.7:3478-3500.`,
    );
  }
  return { host, first, last };
}

const ipv4Only = 'What calls look like is known over IPv4 only: name the server by its IPv4 address.';

/**
 * Addresses and ports in the order in which they were named; of those that a filter may take for one, the first. Throws SignatureError for servers that never
 * agreed (neutral ones of the catalogue, services' own), and for such as tell nothing about the operator's network.
 */
export async function resolveEndpoints(
  named: readonly HostPorts[],
  catalogue: Catalogue,
  lookUp: (name: string) => Promise<string>,
): Promise<NamedEndpoint[]> {
  const strangers = knownStrangers(catalogue);
  const endpoints = new Map<number, NamedEndpoint>();
  for (const { host, first, last } of named) {
    if (strangers.hasName(host)) throw new SignatureError(belongsToOthers(host));
    const address = await addressOf(host, lookUp);
    if (isBogon(address)) {
      throw new SignatureError(
        `${address} is no address of the Internet: packets to it never cross your operator's network, so they would tell nothing about it.`,
      );
    }
    if (strangers.hasAddress(address)) throw new SignatureError(belongsToOthers(host));
    for (let port = first; port <= last; port += 1) {
      const endpoint = { host, address, port };
      const key = rememberedAs(endpoint);
      if (!endpoints.has(key)) endpoints.set(key, endpoint);
    }
  }
  return [...endpoints.values()];
}

/**
 * What nDPI remembers a server by: the sum of address and port (4.2, stun.c, get_stun_lru_key; seen in the lab). Port 3479
 * of one address is port 3478 of the next to it.
 */
function rememberedAs({ address, port }: NamedEndpoint): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0) + port;
}

function belongsToOthers(host: string): string {
  return `${host} belongs to a service or to a neutral operator. A filter may remember a server that such packets were sent to, and break it for others: name a server of your own, or one whose owner agreed.`;
}

async function addressOf(host: string, lookUp: (name: string) => Promise<string>): Promise<string> {
  const address = isIP(host) === 0 ? await lookUp(host).catch(() => undefined) : host;
  if (address === undefined)
    throw new SignatureError(`No IPv4 address was found for ${host}: name the server by its address.`);
  if (!isIPv4(address)) throw new SignatureError(ipv4Only);
  return address;
}

interface Strangers {
  hasName(host: string): boolean;
  hasAddress(address: string): boolean;
}

function knownStrangers({ controls, services }: Catalogue): Strangers {
  const { tls, stun, turn, dns, doh, portal, ntp } = controls;
  const targets = services.flatMap(({ messages, calls }) => [...messages, ...calls]);
  const known = [...tls, ...stun, ...turn, ...doh, ...portal, ...ntp, ...targets];
  const names = known.flatMap(({ host }) => host ?? []);
  const addresses = new BlockList();
  for (const address of [...known.flatMap((one) => one.addresses), ...dns.map((one) => one.address)]) {
    addresses.addAddress(address, isIPv4(address) ? 'ipv4' : 'ipv6');
  }
  for (const { cidr } of services.flatMap(({ prefixes }) => prefixes)) {
    const [net = '', bits] = cidr.split('/');
    addresses.addSubnet(net, Number(bits), isIPv4(net) ? 'ipv4' : 'ipv6');
  }
  return {
    hasName: (host) => names.some((name) => host === name || host.endsWith(`.${name}`)),
    hasAddress: (address) => addresses.check(address, 'ipv4'),
  };
}
