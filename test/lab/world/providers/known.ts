/** Who has an account in the lab's world, and where providers whose list is their own have a server. */
export const accounts = {
  mullvad: '5712903846151032',
  ivpn: 'i-K3VW-77PQ-X2ND',
  azirevpn: { username: 'lantern', password: 'wet stone 7&=ü' },
  nordvpn: 'e9f2ab1c5d7e4f60a1b2c3d4e5f60718293a4b5c6d7e8f901a2b3c4d5e6f7081',
  surfshark: { username: 'lantern@mail.example', password: 'wet stone 8' },
  pia: { username: 'p7654321', password: 'wet stone 9' },
} as const;

export type AccountProviderId = keyof typeof accounts;
/** Providers that want no account are spoken to as well. */
export type ApiProvider = AccountProviderId | 'riseup' | 'vpngate';
/** Those that publish a list of their servers beside them, and need no account for it. */
export type ListProvider = ApiProvider | 'airvpn' | 'windscribe' | 'ovpn.com';

/** What OpenVPN servers take for a user name and a password: only PIA's are those of the account. */
export const logins = {
  pia: accounts.pia,
  nordvpn: { username: 'vT5hQ2rJ9kWn', password: 'wet stone 10 \\ "' },
  surfshark: { username: 'mX8cB3nL6pQz', password: 'wet stone 11' },
  windscribe: { username: 'lantern-7d2k9x', password: 'wet stone 12' },
} as const;

/** Hosts of the interfaces. Mullvad's has the address that is published for networks which hide its name. */
export const apiHosts: readonly { provider: ListProvider; host: string; addresses: readonly string[]; port: number }[] =
  [
    { provider: 'mullvad', host: 'api.mullvad.net', addresses: ['45.83.223.196'], port: 443 },
    { provider: 'ivpn', host: 'api.ivpn.net', addresses: [], port: 443 },
    { provider: 'azirevpn', host: 'api.azirevpn.com', addresses: [], port: 443 },
    { provider: 'nordvpn', host: 'api.nordvpn.com', addresses: [], port: 443 },
    { provider: 'surfshark', host: 'api.surfshark.com', addresses: [], port: 443 },
    { provider: 'pia', host: 'www.privateinternetaccess.com', addresses: [], port: 443 },
    { provider: 'pia', host: 'serverlist.piaservers.net', addresses: [], port: 443 },
    { provider: 'airvpn', host: 'airvpn.org', addresses: [], port: 443 },
    { provider: 'windscribe', host: 'assets.windscribe.com', addresses: [], port: 443 },
    { provider: 'ovpn.com', host: 'www.ovpn.com', addresses: [], port: 443 },
    { provider: 'pia', host: 'madrid401', addresses: ['23.250.200.12'], port: 1337 },
    { provider: 'riseup', host: 'riseup.net', addresses: [], port: 443 },
    { provider: 'riseup', host: 'black.riseup.net', addresses: [], port: 443 },
    { provider: 'riseup', host: 'api.black.riseup.net', addresses: [], port: 443 },
    { provider: 'vpngate', host: 'www.vpngate.net', addresses: [], port: 443 },
  ];

export const ownServers = {
  nordvpn: { hostname: 'es201.nordvpn.com', address: '23.250.200.10' },
  surfshark: { hostname: 'es-mad.prod.surfshark.com', address: '23.250.200.11' },
  pia: { cn: 'madrid401', address: '23.250.200.12' },
} as const;

/** Where providers have OpenVPN servers, all over UDP, and which of the VPN host's servers is behind them. */
export const openVpnPlaces = {
  pia: { address: '23.250.200.13', port: 8080, server: 'members' },
  nordvpn: { address: ownServers.nordvpn.address, port: 1194, server: 'members' },
  surfshark: { address: ownServers.surfshark.address, port: 1194, server: 'keyed' },
  /** The machine for OpenVPN of windscribe/fr-031, whose WireGuard is at another address. */
  windscribe: { address: '146.70.253.162', port: 443, server: 'keyed' },
  /** airvpn/adhara of the shipped list. */
  airvpn: { address: '185.104.184.42', port: 443, server: 'certified' },
  riseup: { address: '23.250.200.14', port: 1194, server: 'certified' },
  vpngate: { address: '23.250.200.15', port: 1195, server: 'certified' },
} as const;

/** The VPN host's OpenVPN servers for these: who is let in, and with what in their own certificate. */
export const openVpnServers = {
  members: { port: 1301, net: '10.79.0.0', resolver: '10.79.0.1', name: 'es201.nordvpn.com' },
  /** Members who have the provider's tls-auth key as well. */
  keyed: { port: 1303, net: '10.81.0.0', resolver: '10.81.0.1', name: 'cdg-103.windscribe.com' },
  certified: { port: 1302, net: '10.80.0.0', resolver: '10.80.0.1', name: 'vpn02-par' },
} as const;

/** Resolvers of the providers inside their tunnels. */
export const providerResolvers = [
  '10.64.0.1',
  '172.16.0.1',
  '91.231.153.2',
  '103.86.96.100',
  '162.252.172.57',
  '149.154.159.92',
  '10.0.0.243',
] as const;

/** Tunnel addresses that are the same for everybody. */
export const constantAddresses = ['10.5.0.2', '10.14.0.2'] as const;
