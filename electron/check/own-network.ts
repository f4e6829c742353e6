import { isBogon, type Family } from './addresses.ts';
import type { LocalAddress } from './net/net.ts';
import type { Way } from './net/ways.ts';
import { aroundKinds, type Report } from './report.ts';

/** What this computer's own interfaces say, before anything is sent. */
export interface OwnNetwork {
  /** Family to probe services with: IPv4 where there is any, so that a broken IPv6 disturbs nothing. Null: no network. */
  family: Family | null;
  /** An IPv6 address that reaches beyond the own link. */
  hasIpv6: boolean;
}

type Tunnel = Report['network']['tunnel'];

/** Names that tunnel programs give their interfaces, on Linux, macOS and Windows. PPP also carries ordinary lines. */
const tunnelNames: readonly { kind: Exclude<Tunnel, 'none'>; names: RegExp }[] = [
  { kind: 'wireguard', names: /^(wg|sawt-?w|nordlynx|proton(?!-?o)|mullvad)|wireguard|-wg\d*$/i },
  { kind: 'openvpn', names: /^(tun|tap|ovpn|sawt-?o)\d*|openvpn|tap-windows/i },
  { kind: 'other', names: /^(utun|ipsec|tailscale|zt|gpd|cscotun|sawt)|vpn/i },
];

export function readOwnNetwork(addresses: readonly LocalAddress[]): OwnNetwork {
  const outside = addresses.filter(({ internal }) => !internal);
  const ipv4 = outside.some(({ family, address }) => family === 4 && !address.startsWith('169.254.'));
  const hasIpv6 = outside.some(({ family, address }) => family === 6 && reaches(address));
  return { family: ipv4 ? 4 : hasIpv6 ? 6 : null, hasIpv6 };
}

/** Link-local addresses lead nowhere; private and documentation ones may, through a router of theirs. */
function reaches(address: string): boolean {
  return !/^fe[89ab]/i.test(address) && (!isBogon(address) || /^(f[cd]|2001:0?db8)/i.test(address));
}

function findTunnel(addresses: readonly LocalAddress[]): Tunnel {
  const kinds = addresses.map(tunnelKind);
  return tunnelNames.find(({ kind }) => kinds.includes(kind))?.kind ?? 'none';
}

/** By the name, else by what the system says. */
function tunnelKind({ interface: name, address, device }: LocalAddress): Tunnel {
  // macOS keeps utun interfaces with nothing but link-local addresses for itself.
  if (/^fe[89ab]/i.test(address)) return 'none';
  const named = tunnelNames.find(({ names }) => names.test(name))?.kind;
  if (device === 'wireguard') return device;
  return named ?? (device === 'tun' ? 'other' : 'none');
}

/** What goes past a tunnel that carries the rest. */
export type Around = NonNullable<Report['network']['aroundTunnel']>[number];

/**
 * Whether a tunnel carried what was answered, and what went around it: a tunnel interface alone says little, it may lead to
 * one office or to a virtual machine. `ways` are those that answers have come by; where there were none, interfaces speak.
 * What went partly in and partly out is no leak, but a tunnel that was made for some addresses only.
 */
export function tunnelInUse(
  addresses: readonly LocalAddress[],
  ways: readonly Way[],
): { tunnel: Tunnel; around: Around[] } {
  if (ways.length === 0) return { tunnel: findTunnel(addresses.filter(({ internal }) => !internal)), around: [] };
  const tunnels = addresses.filter((one) => tunnelKind(one) !== 'none');
  const isInside = ({ local }: Way): boolean => tunnels.some(({ address }) => address === local);
  const used = tunnels.filter(({ address }) => ways.some(({ local }) => local === address));
  if (used.length === 0) return { tunnel: 'none', around: [] };
  const isIpv6 = ({ local }: Way): boolean => local.includes(':');
  const wholly = (some: (way: Way) => boolean): boolean => {
    const these = ways.filter(some);
    return these.length > 0 && !these.some(isInside);
  };
  const around: Record<Around, boolean> = {
    udp: wholly((way) => way.transport === 'udp' && !isIpv6(way)),
    tcp: wholly((way) => way.transport === 'tcp' && !isIpv6(way)),
    ipv6: wholly(isIpv6),
  };
  return { tunnel: findTunnel(used), around: aroundKinds.filter((kind) => around[kind]) };
}
