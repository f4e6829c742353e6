import { z } from 'zod';
import type { Server } from '../../types.ts';
import { liveServers } from '../live-servers.ts';
import { loginRefused, shapes, tokenOf, type Recipe } from '../recipe.ts';

// Calls: api.nordvpn.com as NordVPN's guide for manual set-ups and public clients use it (2026).

/** Some accounts get the key without the last character of its base64. */
const privateKey = z
  .string()
  .transform((text) => (text.length === 43 ? `${text}=` : text))
  .pipe(shapes.key);

const listSchema = z
  .array(
    z.object({
      hostname: z.string(),
      station: z.string(),
      locations: z
        .array(z.object({ country: z.object({ code: z.string(), city: z.object({ name: z.string() }) }) }))
        .min(1),
      technologies: z.array(
        z.object({
          identifier: z.string(),
          metadata: z.array(z.object({ name: z.string().nullish(), value: z.unknown() })).default([]),
        }),
      ),
    }),
  )
  .max(10_000);

function serverKey({ technologies }: z.infer<typeof listSchema>[number]): unknown {
  const wireguard = technologies.find(({ identifier }) => identifier === 'wireguard_udp');
  return wireguard?.metadata.find(({ name }) => name === 'public_key')?.value;
}

export const nordvpn: Recipe = {
  async register(api, account) {
    const answer = await api.call({
      method: 'GET',
      origin: 'main',
      path: '/v1/users/services/credentials',
      basic: Buffer.from(`token:${tokenOf(account)}`).toString('base64'),
      expects: z.object({ nordlynx_private_key: privateKey }),
      failure: loginRefused,
    });
    const { addresses, dns } = api.provider.constant;
    return {
      privateKey: answer.nordlynx_private_key,
      addresses,
      dns,
      handle: { device: null, session: null },
      expiresAt: null,
    };
  },
  async servers(api, asOf): Promise<Server[]> {
    const rows = await api.call({
      method: 'GET',
      origin: 'main',
      path: '/v1/servers/recommendations?filters%5Bservers_technologies%5D%5Bidentifier%5D=wireguard_udp&limit=300',
      expects: listSchema,
      maxBytes: 8 * 1024 * 1024,
    });
    return liveServers(
      api.provider,
      asOf,
      rows.map((row) => ({
        id: row.hostname.split('.')[0] ?? '',
        country: row.locations[0]?.country.code ?? '',
        city: row.locations[0]?.country.city.name ?? '',
        hostname: row.hostname,
        ipv4: row.station,
        publicKey: serverKey(row),
        openvpn: ['openvpn_udp', 'openvpn_tcp'].every((name) =>
          row.technologies.some(({ identifier }) => identifier === name),
        ),
      })),
    );
  },
};
