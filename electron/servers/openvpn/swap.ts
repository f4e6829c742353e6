import type { OpenVpnProfile } from '../../profile/types.ts';
import { GenerateError } from '../errors.ts';
import type { Server } from '../types.ts';
import { openVpnRemotes } from './remotes.ts';

type Option = OpenVpnProfile['options'][number];

/**
 * A file of a provider with another of its servers: authority, own certificate, keys and password stay, since they are the
 * same for all of them. `hostSuffixes`: ends of the provider's host names. Throws GenerateError.
 */
export function swapServer(base: OpenVpnProfile, server: Server, hostSuffixes: readonly string[]): OpenVpnProfile {
  const remotes = openVpnRemotes(server);
  if (remotes.length === 0) throw new GenerateError('no-openvpn');
  return { ...base, remotes, options: base.options.map((option) => renamed(option, server, hostSuffixes)) };
}

/**
 * A certificate's name that is a host of the provider is that of the one server which the file was for; any other is the
 * same everywhere. The words around a host are those of the file (NordVPN: `CN=es201.nordvpn.com`).
 */
function renamed(option: Option, { hostname, openvpn }: Server, hostSuffixes: readonly string[]): Option {
  const [before = '', ...kind] = option.args;
  if (option.name !== 'verify-x509-name') return option;
  const [, words = '', host = ''] = /^((?:.*[=, ])?)([a-z0-9.-]+)$/i.exec(before) ?? [];
  const own = hostSuffixes.find((suffix) => host.toLowerCase().endsWith(suffix));
  if (own === undefined) return option;
  const name = openvpn?.certificateName ?? hostname;
  // Some providers' certificates have names of another kind than their hosts.
  if (!name.endsWith(own)) throw new GenerateError('server-name');
  return { name: option.name, args: [`${words}${name}`, ...kind] };
}
