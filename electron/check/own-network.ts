import { isBogon, type Family } from './addresses.ts';
import type { LocalAddress } from './net/net.ts';
import type { Report } from './report.ts';

/** What this computer's own interfaces say, before anything is sent. */
export interface OwnNetwork {
  /** Family to probe services with: IPv4 where there is any, so that a broken IPv6 disturbs nothing. Null: no network. */
  family: Family | null;
  /** An IPv6 address that reaches beyond the own link. */
  hasIpv6: boolean;
  tunnel: Report['network']['tunnel'];
}

/** Names that tunnel programs give their interfaces, on Linux, macOS and Windows. */
const tunnelNames: readonly { kind: Exclude<OwnNetwork['tunnel'], 'none'>; names: RegExp }[] = [
  { kind: 'wireguard', names: /^(wg|sawt-?w|nordlynx|proton(?!-?o)|mullvad)|wireguard|-wg\d*$/i },
  { kind: 'openvpn', names: /^(tun|tap|ovpn|sawt-?o)\d*|openvpn|tap-windows/i },
  { kind: 'other', names: /^(utun|ppp|ipsec|tailscale|zt|gpd|cscotun|sawt)|vpn/i },
];

export function readOwnNetwork(addresses: readonly LocalAddress[]): OwnNetwork {
  const outside = addresses.filter(({ internal }) => !internal);
  const ipv4 = outside.some(({ family, address }) => family === 4 && !address.startsWith('169.254.'));
  const hasIpv6 = outside.some(({ family, address }) => family === 6 && reaches(address));
  return { family: ipv4 ? 4 : hasIpv6 ? 6 : null, hasIpv6, tunnel: findTunnel(outside) };
}

/** Link-local addresses lead nowhere; private and documentation ones may, through a router of theirs. */
function reaches(address: string): boolean {
  return !/^fe[89ab]/i.test(address) && (!isBogon(address) || /^(f[cd]|2001:0?db8)/i.test(address));
}

function findTunnel(addresses: readonly LocalAddress[]): OwnNetwork['tunnel'] {
  // macOS keeps utun interfaces with nothing but link-local addresses for itself.
  const usable = addresses.filter(({ address }) => !/^fe[89ab]/i.test(address));
  for (const { kind, names } of tunnelNames) {
    if (usable.some(({ interface: name }) => names.test(name))) return kind;
  }
  return 'none';
}
