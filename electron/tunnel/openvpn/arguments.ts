import { tunnelMark } from '../lock/routing-lock.ts';

export interface ArgumentFiles {
  config: string;
  management: string;
}

/**
 * Our fixed arguments. The file comes first: what follows overrules it, and `script-security` protects only after it.
 * Resolvers are set by us, so newer versions must not run their own helper for the pushed ones.
 * No `auth-nocache`: it would make OpenVPN ask again on every renegotiation, when nobody listens any more.
 */
export function openVpnArguments(
  { config, management }: ArgumentFiles,
  device: string,
  askPassword: boolean,
): string[] {
  return [
    ...['--config', config],
    ...['--dev', device],
    ...['--dev-type', 'tun'],
    ...['--script-security', '1'],
    '--route-noexec',
    ...['--pull-filter', 'ignore', 'dhcp-option'],
    ...['--pull-filter', 'ignore', 'dns '],
    ...['--mark', String(Number(tunnelMark))],
    ...['--management', management, 'unix'],
    '--management-hold',
    ...(askPassword ? ['--management-query-passwords'] : []),
    '--persist-tun',
    '--persist-key',
    '--nobind',
    // Names of remotes are resolved by us; retries after connecting are OpenVPN's.
    ...['--connect-retry', '1', '8'],
    ...['--verb', '3'],
  ];
}
