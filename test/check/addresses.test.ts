import { describe, expect, it } from 'vitest';
import { isBogon, ofFamily } from '../../electron/check/addresses.ts';

describe('a bogon', () => {
  it.each([
    '0.0.0.0',
    '10.10.34.35',
    '100.64.1.1',
    '127.0.0.1',
    '172.31.255.255',
    '192.168.0.1',
    '198.19.0.1',
    '203.0.113.9',
    '239.1.1.1',
    '255.255.255.255',
    '::',
    '::1',
    'fd00::1',
    'fe80::1',
    '2001:db8::1',
  ])('is %s', (address) => {
    expect(isBogon(address)).toBe(true);
  });

  it.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '64:ff9b::808:808'])('is not %s', (address) => {
    expect(isBogon(address)).toBe(false);
  });
});

it('addresses are told apart by family', () => {
  expect(ofFamily(['1.1.1.1', '2606:4700::1'], 6)).toEqual(['2606:4700::1']);
});
