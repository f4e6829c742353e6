import type { Profile } from '../profile/types.ts';
import type { ServerList } from './types.ts';

/** Id of the provider a profile is of, told by the server's key, address or name; null when the list does not know it. */
export function recogniseProvider(profile: Profile, list: ServerList): string | null {
  const keys = new Set(profile.kind === 'wireguard' ? profile.peers.map(({ publicKey }) => publicKey) : []);
  const hosts =
    profile.kind === 'wireguard' ? profile.peers.flatMap(({ endpoint }) => endpoint ?? []) : profile.remotes;
  const names = new Set(hosts.map(({ host }) => host));
  const server = list.servers.find(
    ({ wireguard, ipv4, ipv6, hostname }) =>
      (wireguard && keys.has(wireguard.publicKey)) ||
      [ipv4, ipv6, hostname].some((host) => host !== null && names.has(host)),
  );
  if (server) return server.provider;
  const bySuffix = list.providers.find(({ hostSuffixes }) =>
    [...names].some((name) => hostSuffixes.some((suffix) => name.endsWith(suffix))),
  );
  return bySuffix?.id ?? null;
}
