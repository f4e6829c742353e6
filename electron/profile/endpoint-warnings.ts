import { isIP } from 'node:net';
import { isPublicAddress } from './address.ts';
import type { Endpoint, ProfileWarning } from './types.ts';

/** For every kind of profile: how its servers are named. */
export function endpointWarnings(endpoints: readonly Endpoint[]): ProfileWarning[] {
  const warnings: ProfileWarning[] = [];
  const hosts = endpoints.map(({ host }) => host);
  if (hosts.some((host) => isIP(host) !== 0 && !isPublicAddress(host))) {
    warnings.push({
      code: 'private-endpoint',
      text: 'The server has an address that exists only inside one network; the profile works in that network only.',
    });
  }
  if (hosts.some((host) => isIP(host) === 0)) {
    warnings.push({
      code: 'endpoint-by-name',
      text: 'The server is given by name; a network that lies about names can make it unreachable.',
    });
  }
  return warnings;
}
