import { z } from 'zod';
import { AccountError } from '../errors.ts';
import type { FreeRecipe } from '../offer.ts';
import { maxListBytes, readVolunteers, type Volunteer } from './vpn-gate-list.ts';

/**
 * One server for each country. Every answer is another sample of the volunteers, so that a computer which was shown a minute
 * ago is rarely in the next one; its country mostly is. Within a country UDP goes before TCP, since calls suffer from lost
 * packets that are waited for, and then the project's own score decides.
 */
export const vpnGate: FreeRecipe = async (api, asOf) => {
  const text = await api.call({
    method: 'GET',
    origin: 'main',
    path: '/api/iphone/',
    reads: 'text',
    expects: z.string(),
    maxBytes: maxListBytes,
  });
  const volunteers = readVolunteers(text) ?? [];
  if (volunteers.length === 0) throw new AccountError('provider-answer-invalid', api.provider);
  const { id, api: origins, marks } = api.provider;
  return bestOfEach(volunteers).map(({ name, address, country, remote, file }) => ({
    server: {
      id: `${id}/${country.toLowerCase()}`,
      provider: id,
      country,
      city: countryNames.of(country) ?? country,
      hostname: `${name}${marks.hostSuffixes[0] ?? ''}`,
      ipv4: address,
      ipv6: null,
      wireguard: null,
      openvpn: { ports: { udp: [], tcp: [], [remote.transport]: [remote.port] } },
      confidence: 'M',
      asOf,
      sources: [origins['main'] ?? id],
    },
    file: () => Promise.resolve({ bytes: file, expiresAt: null }),
  }));
};

const countryNames = new Intl.DisplayNames(['en'], { type: 'region' });

function bestOfEach(volunteers: readonly Volunteer[]): Volunteer[] {
  const best = new Map<string, Volunteer>();
  for (const volunteer of volunteers) {
    const before = best.get(volunteer.country);
    if (!before || isBetter(volunteer, before)) best.set(volunteer.country, volunteer);
  }
  return [...best.values()].sort((one, other) => one.country.localeCompare(other.country, 'en'));
}

function isBetter(one: Volunteer, other: Volunteer): boolean {
  const [udp, otherUdp] = [one, other].map(({ remote }) => Number(remote.transport === 'udp'));
  return udp === otherUdp ? one.score > other.score : Number(udp) > Number(otherUdp);
}
