import { expect, test } from 'vitest';
import { withoutOwnAddresses } from '../../electron/check/own-addresses.ts';
import type { Probe, Report } from '../../electron/check/report.ts';
import { reportOf } from '../reports.ts';

const probe = (change: Partial<Probe>): Probe => ({
  id: 'p1',
  kind: 'dns',
  service: null,
  target: 'a.example',
  address: '198.51.100.1',
  port: 53,
  outcome: 'ok',
  failure: null,
  operation: null,
  startMs: 0,
  durationMs: 1,
  ...change,
});
const on = (resolvers: string[], probes: Probe[], mapped: string | null = null): Report =>
  reportOf({}, { network: { ...reportOf({}).network, resolvers, mapped }, probes });

test('the mapped address, the resolvers and the address of the own resolver go', () => {
  const report = on(['10.20.0.1'], [probe({ address: '10.20.0.1', detail: { resolver: 'system' } })], '203.0.113.9');
  const { network, probes } = withoutOwnAddresses(report, []);
  expect(network).toMatchObject({ resolvers: [], mapped: null });
  expect(probes[0]).toMatchObject({ address: null, target: 'a.example' });
});

test('a public resolver stays what it is, also for who uses it', () => {
  const probes = [
    probe({ address: '1.1.1.1', detail: { resolver: 'system' } }),
    probe({ id: 'p2', kind: 'doh', address: '1.1.1.1', port: 443 }),
  ];
  expect(withoutOwnAddresses(on(['1.1.1.1'], probes), []).probes.map(({ address }) => address)).toEqual([
    null,
    '1.1.1.1',
  ]);
});

test('own addresses go wherever they stand, and only whole ones', () => {
  const detail = { a: 'from 10.0.0.2:4711', b: ['110.0.0.2', '10.0.0.21'], '10.0.0.2': 'fd00::7', c: 'fd00::71' };
  const [only] = withoutOwnAddresses(on([], [probe({ detail, target: 'dsl-10-0-0-2.example' })]), [
    '10.0.0.2',
    'fd00::7',
  ]).probes;
  expect(only?.detail).toEqual({
    a: 'from [scrubbed]:4711',
    b: ['110.0.0.2', '10.0.0.21'],
    '[scrubbed]': '[scrubbed]',
    c: 'fd00::71',
  });
  expect(only?.target).toBe('dsl-[scrubbed].example');
});

test('loopback is nobody’s own, and what is no address does no harm', () => {
  const probes = [probe({ address: '127.0.0.1' })];
  expect(withoutOwnAddresses(on([], probes), ['127.0.0.1', '::1', '', '(.*', 'fe80::1%eth0']).probes).toEqual(probes);
});

test.each([
  ['Blocked for 198.51.100.77 by order', 'Blocked for [scrubbed] by order'],
  ['your address: 2001:db8::5', 'your address: [scrubbed]'],
  ['404 Not Found at 12:30', '404 Not Found at 12:30'],
])('the title of a page loses what looks like an address: %s', (title, bare) => {
  const probes = [probe({ kind: 'http', detail: { title, status: 200 } })];
  expect(withoutOwnAddresses(on([], probes), []).probes[0]?.detail).toEqual({ title: bare, status: 200 });
});
