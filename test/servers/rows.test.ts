import { x25519 } from '@noble/curves/ed25519.js';
import { expect, test } from 'vitest';
import { createRowReader } from '../../electron/servers/rows.ts';
import { provider, server } from './samples.ts';

const providers = new Map([[provider.id, provider]]);
const read = createRowReader(providers);
const withKey = (publicKey: string): unknown => server(1, { wireguard: { publicKey, ports: [1] } });

test('a sound entry is taken as it is', () => {
  expect(read(server(1))).toEqual(server(1));
});

const lowOrder = [
  '00'.repeat(32),
  `01${'00'.repeat(31)}`,
  'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
  '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
  `ec${'ff'.repeat(30)}7f`,
  `ed${'ff'.repeat(30)}7f`,
  `ee${'ff'.repeat(30)}7f`,
  `${'00'.repeat(31)}80`,
  `ec${'ff'.repeat(31)}`,
].map((hex) => Buffer.from(hex, 'hex'));

test.each(lowOrder)('a point of low order is refused, and really is one (%#)', (point) => {
  expect(read(withKey(point.toString('base64')))).toBe('key-low-order');
  expect(() => x25519.getSharedSecret(Buffer.alloc(32, 5), point)).toThrow();
});

test.each([
  ['row-schema', null],
  ['row-schema', 'x'],
  ['row-schema', { ...server(1), more: 1 }],
  ['row-schema', { ...server(1), city: 'Mad\nrid' }],
  ['row-schema', { ...server(1), city: 'Mad\u202erid' }],
  ['row-schema', { ...server(1), id: '../x' }],
  ['row-schema', { ...server(1), country: 'es' }],
  ['row-schema', { ...server(1), confidence: 'L' }],
  ['row-schema', server(1, { wireguard: { publicKey: '', ports: [] } })],
  ['row-schema', server(1, { wireguard: { publicKey: '', ports: [0] } })],
  ['row-schema', server(1, { wireguard: { publicKey: '', ports: [65536] } })],
  ['unknown-provider', server(1, { provider: 'other' })],
  ['host-name', server(1, { hostname: 'a b.acme.example' })],
  ['host-name', server(1, { hostname: 'x\n.acme.example' })],
  ['host-suffix', server(1, { hostname: 'es-1.acme.example.evil.example' })],
  ['host-suffix', server(1, { hostname: 'evilacme.example' })],
  ['no-address', server(1, { ipv4: null })],
  ['address-form', server(1, { ipv4: '045.1.1.1' })],
  ['address-form', server(1, { ipv6: 'fe80::1%eth0' })],
  ['address-not-public', server(1, { ipv4: '10.0.0.1' })],
  ['address-not-public', server(1, { ipv4: '127.0.0.1' })],
  ['address-not-public', server(1, { ipv6: 'fd00::1' })],
  ['no-protocol', server(1, { wireguard: null })],
  ['key-form', withKey('short')],
])('%s (%#)', (rule, row) => {
  expect(read(row)).toBe(rule);
});
