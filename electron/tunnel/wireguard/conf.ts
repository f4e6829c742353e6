import type { WireGuardProfile } from '../../profile/types.ts';
import { formatEndpoint } from '../addresses.ts';
import { TunnelFailure } from '../errors.ts';
import { tunnelMark } from '../lock/routing-lock.ts';

/**
 * Input of `wg setconf` (wg(8), configuration file format). The mark is in the file, so that already the first handshake
 * carries it: set later, the lock would drop the first one and the next comes after five seconds.
 * `address` replaces the endpoint of the peer that is the way out; other peers keep theirs where it is an address.
 */
export function setconfText(profile: WireGuardProfile, exitPeer: number, address: string): string {
  const lines = ['[Interface]', `PrivateKey = ${profile.privateKey}`, `FwMark = ${tunnelMark}`];
  profile.peers.forEach((peer, index) => {
    lines.push('[Peer]', `PublicKey = ${peer.publicKey}`);
    if (peer.presharedKey !== undefined) lines.push(`PresharedKey = ${peer.presharedKey}`);
    lines.push(`AllowedIPs = ${peer.allowedIps.join(', ')}`);
    if (index === exitPeer && peer.endpoint) lines.push(`Endpoint = ${formatEndpoint(address, peer.endpoint.port)}`);
    if (peer.persistentKeepalive !== undefined) lines.push(`PersistentKeepalive = ${peer.persistentKeepalive}`);
  });
  if (lines.some((line) => /[\0-\x1f\x7f]/.test(line))) {
    throw new TunnelFailure('not-supported', 'The profile holds control characters; import it again from its file.');
  }
  return `${lines.join('\n')}\n`;
}
