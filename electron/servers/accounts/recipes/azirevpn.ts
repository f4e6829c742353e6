import { z } from 'zod';
import type { AccountErrorCode } from '../errors.ts';
import { loginOf, shapes, type Recipe } from '../recipe.ts';

// Calls: the vendor's own script for WireGuard (2024), https://www.azirevpn.com/docs/api. Of what it says when it
// refuses, only the status is known: at the first call the login is wrong, at the second one no address is left.

const refusedAs =
  (code: AccountErrorCode) =>
  (status: number): AccountErrorCode | undefined =>
    [400, 401, 403, 409, 422].includes(status) ? code : undefined;

const tokenSchema = z.object({ data: z.object({ key: shapes.token }) });
const addressSchema = z.object({
  data: z.object({
    id: z.union([z.string(), z.int()]).nullish(),
    ipv4_address: shapes.tunnelAddress,
    ipv6_address: shapes.tunnelAddress,
    dns: z.array(shapes.address).max(8),
  }),
});

export const azirevpn: Recipe = {
  async register(api, account, publicKey) {
    const token = await api.call({
      method: 'POST',
      origin: 'main',
      path: '/v3/tokens',
      json: { device_name: 'sawt', ...loginOf(account) },
      expects: tokenSchema,
      failure: refusedAs('account-refused'),
    });
    const { data } = await api.call({
      method: 'POST',
      origin: 'main',
      path: '/v3/ips',
      bearer: token.data.key,
      json: { key: publicKey },
      expects: addressSchema,
      failure: refusedAs('too-many-devices'),
    });
    return {
      addresses: [data.ipv4_address, data.ipv6_address],
      dns: data.dns,
      handle: { device: data.id === null || data.id === undefined ? null : String(data.id), session: null },
      expiresAt: null,
    };
  },
};
