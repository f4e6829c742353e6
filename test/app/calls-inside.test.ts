import { expect, it } from 'vitest';
import { callsInside } from '../../electron/app/calls-inside.ts';
import { splitForCalls } from '../../electron/profile/split/calls.ts';
import { parse, simple } from '../profile/wireguard/samples.ts';

const range = (...cidrs: string[]) => cidrs.map((cidr) => ({ cidr, asOf: '2026-02-11' }));
const services = [
  { id: 'telegram', prefixes: range('91.108.4.0/22', '2001:67c:4e8::/48') },
  { id: 'zoom', prefixes: range('3.7.35.0/25', '203.0.113.0/24') },
  { id: 'signal', prefixes: [] },
];

it('names the services whose ranges go through the tunnel, and tells their addresses from others', () => {
  const order = { prefixes: ['91.108.4.0/22'], stun: ['198.51.100.9'], resolvers: [], serverAddresses: ['91.108.5.1'] };
  const inside = callsInside(splitForCalls(parse(simple).profile, order), services);
  expect(inside?.services).toEqual(['telegram']);
  const addresses = ['91.108.4.9', '198.51.100.9', '91.108.5.1', '3.7.35.1'];
  expect(addresses.map((address) => inside?.isInside(address))).toEqual([true, true, false, false]);
});

it('says nothing of a profile that carries everything', () => {
  expect(callsInside(parse(simple).profile, services)).toBeUndefined();
});
