import { randomBytes } from 'node:crypto';
import { exactly, isKey, unheardOf, type ListedServer, type ProviderApi, type Said } from './api.ts';
import { accounts } from './known.ts';

const refuse = (status: number, message: string): Said => ({ status: 200, json: { status, message } });

export const ivpn: ProviderApi = async (asked, office) => {
  const { method, path } = asked;
  if (method === 'POST' && path === '/v4/session/new') {
    const body = exactly(asked, ['username', 'wg_public_key', 'force']);
    const key = body?.['wg_public_key'];
    if (body?.['force'] !== false || !isKey(key)) return refuse(400, 'Bad request');
    if (body['username'] !== accounts.ivpn) return refuse(401, 'Invalid credentials');
    if (office.mood === 'inactive') return refuse(702, 'Account not active');
    if (office.mood === 'full') return refuse(602, "You've reached the session limit, log out from other device");
    const { v4 } = await office.register(key);
    const token = randomBytes(16).toString('hex');
    office.memory.set(token, key);
    return {
      status: 200,
      json: {
        status: 200,
        token,
        vpn_username: 'ivpnABCDEF12',
        vpn_password: 'unused',
        service_status: { is_active: true, active_until: 1893456000, current_plan: 'IVPN Pro' },
        wireguard: { status: 200, ip_address: v4 },
      },
    };
  }
  if (method === 'POST' && path === '/v4/session/delete') {
    const token = exactly(asked, ['session_token'])?.['session_token'];
    const key = typeof token === 'string' ? office.memory.get(token) : undefined;
    if (key === undefined) return refuse(601, 'Session not found');
    office.memory.delete(String(token));
    await office.unregister(key);
    return { status: 200, json: { status: 200 } };
  }
  if (method === 'GET' && path === '/v5/servers.json') return { status: 200, json: servers(office.listed()) };
  return unheardOf;
};

/** As daemon/api/types of the vendor's app has it. */
function servers(listed: readonly ListedServer[]): unknown {
  const group = ({ country, city, hostname, ipv4, publicKey }: ListedServer): unknown => {
    const host = {
      hostname,
      dns_name: hostname,
      host: ipv4,
      public_key: publicKey,
      local_ip: '172.16.0.1/12',
      load: 9,
    };
    return {
      gateway: hostname.replace('.wg.', '.gw.'),
      country_code: country,
      country,
      city,
      isp: 'host',
      hosts: [host],
    };
  };
  const single = [2049, 2050, 53, 80, 123, 443, 500, 1194, 4500, 30587, 41893, 48574, 58237];
  const ports = [...single.map((port) => ({ type: 'UDP', port })), { type: 'UDP', range: { min: 5500, max: 19999 } }];
  return { wireguard: listed.map(group), openvpn: [], config: { ports: { openvpn: [], wireguard: ports } } };
}
