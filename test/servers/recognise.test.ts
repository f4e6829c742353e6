import { expect, test } from 'vitest';
import { recogniseProvider } from '../../electron/servers/recognise.ts';
import type { ServerList } from '../../electron/servers/types.ts';
import { parse as parseOvpn, simple as ovpn } from '../profile/openvpn/samples.ts';
import { parse, publicKey, simple } from '../profile/wireguard/samples.ts';
import { keyOf, list } from './samples.ts';

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
