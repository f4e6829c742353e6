import { z } from 'zod';
import { firstLabel, shapes, type ListSource } from '../source.ts';

// The apps' own list: Windscribe/Desktop-App@e5bbaf51 (2026-08-19) and public clients (2026). `ip3` speaks WireGuard; a
// group has one key.

const listSchema = z.object({
  data: shapes.many(
    z.object({
      country_code: shapes.country,
      groups: z
        .array(
          z.object({
            city: shapes.text,
            wg_pubkey: z.string().max(200).nullish(),
            nodes: z.array(z.object({ hostname: shapes.text, ip3: shapes.address })).max(1000),
          }),
        )
        .max(1000)
        .nullish(),
    }),
  ),
});

export const windscribe: ListSource = {
  provider: 'windscribe',
  name: 'https://assets.windscribe.com/serverlist/mob-v2/1',
  // The last part only keeps caches away.
  url: (now) => new URL(`https://assets.windscribe.com/serverlist/mob-v2/1/${Math.floor(now.getTime() / 1000)}`),
  read(answer) {
    return listSchema.parse(answer).data.flatMap(({ country_code, groups }) =>
      (groups ?? []).flatMap(({ city, wg_pubkey, nodes }) =>
        // A group without a key has no WireGuard.
        (wg_pubkey ? nodes : []).map(({ hostname, ip3 }) => ({
          id: `windscribe/${firstLabel(hostname)}`,
          country: country_code,
          city,
          hostname,
          ipv4: ip3,
          ipv6: null,
          publicKey: wg_pubkey ?? '',
          ports: [443, 80, 53, 123, 1194, 65142],
        })),
      ),
    );
  },
};
