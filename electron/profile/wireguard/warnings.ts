import { coversEverything, isIpv6 } from '../address.ts';
import { endpointWarnings } from '../endpoint-warnings.ts';
import type { ProfileWarning, WireGuardProfile } from '../types.ts';

/** What a person should know before using the profile. */
export function warningsFor({ addresses, dns, peers }: WireGuardProfile): ProfileWarning[] {
  const allowed = peers.flatMap(({ allowedIps }) => allowedIps);
  const warnings: ProfileWarning[] = [];
  if (!addresses.some(isIpv6) || !coversEverything(allowed, 'ipv6')) {
    warnings.push({
      code: 'no-ipv6',
      text: 'The tunnel does not carry all IPv6 traffic; while connected, the rest of IPv6 is blocked so that nothing leaks.',
    });
  }
  if (dns.length === 0) {
    warnings.push({
      code: 'no-dns',
      text: 'The profile names no DNS server, so names may be looked up at your network, or not at all while connected.',
    });
  }
  if (!coversEverything(allowed, 'ipv4')) {
    warnings.push({
      code: 'split-routes',
      text: 'The profile leads only some addresses through the tunnel; calls to others stay blocked.',
    });
  }
  return [...warnings, ...endpointWarnings(peers.flatMap(({ endpoint }) => endpoint ?? []))];
}
