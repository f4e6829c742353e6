import { unheardOf, type ListedServer, type ProviderApi } from './api.ts';

/** The list of the vendor's apps, with the time as last part of the path. */
export const windscribe: ProviderApi = ({ method, path }, office) => {
  if (method !== 'GET' || !/^\/serverlist\/mob-v2\/1\/\d{10}$/.test(path)) return Promise.resolve(unheardOf);
  const region = ({ country, city, hostname, ipv4, publicKey }: ListedServer, index: number): unknown => ({
    id: index,
    name: country,
    country_code: country,
    groups: [
      {
        city,
        nick: 'Nick',
        wg_pubkey: publicKey,
        wg_endpoint: hostname.replace('.', '-wg.'),
        ovpn_x509: hostname,
        nodes: [{ ip: ipv4, ip2: ipv4, ip3: ipv4, hostname, weight: 1, health: 6 }],
      },
    ],
  });
  const withoutWireGuard = { id: 99, name: 'X', country_code: 'US', groups: [{ city: 'Y', wg_pubkey: '', nodes: [] }] };
  const data = [...office.listed().map(region), withoutWireGuard];
  return Promise.resolve({ status: 200, json: { data, info: { revision: 1, changed: 1 } } });
};
