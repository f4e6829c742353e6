import { z } from 'zod';
import type { Server } from '../../../../electron/servers/types.ts';
import { shapes, type ListSource } from '../source.ts';

// https://airvpn.org/api/status/ as public clients read it (2026). It has no keys: the whole fleet has one, which an
// account's own configuration names; entry addresses 1 and 3 speak WireGuard.

const listSchema = z.object({
  servers: shapes.many(
    z.object({
      public_name: z.string().regex(/^[A-Za-z0-9-]{1,40}$/),
      country_code: shapes.country,
      location: shapes.text,
      health: shapes.text,
      ip_v4_in1: shapes.address,
      ip_v6_in1: shapes.address,
    }),
  ),
});

export const airvpn: ListSource = {
  provider: 'airvpn',
  name: 'https://airvpn.org/api/status/',
  url: () => new URL('https://airvpn.org/api/status/'),
  read(answer, known) {
    const publicKey = fleetKey(known);
    return listSchema
      .parse(answer)
      .servers.filter(({ health }) => health !== 'error')
      .map(({ public_name, country_code, location, ip_v4_in1, ip_v6_in1 }) => ({
        id: `airvpn/${public_name.toLowerCase()}`,
        country: country_code,
        city: location,
        hostname: `${public_name.toLowerCase()}.airservers.org`,
        ipv4: ip_v4_in1,
        ipv6: ip_v6_in1,
        publicKey,
        ports: [1637, 47107],
        openvpn: { ports: { udp: [443, 1194], tcp: [443] } },
      }));
  },
};

function fleetKey(known: readonly Server[]): string {
  const [key, ...others] = new Set(known.flatMap(({ wireguard }) => wireguard?.publicKey ?? []));
  if (key !== undefined && others.length === 0) return key;
  throw new Error('The list has no keys, and our file does not have one key for all: put the one of the fleet there.');
}
