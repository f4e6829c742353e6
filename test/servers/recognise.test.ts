import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadAccountProviders } from '../../electron/servers/accounts/load-providers.ts';
import { recogniseProvider } from '../../electron/servers/recognise.ts';
import type { ServerList } from '../../electron/servers/types.ts';
import { parse as parseOvpn, simple as ovpn } from '../profile/openvpn/samples.ts';
import { parse, publicKey, simple } from '../profile/wireguard/samples.ts';
import { keyOf, list, resources } from './samples.ts';

const known = list() as unknown as ServerList;
const recognise = (text: string): string | null => recogniseProvider(parse(text).profile, known);

test("a profile is told by the server's key, address or name", () => {
  expect(recognise(simple)).toBeNull();
  expect(recognise(simple.replace(publicKey, keyOf(3)))).toBe('acme');
  expect(recognise(simple.replace('198.51.100.7', '45.134.0.3'))).toBe('acme');
  expect(recognise(simple.replace('198.51.100.7', 'es-3.acme.example'))).toBe('acme');
  expect(recognise(simple.replace('198.51.100.7', 'new.acme.example'))).toBe('acme');
  expect(recognise(simple.replace('198.51.100.7', 'notacme.example'))).toBeNull();
});

test('OpenVPN profiles too', () => {
  expect(recogniseProvider(parseOvpn(ovpn).profile, known)).toBeNull();
  expect(recogniseProvider(parseOvpn(ovpn.replace('198.51.100.7', '45.134.0.9')).profile, known)).toBe('acme');
});

test('files of providers without a list are told by the end of the name, or by what all of them have', async () => {
  const { providers } = await loadAccountProviders(join(resources, 'accounts'));
  const told = (text: string): string | null => recogniseProvider(parse(text).profile, known, providers);
  const like = (address: string, dns: string): string =>
    simple.replace('10.2.0.2/32', address).replace('DNS = 10.2.0.1', `DNS = ${dns}`);
  expect(told(simple)).toBeNull();
  expect(told(simple.replace('198.51.100.7', 'es201.nordvpn.com'))).toBe('nordvpn');
  expect(told(simple.replace('198.51.100.7', 'node-es-01.protonvpn.net'))).toBe('proton');
  expect(told(like('10.5.0.2/32', '103.86.96.100'))).toBe('nordvpn');
  expect(told(like('10.14.0.2/16', '162.252.172.57'))).toBe('surfshark');
  // Half of a mark is a number that anybody may use.
  expect(told(like('10.5.0.2/32', '9.9.9.9'))).toBeNull();
  expect(told(like('10.9.0.2/32', '103.86.96.100'))).toBeNull();
});
