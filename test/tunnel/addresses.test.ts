import { describe, expect, it } from 'vitest';
import { coversFamily, formatEndpoint, hostCidr, inAnyRange, splitCidr } from '../../electron/tunnel/addresses.ts';

describe('coversFamily', () => {
  it.each([
    [['0.0.0.0/0', '::/0']],
    [['0.0.0.0/1', '128.0.0.0/1']],
    // Everything but 10.0.0.0/8.
    [['0.0.0.0/5', '8.0.0.0/7', '11.0.0.0/8', '12.0.0.0/6', '16.0.0.0/4', '32.0.0.0/3', '64.0.0.0/2', '128.0.0.0/1']],
  ])('%j carries IPv4', (cidrs) => expect(coversFamily(cidrs, '4')).toBe(true));

  it.each([[['10.0.0.0/8']], [['::/0']], [[]], [['64.0.0.0/2', '10.66.0.1/32']]])('%j does not', (cidrs) =>
    expect(coversFamily(cidrs, '4')).toBe(false),
  );

  it('takes public unicast for all of IPv6', () => {
    expect(coversFamily(['2000::/3'], '6')).toBe(true);
    expect(coversFamily(['fc00::/7'], '6')).toBe(false);
  });
});

it('writes IPv6 endpoints in brackets', () => {
  expect(formatEndpoint('2001:db8::1', 51820)).toBe('[2001:db8::1]:51820');
  expect(formatEndpoint('203.0.113.3', 443)).toBe('203.0.113.3:443');
});

it('takes an address without a length for one host', () => {
  expect(splitCidr('10.66.0.2')).toEqual({ network: '10.66.0.2', length: 32 });
  expect(splitCidr('2001:db8::2/64')).toEqual({ network: '2001:db8::2', length: 64 });
  expect(hostCidr('2001:db8::2')).toBe('2001:db8::2/128');
});

it('finds addresses in ranges of both families, and nothing in names', () => {
  const ranges = ['10.0.0.0/8', 'fe80::/10'];
  expect(inAnyRange('10.20.0.1', ranges)).toBe(true);
  expect(inAnyRange('fe80::1%eth0', ranges)).toBe(true);
  expect(inAnyRange('9.9.9.9', ranges)).toBe(false);
  expect(inAnyRange('localhost', ranges)).toBe(false);
});
