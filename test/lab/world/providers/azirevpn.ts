import { randomBytes } from 'node:crypto';
import { bearerOf, exactly, isKey, unheardOf, type ListedServer, type ProviderApi } from './api.ts';
import { accounts } from './known.ts';

const refuse = (status: number, message: string): { status: number; json: unknown } => ({
  status,
  json: { status: 'error', message },
});

export const azirevpn: ProviderApi = async (asked, office) => {
  const { method, path } = asked;
  if (method === 'POST' && path === '/v3/tokens') {
    const body = exactly(asked, ['device_name', 'username', 'password']);
    if (!body) return refuse(400, 'Bad request');
    const { username, password } = accounts.azirevpn;
    if (body['username'] !== username || body['password'] !== password) return refuse(401, 'Wrong login');
    const key = randomBytes(24).toString('hex');
    office.memory.set(key, 'token');
    return { status: 200, json: { status: 'success', data: { key, device_name: body['device_name'] } } };
  }
  if (method === 'POST' && path === '/v3/ips') {
    if (office.memory.get(bearerOf(asked)) !== 'token') return refuse(401, 'Unauthorized');
    const key = exactly(asked, ['key'])?.['key'];
    if (!isKey(key)) return refuse(400, 'Bad request');
    if (office.mood === 'full') return refuse(403, 'No more addresses');
    const { v4, v6 } = await office.register(key);
    const data = { id: 'ip-7', ipv4_address: v4, ipv4_netmask: 32, ipv6_address: v6, ipv6_netmask: 128 };
    return { status: 200, json: { status: 'success', data: { ...data, dns: ['91.231.153.2'], keys: [{ key }] } } };
  }
  if (method === 'GET' && path === '/v3/locations') {
    const location = ({ hostname, city, country, publicKey }: ListedServer): unknown => ({
      name: hostname.split('.')[0],
      city,
      country,
      iso: country.toLowerCase(),
      pool: hostname,
      pubkey: publicKey,
    });
    return { status: 200, json: { status: 'success', locations: office.listed().map(location) } };
  }
  return unheardOf;
};
