import type { Profile } from '../profile/types.ts';
import type { AccountProvider } from './accounts/provider.ts';
import type { ServerList } from './types.ts';

/** What the files of one provider have in common. */
export type Marked = Pick<AccountProvider, 'id' | 'marks'>;

/**
 * Id of the provider a profile is of, told by the server's key, address or name, else by what all files of a provider
 * have in common; null when nothing tells.
 */
export function recogniseProvider(profile: Profile, list: ServerList, marked: readonly Marked[] = []): string | null {
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
  const ends = (suffixes: readonly string[]): boolean =>
    [...names].some((name) => suffixes.some((suffix) => name.endsWith(suffix)));
  const named =
    list.providers.find(({ hostSuffixes }) => ends(hostSuffixes)) ??
    marked.find(({ marks }) => ends(marks.hostSuffixes)) ??
    marked.find(({ marks }) => hasMarks(profile, marks));
  return named?.id ?? null;
}

/** The tunnel address that everybody has, together with a resolver: each alone is a number that others use as well. */
function hasMarks(profile: Profile, { addresses, dns }: Marked['marks']): boolean {
  if (profile.kind !== 'wireguard') return false;
  return (
    profile.dns.some((address) => dns.includes(address)) &&
    profile.addresses.some((address) => addresses.includes(address))
  );
}
