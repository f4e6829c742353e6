import { z } from 'zod';
import { shapes, type ListSource } from '../source.ts';

// The list that the vendor's own script for WireGuard (2024) reads; `iso` as public clients know it (2026).

const listSchema = z.object({
  status: z.literal('success'),
  locations: shapes.many(
    z.object({
      name: z.string().regex(/^[a-z]{2}-[a-z]{2,4}$/),
      city: shapes.text,
      iso: shapes.country,
      pool: shapes.text,
      pubkey: shapes.text,
    }),
  ),
});

export const azirevpn: ListSource = {
  provider: 'azirevpn',
  name: 'https://api.azirevpn.com/v3/locations',
  url: () => new URL('https://api.azirevpn.com/v3/locations'),
  read(answer) {
    return listSchema.parse(answer).locations.map(({ name, city, iso, pool, pubkey }) => ({
      id: `azirevpn/${name}`,
      country: iso,
      city,
      hostname: pool,
      // A pool of machines with one key: its name leads to them.
      ipv4: null,
      ipv6: null,
      publicKey: pubkey,
      ports: [51820],
    }));
  },
};
