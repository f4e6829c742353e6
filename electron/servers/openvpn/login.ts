import { parseOpenVpn } from '../../profile/openvpn/parse.ts';
import type { OpenVpnProfile } from '../../profile/types.ts';
import type { AccountProvider } from '../accounts/provider.ts';
import { GenerateError } from '../errors.ts';
import type { Server } from '../types.ts';
import { openVpnRemotes } from './remotes.ts';

/**
 * A profile for a provider whose servers' authority comes with Sawt (`ca`: PEM), and who knows a person by name and password
 * alone; these are still missing in it. Throws GenerateError `no-openvpn`.
 */
export function loginProfile(
  server: Server,
  { options }: Pick<NonNullable<AccountProvider['openvpn']>, 'options'>,
  ca: string,
): OpenVpnProfile {
  const remotes = openVpnRemotes(server);
  if (remotes.length === 0) throw new GenerateError('no-openvpn');
  const lines = [
    ...['client', 'dev tun', 'remote-cert-tls server', 'auth-user-pass'],
    ...remotes.map(({ host, port, transport }) => `remote ${host} ${port} ${transport}`),
    ...options.map((words) => words.join(' ')),
    ...['<ca>', ...ca.trim().split('\n'), '</ca>'],
  ];
  return parseOpenVpn(lines, server.id).profile;
}
