import { z } from 'zod';
import { firstLabel, shapes, type ListSource } from '../source.ts';

// The app's own list: ivpn/desktop-app@fd93ea23 (2025-11-20), daemon/api/types/servers.go.

const listSchema = z.object({
  wireguard: shapes.many(
    z.object({
      country_code: shapes.country,
      city: shapes.text,
      hosts: z.array(z.object({ hostname: shapes.text, host: shapes.address, public_key: shapes.text })).max(1000),
    }),
  ),
  config: z.object({
    ports: z.object({
      /** Single ports, and ranges that we do not need. */
      wireguard: z.array(z.object({ type: z.string(), port: shapes.port.nullish() })).min(1),
    }),
  }),
});

export const ivpn: ListSource = {
  provider: 'ivpn',
  name: 'https://api.ivpn.net/v5/servers.json',
  url: () => new URL('https://api.ivpn.net/v5/servers.json'),
  read(answer) {
    const { wireguard, config } = listSchema.parse(answer);
    const ports = config.ports.wireguard.flatMap(({ type, port }) => (type === 'UDP' && port ? [port] : []));
    return wireguard.flatMap(({ country_code, city, hosts }) =>
      hosts.map(({ hostname, host, public_key }) => ({
        id: `ivpn/${firstLabel(hostname)}`,
        country: country_code,
        city,
        hostname,
        ipv4: host,
        ipv6: null,
        publicKey: public_key,
        ports,
      })),
    );
  },
};
