import { z } from 'zod';
import { firstLabel, shapes, type ListSource } from '../source.ts';

// The app's own list: mullvad/mullvadvpn-app@9380a807 (2026-08-21), mullvad-api/src/relay_list.rs.

const wanted = [51820, 53, 123];

const listSchema = z.object({
  locations: z.record(z.string(), z.object({ city: shapes.text })),
  wireguard: z.object({
    relays: shapes.many(
      z.object({
        hostname: shapes.text,
        location: z.string().regex(/^[a-z]{2}-[a-z0-9]+$/),
        active: z.boolean(),
        ipv4_addr_in: shapes.address,
        ipv6_addr_in: shapes.address,
        public_key: shapes.text,
      }),
    ),
    port_ranges: z.array(z.tuple([shapes.port, shapes.port])).min(1),
  }),
});

export const mullvad: ListSource = {
  provider: 'mullvad',
  name: 'https://api.mullvad.net/app/v1/relays',
  url: () => new URL('https://api.mullvad.net/app/v1/relays'),
  read(answer) {
    const { locations, wireguard } = listSchema.parse(answer);
    const ports = wanted.filter((port) => wireguard.port_ranges.some(([from, to]) => port >= from && port <= to));
    return wireguard.relays
      .filter(({ active }) => active)
      .map((relay) => ({
        id: `mullvad/${firstLabel(relay.hostname)}`,
        country: relay.location.slice(0, 2).toUpperCase(),
        city: locations[relay.location]?.city ?? '',
        hostname: `${firstLabel(relay.hostname)}.relays.mullvad.net`,
        ipv4: relay.ipv4_addr_in,
        ipv6: relay.ipv6_addr_in,
        publicKey: relay.public_key,
        ports,
      }));
  },
};
