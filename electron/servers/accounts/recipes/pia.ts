import { z } from 'zod';
import { isPublicAddress } from '../../../profile/address.ts';
import type { Server } from '../../types.ts';
import type { AccountProvider } from '../provider.ts';
import { loginOf, loginRefused, shapes, type Recipe } from '../recipe.ts';

// Calls: pia-foss/manual-connections@a1412db (2026-02-01), the vendor's own scripts. A key is known to one server only,
// and only for as long as it is used; there is nothing to give back.

const machine = z.object({
  ip: z.ipv4({ abort: true }).refine(isPublicAddress),
  cn: z.string().regex(/^[a-z0-9][a-z0-9.-]{0,62}$/),
});
const listSchema = z.object({
  regions: z
    .array(
      z.object({
        id: z.string().regex(/^[a-z0-9_-]{1,60}$/),
        name: z.string(),
        country: z.string().regex(/^[A-Z]{2}$/),
        offline: z.boolean().default(false),
        servers: z.object({
          wg: z.array(z.unknown()).optional(),
          ovpnudp: z.array(z.unknown()).optional(),
          ovpntcp: z.array(z.unknown()).optional(),
        }),
      }),
    )
    .max(2000),
});

/** Other machines than those for WireGuard. */
function openVpnOf(
  { openvpn }: AccountProvider,
  { ovpnudp, ovpntcp }: Record<string, unknown[] | undefined>,
): Server['openvpn'] {
  const [udp, tcp] = [ovpnudp, ovpntcp].map((machines) => machine.safeParse(machines?.[0]).data?.ip ?? null);
  if (openvpn === null || (!udp && !tcp)) return null;
  return { ports: openvpn.ports, hosts: { udp: udp ?? null, tcp: tcp ?? null } };
}

const addKeySchema = z.object({
  status: z.literal('OK'),
  server_key: shapes.key,
  server_port: z.int().min(1).max(65535),
  peer_ip: shapes.tunnelAddress,
  dns_servers: z.array(shapes.address).min(1).max(8),
});

export const pia: Recipe = {
  async register(api, account, publicKey, server) {
    const { token } = await api.call({
      method: 'POST',
      origin: 'main',
      path: '/api/client/v2/token',
      form: loginOf(account),
      expects: z.object({ token: shapes.token }),
      failure: loginRefused,
    });
    const address = server.ipv4 ?? '';
    const path = `/addKey?${new URLSearchParams({ pt: token, pubkey: publicKey }).toString()}`;
    const answer = await api.callServer(
      { method: 'GET', path, expects: addKeySchema, failure: loginRefused },
      { origin: `https://${server.hostname}:1337`, address },
    );
    return {
      addresses: [answer.peer_ip],
      dns: answer.dns_servers,
      peer: { publicKey: answer.server_key, endpoint: { host: address, port: answer.server_port } },
      handle: { device: null, session: null },
      expiresAt: null,
    };
  },
  async servers(api, asOf) {
    const { regions } = await api.call({
      method: 'GET',
      origin: 'list',
      path: '/vpninfo/servers/v6',
      expects: listSchema,
      maxBytes: 4 * 1024 * 1024,
      reads: 'first-line', // a signature follows, whose key the vendor's scripts do not use either: TLS is what is trusted
    });
    return regions
      .filter(({ offline }) => !offline)
      .flatMap(({ id, name, country, servers }): Server[] => {
        const first = machine.safeParse(servers.wg?.[0]).data;
        if (first === undefined) return [];
        return [
          {
            id: `pia/${id}`,
            provider: 'pia',
            country,
            city: name,
            hostname: first.cn,
            ipv4: first.ip,
            ipv6: null,
            wireguard: null,
            openvpn: openVpnOf(api.provider, servers),
            confidence: 'M',
            asOf,
            sources: [api.provider.api['list'] ?? ''],
          },
        ];
      });
  },
};
