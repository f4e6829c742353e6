import { z } from 'zod';
import type { ProviderApi } from '../api.ts';
import type { AccountErrorCode } from '../errors.ts';
import { numberOf, shapes, type Recipe } from '../recipe.ts';

// Calls and errors: mullvad/mullvadvpn-app@9380a807 (2026-08-21), mullvad-api/src/{access,device,rest}.rs.

/** Errors name themselves in `code`, newer ones (RFC 9457) in `type`. */
const problem = z.union([
  z.object({ code: z.string() }).transform(({ code }) => code),
  z.object({ type: z.string() }).transform(({ type }) => type),
]);

const meanings: Readonly<Record<string, AccountErrorCode>> = {
  INVALID_ACCOUNT: 'account-refused',
  MAX_DEVICES_REACHED: 'too-many-devices',
};

function failure(status: number, body: unknown): AccountErrorCode | undefined {
  if (status < 400) return undefined;
  const code = problem.safeParse(body).data;
  return code === undefined ? undefined : meanings[code];
}

async function logIn(api: ProviderApi, number: string): Promise<string> {
  const { access_token } = await api.call({
    method: 'POST',
    origin: 'main',
    path: '/auth/v1/token',
    json: { account_number: number },
    expects: z.object({ access_token: shapes.token }),
    failure,
  });
  return access_token;
}

const deviceSchema = z.object({
  id: z.string().regex(/^[\w-]{1,64}$/),
  pubkey: shapes.key,
  ipv4_address: shapes.tunnelAddress,
  ipv6_address: shapes.tunnelAddress,
});

export const mullvad: Recipe = {
  async register(api, account, publicKey) {
    const bearer = await logIn(api, numberOf(account));
    const device = await api.call({
      method: 'POST',
      origin: 'main',
      path: '/accounts/v1/devices',
      bearer,
      json: { pubkey: publicKey, hijack_dns: false },
      expects: deviceSchema.refine(({ pubkey }) => pubkey === publicKey),
      failure,
    });
    return {
      addresses: [device.ipv4_address, device.ipv6_address],
      dns: api.provider.constant.dns,
      handle: { device: device.id, session: null },
      expiresAt: null,
    };
  },
  async giveBack(api, { device }, account) {
    const bearer = await logIn(api, numberOf(account));
    await api.call({
      method: 'DELETE',
      origin: 'main',
      path: `/accounts/v1/devices/${device ?? ''}`,
      bearer,
      expects: null,
      tolerates: [404],
      failure,
    });
  },
};
