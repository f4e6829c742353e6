import { unheardOf, type ListedServer, type ProviderApi } from './api.ts';

/** What is behind the vendor's apps; countries have their English names there. */
export const ovpnCom: ProviderApi = ({ method, path }, office) => {
  if (method !== 'GET' || path !== '/v2/api/client/entry') return Promise.resolve(unheardOf);
  const names = new Intl.DisplayNames(['en'], { type: 'region' });
  const center = ({ country, city, hostname, ipv4, publicKey }: ListedServer): unknown => ({
    slug: city.toLowerCase(),
    city,
    country_name: country === 'NL' ? 'The Netherlands' : names.of(country),
    servers: [
      {
        ip: ipv4,
        ptr: hostname,
        online: true,
        public_key: publicKey,
        public_key_ipv4: publicKey,
        wireguard_ports: [9929],
      },
    ],
  });
  return Promise.resolve({ status: 200, json: { success: true, datacenters: office.listed().map(center) } });
};
