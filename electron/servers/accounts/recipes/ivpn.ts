import { z } from 'zod';
import type { AccountErrorCode } from '../errors.ts';
import { numberOf, shapes, type Recipe } from '../recipe.ts';

// Calls and errors: ivpn/desktop-app@fd93ea23 (2025-11-20), daemon/api/types/{requests,responses,errors}.go.

const notFound = 601;
/** The number in the body decides; the status of the page may be a plain 200. */
const meanings: Readonly<Record<number, AccountErrorCode>> = {
  401: 'account-refused',
  602: 'too-many-devices',
  702: 'account-inactive',
  // A picture to be read, or a second factor: asked by the vendor's app only.
  70001: 'account-needs-file',
  70011: 'account-needs-file',
};

const withStatus = z.object({ status: z.int() });
const failure = (_: number, body: unknown): AccountErrorCode | undefined =>
  meanings[withStatus.safeParse(body).data?.status ?? 0];

const sessionSchema = z.object({
  status: z.literal(200),
  token: shapes.token,
  wireguard: z.object({ status: z.literal(200), ip_address: shapes.tunnelAddress }),
});

export const ivpn: Recipe = {
  async register(api, account, publicKey) {
    const { token, wireguard } = await api.call({
      method: 'POST',
      origin: 'main',
      path: '/v4/session/new',
      // Not `force`: that would log out every other device of the account.
      json: { username: numberOf(account), wg_public_key: publicKey, force: false },
      expects: sessionSchema,
      failure,
    });
    return {
      addresses: [wireguard.ip_address],
      dns: api.provider.constant.dns,
      handle: { device: null, session: token },
      expiresAt: null,
    };
  },
  async giveBack(api, { session }) {
    await api.call({
      method: 'POST',
      origin: 'main',
      path: '/v4/session/delete',
      json: { session_token: session },
      expects: z.object({ status: z.union([z.literal(200), z.literal(notFound)]) }),
    });
  },
};
