import { unheardOf, type ListedServer, type ProviderApi } from './api.ts';

/** The status page's interface: names and addresses, no keys. */
export const airvpn: ProviderApi = ({ method, path }, office) => {
  if (method !== 'GET' || path !== '/api/status/') return Promise.resolve(unheardOf);
  const server = ({ hostname, country, city, ipv4, ipv6 }: ListedServer): unknown => ({
    public_name: capitalised(hostname.split('.')[0] ?? ''),
    country_name: country,
    country_code: country.toLowerCase(),
    location: city,
    bw: 400,
    bw_max: 2000,
    users: 31,
    currentload: 20,
    ip_v4_in1: ipv4,
    ip_v4_in3: ipv4,
    ip_v6_in1: ipv6 ?? '',
    health: 'ok',
  });
  return Promise.resolve({ status: 200, json: { servers: office.listed().map(server), result: 'ok' } });
};

const capitalised = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);
