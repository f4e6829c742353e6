import { randomUUID } from 'node:crypto';
import { badRequest, bearerOf, exactly, isKey, unheardOf, type ListedServer, type ProviderApi } from './api.ts';
import { accounts } from './known.ts';

export const mullvad: ProviderApi = async (asked, office) => {
  const { method, path } = asked;
  if (method === 'POST' && path === '/auth/v1/token') {
    const body = exactly(asked, ['account_number']);
    if (!body) return badRequest;
    if (body['account_number'] !== accounts.mullvad) return { status: 400, json: { code: 'INVALID_ACCOUNT' } };
    const token = `mva_${randomUUID()}`;
    office.memory.set(token, 'token');
    return { status: 200, json: { access_token: token, expiry: '2026-11-25T12:00:00+00:00' } };
  }
  if (method === 'GET' && path === '/app/v1/relays') return { status: 200, json: relays(office.listed()) };
  if (office.memory.get(bearerOf(asked)) !== 'token') return { status: 401, json: { code: 'INVALID_ACCESS_TOKEN' } };
  if (method === 'POST' && path === '/accounts/v1/devices') {
    const body = exactly(asked, ['pubkey', 'hijack_dns']);
    const key = body?.['pubkey'];
    if (body?.['hijack_dns'] !== false || !isKey(key)) return badRequest;
    if (office.mood === 'full') return { status: 400, json: { code: 'MAX_DEVICES_REACHED' } };
    if ([...office.memory.values()].includes(key)) return { status: 400, json: { code: 'PUBKEY_IN_USE' } };
    const { v4, v6 } = await office.register(key);
    const id = randomUUID();
    office.memory.set(id, key);
    const device = { id, name: 'quiet lantern', pubkey: key, ipv4_address: `${v4}/32`, ipv6_address: `${v6}/128` };
    return { status: 201, json: { ...device, hijack_dns: false, created: '2026-11-24T12:00:00+00:00' } };
  }
  const device = /^\/accounts\/v1\/devices\/([\w-]+)$/.exec(path)?.[1];
  if (method === 'DELETE' && device !== undefined) {
    const key = office.memory.get(device);
    if (key === undefined) return { status: 404, json: { code: 'DEVICE_NOT_FOUND' } };
    office.memory.delete(device);
    await office.unregister(key);
    return { status: 204 };
  }
  return unheardOf;
};

/** As mullvad-api/src/relay_list.rs reads it. */
function relays(servers: readonly ListedServer[]): unknown {
  const placeOf = ({ hostname }: ListedServer): string => hostname.split('-').slice(0, 2).join('-');
  const locations = servers.map((server): [string, unknown] => [
    placeOf(server),
    { country: server.country, city: server.city, latitude: 0, longitude: 0 },
  ]);
  const relay = (server: ListedServer): unknown => ({
    hostname: server.hostname.split('.')[0],
    location: placeOf(server),
    active: true,
    owned: false,
    provider: 'host',
    ipv4_addr_in: server.ipv4,
    ipv6_addr_in: server.ipv6,
    weight: 100,
    include_in_country: true,
    public_key: server.publicKey,
    daita: false,
    features: {},
  });
  return {
    locations: Object.fromEntries(locations),
    wireguard: {
      relays: servers.map(relay),
      port_ranges: [
        [53, 53],
        [123, 123],
        [4000, 33433],
        [33565, 51820],
        [52001, 60000],
      ],
      ipv4_gateway: '10.64.0.1',
      ipv6_gateway: 'fc00:bbbb:bbbb:bb01::1',
    },
    bridge: { relays: [] },
  };
}
