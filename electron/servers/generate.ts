import { isIpv6 } from '../profile/address.ts';
import type { WireGuardProfile } from '../profile/types.ts';
import { GenerateError } from './errors.ts';
import { recogniseProvider } from './recognise.ts';
import type { Provider, Server, ServerList } from './types.ts';

/**
 * The user's own key and address with another server of the same provider. `from` is a profile of that provider; with
 * the list given, one that is recognised as another's is refused. The resolvers are those of the user's own file.
 * Throws GenerateError `provider-mismatch`.
 */
export function generateProfile(
  server: Server,
  provider: Provider,
  from: WireGuardProfile,
  port?: number,
  list?: ServerList,
): WireGuardProfile {
  const own = list && recogniseProvider(from, list);
  if (server.provider !== provider.id || (own !== undefined && own !== null && own !== provider.id)) {
    throw new GenerateError('other-provider');
  }
  if (!provider.oneKeyForAll) throw new GenerateError('no-shared-login');
  if (!server.wireguard) throw new GenerateError('no-wireguard');
  const [peer, ...otherPeers] = from.peers;
  if (!peer || otherPeers.length > 0) throw new GenerateError('several-peers');
  const { publicKey, ports } = server.wireguard;
  const chosen = port ?? ports[0];
  if (chosen === undefined || !ports.includes(chosen)) throw new GenerateError('port');
  return {
    ...from,
    peers: [
      {
        publicKey,
        ...(peer.presharedKey !== undefined && { presharedKey: peer.presharedKey }),
        // By address: a name would be looked up at the network that one wants to get around.
        endpoint: { host: server.ipv4 ?? server.ipv6 ?? server.hostname, port: chosen },
        allowedIps: ['0.0.0.0/0', ...(from.addresses.some(isIpv6) ? ['::/0'] : [])],
        persistentKeepalive: 25,
      },
    ],
  };
}
