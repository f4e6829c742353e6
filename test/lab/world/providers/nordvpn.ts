import { generateKeyPairSync } from 'node:crypto';
import { unheardOf, type ProviderApi } from './api.ts';
import { accounts, ownServers } from './known.ts';

/** The account's one key, which the provider has made. */
const { privateKey, publicKey } = generateKeyPairSync('x25519');
const raw = (der: Buffer): string => der.subarray(-32).toString('base64');
const filter = 'filters[servers_technologies][identifier]';

export const nordvpn: ProviderApi = async ({ method, path, query, headers }, office) => {
  if (method === 'GET' && path === '/v1/users/services/credentials') {
    const wanted = `Basic ${Buffer.from(`token:${accounts.nordvpn}`).toString('base64')}`;
    if (headers.authorization !== wanted)
      return { status: 401, json: { errors: { code: 100103, message: 'Unauthorized' } } };
    await office.register(raw(publicKey.export({ type: 'spki', format: 'der' })), '10.5.0.2');
    const key = raw(privateKey.export({ type: 'pkcs8', format: 'der' }));
    return { status: 200, json: { id: 7, username: 'u', password: 'p', nordlynx_private_key: key } };
  }
  if (method === 'GET' && path === '/v1/servers/recommendations' && query.get(filter) === 'wireguard_udp') {
    const { hostname, address } = ownServers.nordvpn;
    const key = await office.serverKey();
    const wireguard = { id: 35, identifier: 'wireguard_udp', metadata: [{ name: 'public_key', value: key }] };
    const country = { id: 202, name: 'Spain', code: 'ES', city: { id: 1, name: 'Madrid' } };
    const server = { id: 1, name: 'Spain #201', station: address, hostname, load: 12, status: 'online' };
    const openvpn = ['openvpn_udp', 'openvpn_tcp'].map((identifier, id) => ({ id, identifier, metadata: [] }));
    const ikev2 = { id: 1, identifier: 'ikev2', metadata: [] };
    return {
      status: 200,
      json: [{ ...server, locations: [{ id: 1, country }], technologies: [ikev2, ...openvpn, wireguard] }],
    };
  }
  return unheardOf;
};
