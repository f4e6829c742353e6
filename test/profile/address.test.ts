import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  coversEverything,
  isPublicAddress,
  parseAddress,
  parseEndpoint,
  parseHost,
  parseInterfaceAddress,
  parseNetwork,
  writeEndpoint,
} from '../../electron/profile/address.ts';

test.each([
  ['1.2.3.4', '1.2.3.4'],
  ['2001:DB8:0:0::1', '2001:db8::1'],
  ['::ffff:1.2.3.4', '::ffff:102:304'],
])('%s is the address %s', (text, address) => {
  expect(parseAddress(text)).toBe(address);
});

test.each(['', '1.2.3', '01.2.3.4', '0x1.2.3.4', '1.2.3.4 ', '1.2.3.256', 'fe80::1%eth0', '::g', '[::1]', '1.2.3.4\n'])(
  '%j is no address',
  (text) => {
    expect(parseAddress(text)).toBeUndefined();
  },
);

test('prefixes: missing means one address, host bits are cleared in networks only', () => {
  expect(parseInterfaceAddress('10.1.2.3/8')).toBe('10.1.2.3/8');
  expect(parseInterfaceAddress('fd00::5')).toBe('fd00::5/128');
  expect(parseNetwork('10.1.2.3/8')).toBe('10.0.0.0/8');
  expect(parseNetwork('fd00:1:2::5/32')).toBe('fd00:1::/32');
  for (const bad of ['10.0.0.0/33', '::/129', '10.0.0.0/', '10.0.0.0/-1', '/8', '10.0.0.0/8/8', '10.0.0.0/08x']) {
    expect(parseNetwork(bad)).toBeUndefined();
  }
});

test.each(['a.example', 'xn--mgbh0fb.example', 'a_b.example', 'localhost'])('%s is a host', (text) => {
  expect(parseHost(text)).toBe(text);
});

test.each([
  '',
  '.',
  'a..b',
  '-a',
  'a-',
  'a b',
  'مثال',
  '1.2.3',
  '127.1',
  '0x7f.1',
  'a.0x7f',
  '2130706433',
  `${'a'.repeat(64)}.x`,
  'a/b',
  'a\nb',
])('%j is no host', (text) => {
  expect(parseHost(text)).toBeUndefined();
});

test('every endpoint that is written is read back', () => {
  const host = fc.oneof(
    fc.ipV4(),
    fc.ipV6().map((text) => parseAddress(text) ?? '::1'),
    fc.domain().map((name) => name.toLowerCase()),
  );
  fc.assert(
    fc.property(host, fc.integer({ min: 1, max: 65535 }), (name, port) => {
      expect(parseEndpoint(writeEndpoint({ host: name, port }))).toEqual({ host: name, port });
    }),
  );
});

test('what is everything: /0, two halves, in any order and overlapping', () => {
  expect(coversEverything(['0.0.0.0/0'], 'ipv4')).toBe(true);
  expect(coversEverything(['128.0.0.0/1', '0.0.0.0/1'], 'ipv4')).toBe(true);
  expect(coversEverything(['0.0.0.0/2', '0.0.0.0/1', '64.0.0.0/2', '128.0.0.0/1'], 'ipv4')).toBe(true);
  expect(coversEverything(['0.0.0.0/1', '128.0.0.0/2'], 'ipv4')).toBe(false);
  expect(coversEverything(['128.0.0.0/1'], 'ipv4')).toBe(false);
  expect(coversEverything([], 'ipv4')).toBe(false);
  expect(coversEverything(['0.0.0.0/0'], 'ipv6')).toBe(false);
  expect(coversEverything(['::/1', '8000::/1'], 'ipv6')).toBe(true);
  expect(coversEverything(['2000::/3'], 'ipv6')).toBe(false);
});

test('private, special and documentation addresses are not public', () => {
  for (const address of [
    '10.0.0.1',
    '127.0.0.1',
    '169.254.1.1',
    '100.64.0.1',
    '192.0.2.1',
    '224.0.0.1',
    '::1',
    'fe80::1',
    'fd00::1',
    '2001:db8::1',
  ]) {
    expect([address, isPublicAddress(address)]).toEqual([address, false]);
  }
  for (const address of ['45.134.213.194', '2a02:6ea0:c318:1::a06f']) expect(isPublicAddress(address)).toBe(true);
});
