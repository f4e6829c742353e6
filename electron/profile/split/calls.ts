import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { isIpv6, parseNetwork } from '../address.ts';
import type { OpenVpnProfile, Profile, WireGuardProfile } from '../types.ts';
import { collapse, subtract } from './prefixes.ts';

/**
 * All of public IPv6 (RFC 4291 §2.4: 2000::/3). Few services publish their IPv6 ranges and programs prefer IPv6, so a
 * calls-only tunnel that carries it carries all of it; else calls would go around.
 */
export const publicIpv6 = '2000::/3';

export interface SplitOrder {
  /** Ranges of the services, collapsed. */
  prefixes: readonly string[];
  /** STUN servers, by address: calls of many services ask them, and a re-check of calls needs some inside. */
  stun: readonly string[];
  /** Resolvers, by address: names are looked up inside, since names are blocked too. */
  resolvers: readonly string[];
  /** Addresses of the servers whose names could be looked up: a server's own address inside its tunnel would be a loop. */
  serverAddresses: readonly string[];
}

/**
 * The profile with only the services' ranges, the resolvers and (where it has IPv6) all IPv6 inside the tunnel. It works in
 * every WireGuard and OpenVPN program; `split` tells ours that this is meant, and what to lock.
 */
export function splitForCalls(profile: Profile, order: SplitOrder): Profile {
  return profile.kind === 'wireguard' ? splitWireGuard(profile, order) : splitOpenVpn(profile, order);
}

function splitWireGuard(profile: WireGuardProfile, order: SplitOrder): WireGuardProfile {
  const { addresses, peers } = profile;
  const dns = profile.dns.length > 0 ? profile.dns : [...order.resolvers];
  // A network of the tunnel's own, where the provider's resolver and gateway live.
  const own = addresses.filter((cidr) => !/\/(?:32|128)$/.test(cidr)).flatMap((cidr) => parseNetwork(cidr) ?? []);
  const hasIpv6 = addresses.some(isIpv6);
  const inside = [
    ...order.prefixes,
    ...order.stun.map(hostOf),
    ...(hasIpv6 ? [publicIpv6] : []),
    ...dns.map(hostOf),
    ...own,
  ];
  const servers = [...peers.flatMap(({ endpoint }) => endpoint?.host ?? []), ...order.serverAddresses];
  const all = subtract(inside, servers.filter(isAddress).map(hostOf));
  const allowedIps = hasIpv6 ? all : all.filter((cidr) => !isIpv6(cidr));
  return {
    ...profile,
    dns,
    split: 'calls',
    // The other peers of a profile that has some keep what they had: it is theirs.
    peers: peers.map((peer, index) => (index === exitOf(peers) ? { ...peer, allowedIps } : peer)),
  };
}

/** The peer that carried everything, or most. */
function exitOf(peers: WireGuardProfile['peers']): number {
  const width = (cidrs: readonly string[]): number =>
    collapse(cidrs)
      .filter((cidr) => !isIpv6(cidr))
      .reduce((sum, cidr) => sum + 2 ** -Number(cidr.split('/')[1]), 0);
  const widths = peers.map(({ allowedIps }) => width(allowedIps));
  return widths.indexOf(Math.max(...widths));
}

/** Directives that decide what goes inside. */
const routing = ['redirect-gateway', 'route', 'route-ipv6', 'route-nopull'];

function splitOpenVpn(profile: OpenVpnProfile, order: SplitOrder): OpenVpnProfile {
  const kept = profile.options.filter(({ name, args }) => !routing.includes(name) && !isAboutRoutes(name, args));
  const named = kept.flatMap(({ name, args }) =>
    name === 'dhcp-option' && /^DNS6?$/.test(args[0] ?? '') ? args[1] : [],
  );
  const resolvers = [...named, ...order.resolvers].filter((text) => text !== undefined).filter(isAddress);
  const servers = [...profile.remotes.map(({ host }) => host), ...order.serverAddresses].filter(isAddress);
  const inside = subtract(
    [...order.prefixes, ...order.stun.map(hostOf), publicIpv6, ...resolvers.map(hostOf)],
    servers.map(hostOf),
  );
  return {
    ...profile,
    split: 'calls',
    options: [
      ...kept,
      // Not `route-nopull`: it would refuse the server's resolvers too (openvpn(8)).
      ...['redirect-', 'route ', 'route-ipv6 '].map((text) => ({ name: 'pull-filter', args: ['ignore', text] })),
      ...inside.map((cidr) =>
        isIpv6(cidr) ? { name: 'route-ipv6', args: [cidr] } : { name: 'route', args: routeOf(cidr) },
      ),
    ],
  };
}

function isAboutRoutes(name: string, args: readonly string[]): boolean {
  return name === 'pull-filter' && /^(?:redirect|route)/.test(args[1] ?? '');
}

/** Network and mask. */
function routeOf(cidr: string): string[] {
  const [network = '', bits] = cidr.split('/');
  return [network, ipaddr.IPv4.subnetMaskFromPrefixLength(Number(bits)).toString()];
}

/** What a calls-only profile leads through its tunnel; undefined for a profile that is none. */
export function splitPrefixes(profile: Profile): string[] | undefined {
  if (profile.split !== 'calls') return undefined;
  if (profile.kind === 'wireguard') return profile.peers[exitOf(profile.peers)]?.allowedIps ?? [];
  return profile.options.flatMap(({ name, args }) => {
    if (name === 'route-ipv6') return args.slice(0, 1);
    const [network, mask] = args;
    if (name !== 'route' || network === undefined) return [];
    return `${network}/${mask === undefined ? 32 : (ipaddr.IPv4.parse(mask).prefixLengthFromSubnetMask() ?? 32)}`;
  });
}

const isAddress = (host: string): boolean => isIP(host) !== 0;
const hostOf = (address: string): string => `${address}/${isIpv6(address) ? 128 : 32}`;
