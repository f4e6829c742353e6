import { isIpv6 } from '../../profile/address.ts';
import type { WireGuardProfile } from '../../profile/types.ts';
import { GenerateError } from '../errors.ts';
import type { Server } from '../types.ts';
import type { Registration } from './recipe.ts';

/** The profile that a registered key makes with one server. Throws GenerateError when that server speaks no WireGuard. */
export function registeredProfile(registration: Registration, privateKey: string, server: Server): WireGuardProfile {
  const peer = registration.peer ?? listedPeer(server);
  return {
    kind: 'wireguard',
    privateKey: registration.privateKey ?? privateKey,
    addresses: registration.addresses,
    dns: registration.dns,
    searchDomains: [],
    peers: [
      {
        ...peer,
        allowedIps: ['0.0.0.0/0', ...(registration.addresses.some(isIpv6) ? ['::/0'] : [])],
        persistentKeepalive: 25,
      },
    ],
  };
}

function listedPeer({ wireguard, ipv4, ipv6, hostname }: Server): Required<NonNullable<Registration['peer']>> {
  const port = wireguard?.ports[0];
  if (wireguard === null || port === undefined) throw new GenerateError('no-wireguard');
  // By address where there is one: a name would be looked up at the network that one wants to get around.
  return { publicKey: wireguard.publicKey, endpoint: { host: ipv4 ?? ipv6 ?? hostname, port } };
}
