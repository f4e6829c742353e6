import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { FoundServer } from '../../../scripts/servers/refresh/source.ts';
import { listSources } from '../../../scripts/servers/refresh/sources.ts';
import { keyOf, server } from '../../servers/samples.ts';

// That whole lists are read is shown in the lab; here what each provider has of its own.

const read = (provider: string, answer: unknown, known = [server(1)]): FoundServer[] => {
  const source = listSources.find((one) => one.provider === provider);
  if (!source) throw new Error(`no source ${provider}`);
  return source.read(answer, known);
};

describe('Mullvad', () => {
  const relay = (changes: object = {}): unknown => ({
    ...{ hostname: 'es-mad-wg-101', location: 'es-mad', active: true, public_key: keyOf(1) },
    ...{ ipv4_addr_in: '45.134.213.194', ipv6_addr_in: null, ...changes },
  });
  const list = (relays: unknown[], port_ranges = [[4000, 60000]]): unknown => ({
    locations: { 'es-mad': { country: 'Spain', city: 'Madrid' } },
    wireguard: { relays, port_ranges, of_tomorrow: true },
  });

  test('a relay that is switched off is left out, and only ports in its ranges are taken', () => {
    expect(read('mullvad', list([relay(), relay({ hostname: 'off', active: false })]))).toEqual([
      {
        ...{ id: 'mullvad/es-mad-wg-101', country: 'ES', city: 'Madrid', ipv4: '45.134.213.194', ipv6: null },
        ...{ hostname: 'es-mad-wg-101.relays.mullvad.net', publicKey: keyOf(1), ports: [51820] },
      },
    ]);
    expect(read('mullvad', list([relay()], [[53, 51820]]))[0]?.ports).toEqual([51820, 53, 123]);
  });

  test('a relay at a place that the list does not describe has no city, so that the rules leave it out', () => {
    expect(read('mullvad', list([relay({ location: 'fr-par' })]))[0]?.city).toBe('');
  });
});

test('IVPN: single UDP ports in their order, ranges and TCP passed over', () => {
  const host = { hostname: 'es1.wg.ivpn.net', host: '84.17.62.98', public_key: keyOf(1) };
  const ports = [
    { type: 'UDP', port: 2049 },
    { type: 'TCP', port: 80 },
    { type: 'UDP', range: { min: 1, max: 2 } },
  ];
  const wireguard = [{ country_code: 'ES', city: 'Madrid', hosts: [host] }];
  expect(read('ivpn', { wireguard, config: { ports: { wireguard: ports } } })[0]).toMatchObject({
    ...{ id: 'ivpn/es1', ports: [2049], ipv4: '84.17.62.98' },
  });
});

describe('AirVPN', () => {
  const list = {
    servers: [
      { public_name: 'Adhara', country_code: 'de', location: 'Frankfurt', health: 'warning', ip_v4_in1: '185.1.1.1' },
      { public_name: 'Albali', country_code: 'se', location: 'Uppsala', health: 'error', ip_v4_in1: '185.1.1.2' },
    ],
  };

  test('has the key of the fleet from what we have, and no server that is out of order', () => {
    expect(read('airvpn', list).map(({ id, publicKey, ipv6 }) => [id, publicKey, ipv6])).toEqual([
      ['airvpn/adhara', keyOf(1), null],
    ]);
  });

  test('says what to do when there is no one key', () => {
    for (const known of [[], [server(1), server(2)]])
      expect(() => read('airvpn', list, known)).toThrow('put the one of the fleet there');
  });
});

test('Windscribe: the third address, and no group without a key', () => {
  const node = { hostname: 'fr-031.whiskergalaxy.com', ip: '1.1.1.1', ip2: '1.1.1.2', ip3: '146.70.253.164' };
  const groups = [
    { city: 'Paris', wg_pubkey: keyOf(1), nodes: [node] },
    { city: 'Nice', wg_pubkey: '', nodes: [node] },
  ];
  const data = [
    { country_code: 'FR', groups },
    { country_code: 'US', groups: null },
  ];
  expect(read('windscribe', { data }).map(({ city, ipv4 }) => [city, ipv4])).toEqual([['Paris', '146.70.253.164']]);
});

test.each([
  ['Spain', 'ES'],
  ['The Netherlands', 'NL'],
  ['Germany', 'DE'],
  ['United Kingdom', 'GB'],
  ['Czech Republic', 'CZ'],
  ['Atlantis', ''],
])('OVPN.com: %s is %s', (country_name, code) => {
  const one = { ip: '192.145.124.3', ptr: 'vpn70.prd.madrid.ovpn.com', online: true, public_key: keyOf(1) };
  const servers = [
    { ...one, wireguard_ports: [9929] },
    { ...one, online: false, wireguard_ports: [9929] },
  ];
  const found = read('ovpn.com', { success: true, datacenters: [{ city: 'X', country_name, servers }] });
  expect(found.map(({ id, country }) => [id, country])).toEqual([['ovpncom/vpn70', code]]);
});

test.each(listSources.map(({ provider }) => provider))('%s: another shape is no list', (provider) => {
  for (const answer of [null, [], {}, { servers: [] }, 'x']) expect(() => read(provider, answer)).toThrow(z.ZodError);
});
