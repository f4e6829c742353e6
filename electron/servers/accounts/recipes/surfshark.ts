import { z } from 'zod';
import { liveServers } from '../live-servers.ts';
import { loginOf, loginRefused, shapes, type Recipe } from '../recipe.ts';

// Calls: api.surfshark.com as public clients use it (2026); the vendor documents none of it.

const keySchema = z.object({ pubKey: shapes.key, expiresAt: z.iso.datetime({ offset: true }) });
const listSchema = z
  .array(
    z.object({
      connectionName: z.string(),
      countryCode: z.string(),
      location: z.string(),
      pubKey: z.string().nullish(),
    }),
  )
  .max(10_000);

export const surfshark: Recipe = {
  async register(api, account, publicKey) {
    const { token } = await api.call({
      method: 'POST',
      origin: 'main',
      path: '/v1/auth/login',
      json: loginOf(account),
      expects: z.object({ token: shapes.token }),
      failure: loginRefused,
    });
    const { expiresAt } = await api.call({
      method: 'POST',
      origin: 'main',
      path: '/v1/account/users/public-keys',
      bearer: token,
      json: { pubKey: publicKey },
      expects: keySchema.refine(({ pubKey }) => pubKey === publicKey),
    });
    const { addresses, dns } = api.provider.constant;
    return { addresses, dns, handle: { device: null, session: null }, expiresAt: new Date(expiresAt).toISOString() };
  },
  async servers(api, asOf) {
    const rows = await api.call({
      method: 'GET',
      origin: 'main',
      path: '/v4/server/clusters/generic',
      expects: listSchema,
      maxBytes: 4 * 1024 * 1024,
    });
    return liveServers(
      api.provider,
      asOf,
      rows.map(({ connectionName, countryCode, location, pubKey }) => ({
        id: connectionName.split('.')[0] ?? '',
        country: countryCode,
        city: location,
        hostname: connectionName,
        ipv4: null,
        publicKey: pubKey,
        openvpn: true,
      })),
    );
  },
};
