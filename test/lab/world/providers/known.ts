/** Who has an account in the lab's world, and where providers whose list is their own have a server. */
export const accounts = {
  mullvad: '5712903846151032',
  ivpn: 'i-K3VW-77PQ-X2ND',
  azirevpn: { username: 'lantern', password: 'wet stone 7&=ü' },
  nordvpn: 'e9f2ab1c5d7e4f60a1b2c3d4e5f60718293a4b5c6d7e8f901a2b3c4d5e6f7081',
  surfshark: { username: 'lantern@mail.example', password: 'wet stone 8' },
  pia: { username: 'p7654321', password: 'wet stone 9' },
} as const;

export type ApiProvider = keyof typeof accounts;
/** Those that publish a list of their servers beside them, and need no account for it. */
export type ListProvider = ApiProvider | 'airvpn' | 'windscribe' | 'ovpn.com';

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
  ];

export const ownServers = {
  nordvpn: { hostname: 'es201.nordvpn.com', address: '23.250.200.10' },
  surfshark: { hostname: 'es-mad.prod.surfshark.com', address: '23.250.200.11' },
  pia: { cn: 'madrid401', address: '23.250.200.12' },
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
