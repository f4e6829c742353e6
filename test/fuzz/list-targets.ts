import { z } from 'zod';
import type { Provider, Server } from '../../electron/servers/types.ts';
import { compare } from '../../scripts/servers/refresh/compare.ts';
import { describeComparison } from '../../scripts/servers/refresh/describe.ts';
import { listSources } from '../../scripts/servers/refresh/sources.ts';
import { bytesOf, claim, latin1, refusing, type FuzzTarget } from './target.ts';

const publicKey = Buffer.alloc(32, 9).toString('base64');

/** One server in the shape of each provider's own list. */
const examples: Readonly<Record<string, unknown>> = {
  airvpn: {
    servers: [
      {
        ...{ public_name: 'Adhara', country_code: 'de', location: 'Frankfurt', health: 'ok' },
        ...{ ip_v4_in1: '185.104.184.42', ip_v6_in1: '2001:ac8:20:5::1' },
      },
    ],
  },
  azirevpn: {
    status: 'success',
    locations: [{ name: 'es-mal', city: 'Málaga', iso: 'es', pool: 'es-mal.azirevpn.net', pubkey: publicKey }],
  },
  ivpn: {
    wireguard: [
      {
        ...{ country_code: 'ES', city: 'Madrid' },
        hosts: [{ hostname: 'es1.wg.ivpn.net', host: '84.17.62.98', public_key: publicKey }],
      },
    ],
    config: { ports: { wireguard: [{ type: 'UDP', port: 2049 }] } },
  },
  mullvad: {
    locations: { 'es-mad': { city: 'Madrid' } },
    wireguard: {
      relays: [
        {
          ...{ hostname: 'es-mad-wg-101', location: 'es-mad', active: true, public_key: publicKey },
          ...{ ipv4_addr_in: '45.134.213.194', ipv6_addr_in: '2a02:6ea0:c318:1::a06f' },
        },
      ],
      port_ranges: [[4000, 60000]],
    },
  },
  'ovpn.com': {
    success: true,
    datacenters: [
      {
        ...{ city: 'Madrid', country_name: 'Spain' },
        servers: [
          {
            ...{ ip: '192.145.124.3', ptr: 'vpn70.prd.madrid.ovpn.com', online: true },
            ...{ public_key: publicKey, wireguard_ports: [9929] },
          },
        ],
      },
    ],
  },
  windscribe: {
    data: [
      {
        country_code: 'FR',
        groups: [
          {
            ...{ city: 'Paris', wg_pubkey: publicKey },
            nodes: [{ hostname: 'fr-031.whiskergalaxy.com', ip3: '146.70.253.164' }],
          },
        ],
      },
    ],
  },
};

const suffixes = ['.airservers.org', '.azirevpn.net', '.wg.ivpn.net', '.relays.mullvad.net', '.ovpn.com'];
const provider = (id: string): Provider => ({
  ...{ id, name: 'Acme', sharedKey: true, oneKeyForAll: true, credential: 'An account.' },
  hostSuffixes: [...suffixes, '.whiskergalaxy.com'],
});
const known = (id: string): Server => ({
  ...{ id: `${id}/known`, provider: id, country: 'ES', city: 'Madrid', hostname: 'known.ovpn.com' },
  ...{ ipv4: '45.9.9.9', ipv6: null, wireguard: { publicKey, ports: [51820] }, openvpn: null },
  ...{ confidence: 'H', asOf: '2026-08-21', sources: ['a'] },
});

/** What a provider, or who stands in its place, may send to a maintainer. */
export const listTargets: readonly FuzzTarget[] = listSources.map((source) => ({
  name: `list-${source.provider}`,
  seeds: [bytesOf(JSON.stringify(examples[source.provider]))],
  words: ['"__proto__":', 'null', '{}', '[]', '""', '10.0.0.1', '\\u001b[2J', '../', publicKey],
  maxBytes: 3000,
  execute(input) {
    const answer = refusing(() => JSON.parse(latin1(input)) as unknown, SyntaxError);
    const servers = [known(source.provider)];
    const found = refusing(() => source.read(answer, servers), z.ZodError);
    if (!found) return;
    const file = { provider: provider(source.provider), servers };
    const comparison = compare(file, found, source.name, '2026-11-30');
    claim(
      comparison.next.servers.every(({ hostname }) => file.provider.hostSuffixes.some((end) => hostname.endsWith(end))),
      'an entry that is taken is of the provider',
    );
    claim(
      describeComparison(comparison, servers.length).every((line) => !/\p{Cc}/u.test(line)),
      'what is shown to a person is one line, with nothing that moves the cursor',
    );
  },
}));
