import type { OpenVpnRemote } from '../../profile/types.ts';
import type { AccountProvider } from '../accounts/provider.ts';
import type { Server } from '../types.ts';

/**
 * Where a server's OpenVPN is dialled, in the order it is tried: UDP before TCP, because calls suffer from lost packets
 * that are waited for; TCP at the end for networks without UDP. By address where there is one: a name would be looked up
 * at the network that one wants to get around. Empty: it speaks no OpenVPN.
 */
export function openVpnRemotes({ openvpn, ipv4, ipv6, hostname }: Server): OpenVpnRemote[] {
  if (openvpn === null) return [];
  const { ports, hosts } = openvpn;
  return (['udp', 'tcp'] as const).flatMap((transport) => {
    const host = hosts ? hosts[transport] : (ipv4 ?? ipv6 ?? hostname);
    return host === null ? [] : ports[transport].map((port) => ({ host, port, transport }));
  });
}

/** A server of our list together with what the data of its provider says of its OpenVPN. */
export function placedServer(server: Server, { ports, places }: NonNullable<AccountProvider['openvpn']>): Server {
  const place = Object.hasOwn(places, server.id) ? places[server.id] : undefined;
  if (place === undefined) return server;
  const { udp, tcp, certificateName } = place;
  return { ...server, openvpn: { ports, hosts: { udp, tcp }, certificateName } };
}
