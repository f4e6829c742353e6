import { isIP } from 'node:net';
import { ApiError } from '../api/errors.ts';
import type { Handlers } from '../api/schema.ts';
import { parseHost } from '../profile/address.ts';
import type { OwnServer } from '../profile/own-server/record.ts';
import { relayPorts } from '../profile/own-server/relay.ts';
import type { StoredProfile } from '../profile/types.ts';
import { concludeOwnServer, type Door, type knock } from '../servers/probe/own-server.ts';
import type { ProbeNet } from '../servers/probe/net.ts';
import type { Collection } from '../store/collection.ts';
import { refuseInTunnel, type ProbeDependencies } from './probe-handlers.ts';

export interface OwnServerCheckDependencies extends Pick<ProbeDependencies, 'tunnel' | 'lookUp'> {
  servers: Pick<Collection<OwnServer>, 'list'>;
  profiles: Pick<Collection<StoredProfile>, 'list'>;
  knock: typeof knock;
  net: ProbeNet;
}

/** Before there is a server: whether this network lets one get there. After: whether its VPN answers. */
export function createOwnServerCheck(dependencies: OwnServerCheckDependencies): Pick<Handlers, 'ownServer.check'> {
  const { servers, profiles, lookUp, net } = dependencies;
  return {
    'ownServer.check': async ({ server: wanted, port }, { signal }) => {
      await refuseInTunnel(dependencies);
      const server = (await servers.list()).findLast(({ id, endpoint }) => id === wanted || endpoint === wanted);
      const host = server?.endpoint ?? parseHost(wanted);
      if (host === undefined) throw notAServer();
      const address = isIP(host) === 0 ? await lookUp(host).catch(() => null) : host;
      if (address === null) return { host, address, doors: [], conclusion: 'name-not-found' };
      const doors = server ? doorsOf(server, await profiles.list()) : doorsBefore(port);
      const knocked = await dependencies.knock(address, doors, { net, signal });
      return { host, address, doors: knocked, conclusion: concludeOwnServer(knocked, server !== undefined) };
    },
  };
}

const ssh: Door = { what: 'ssh', port: 22 };

function doorsBefore(port = 443): Door[] {
  return [ssh, { what: 'web', port: 443 }, { what: 'udp', port }];
}

/** WireGuard answers only who it knows, so its door can be tried only with a profile of this server. */
function doorsOf(server: OwnServer, profiles: readonly StoredProfile[]): Door[] {
  const doors: Door[] = [ssh];
  const { wireguard, openvpn } = server;
  const admitted = new Map(server.people.map((person) => [person.presharedKey, person]));
  for (const { profile } of wireguard ? profiles : []) {
    const [peer] = profile.kind === 'wireguard' ? profile.peers : [];
    const person = admitted.get(peer?.presharedKey ?? '');
    if (profile.kind !== 'wireguard' || !peer || !person || person.revoked) continue;
    const { publicKey: serverPublicKey, presharedKey = '', endpoint } = peer;
    const keys = { privateKey: profile.privateKey, serverPublicKey, presharedKey };
    doors.push({ what: 'wireguard', port: endpoint?.port ?? 0, keys });
    break;
  }
  if (openvpn) doors.push({ what: 'openvpn', port: openvpn.port, tlsCrypt: openvpn.tlsCrypt });
  doors.push({ what: 'relay', port: relayPorts.plain });
  return doors;
}

function notAServer(): ApiError {
  return new ApiError({
    code: 'bad-request',
    message:
      'This is neither the id of a server of yours nor an address or name. "sawt own-server list" shows the ids.',
    details: { field: 'server' },
  });
}
