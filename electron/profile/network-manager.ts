import { isIpv6 } from './address.ts';
import type { Profile } from './types.ts';

/**
 * What NetworkManager's importers leave out of a file that Sawt wrote, without a word (NetworkManager 1.42, nm-openvpn
 * 1.10; compared with the real ones in the tests). `matters`: where the traffic goes, or how it is protected, changes.
 * The others are about timing and talk.
 */
export const leftOutOfOpenVpn: Readonly<Record<string, { matters: boolean }>> = {
  'auth-nocache': { matters: false },
  'auth-retry': { matters: false },
  'connect-retry': { matters: false },
  'connect-retry-max': { matters: false },
  'dhcp-option': { matters: true },
  'explicit-exit-notify': { matters: false },
  'hand-window': { matters: false },
  'mute-replay-warnings': { matters: false },
  'pull-filter': { matters: true },
  rcvbuf: { matters: false },
  // The whole traffic goes through the tunnel there unless a person says otherwise.
  'redirect-gateway': { matters: false },
  'reneg-bytes': { matters: false },
  'reneg-pkts': { matters: false },
  'replay-window': { matters: false },
  'resolv-retry': { matters: false },
  'route-delay': { matters: false },
  'route-ipv6': { matters: true },
  'route-metric': { matters: false },
  'route-nopull': { matters: true },
  // Only Windows knows it.
  setenv: { matters: false },
  sndbuf: { matters: false },
  'tls-cert-profile': { matters: true },
  'tls-ciphersuites': { matters: true },
  'tls-groups': { matters: true },
  'tls-timeout': { matters: false },
  topology: { matters: false },
  'tran-window': { matters: false },
  verb: { matters: false },
};

/** Names of what would be lost, and matters, if the profile were imported into NetworkManager. */
export function lostInNetworkManager(profile: Profile): string[] {
  if (profile.kind === 'openvpn') {
    const lost = profile.options.filter(({ name }) => leftOutOfOpenVpn[name]?.matters === true);
    return [...new Set(lost.map(({ name }) => name))];
  }
  // A resolver counts only where the interface has an address of its family.
  const families = new Set(profile.addresses.map(isIpv6));
  return profile.dns.every((address) => families.has(isIpv6(address))) ? [] : ['DNS'];
}
