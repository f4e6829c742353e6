import { writeEndpoint } from '../address.ts';
import type { WireGuardPeer, WireGuardProfile } from '../types.ts';

/** A wg-quick file from fields that were checked. `secret` says how the keys are shown. */
export function writeWireGuard(profile: WireGuardProfile, secret: (key: string) => string): string {
  const { privateKey, addresses, dns, searchDomains, mtu, peers } = profile;
  const own = section('Interface', [
    ['PrivateKey', secret(privateKey)],
    ['Address', addresses.join(', ')],
    ['DNS', [...dns, ...searchDomains].join(', ')],
    ['MTU', mtu?.toString()],
  ]);
  return [own, ...peers.map((peer) => writePeer(peer, secret))].join('\n');
}

function writePeer(peer: WireGuardPeer, secret: (key: string) => string): string {
  return section('Peer', [
    ['PublicKey', peer.publicKey],
    ['PresharedKey', peer.presharedKey === undefined ? undefined : secret(peer.presharedKey)],
    ['AllowedIPs', peer.allowedIps.join(', ')],
    ['Endpoint', peer.endpoint && writeEndpoint(peer.endpoint)],
    ['PersistentKeepalive', peer.persistentKeepalive?.toString()],
  ]);
}

function section(name: string, settings: [key: string, value: string | undefined][]): string {
  const lines = settings.flatMap(([key, value]) => (value === undefined || value === '' ? [] : `${key} = ${value}\n`));
  return `[${name}]\n${lines.join('')}`;
}
