import { expect, test } from 'vitest';
import { verifyList } from '../../electron/servers/verify-list.ts';
import { developmentKey } from '../../electron/signed/keys.ts';
import type { ServerList } from '../../electron/servers/types.ts';
import { bytesOf, keyOf, list, now, provider, server, verifySigned } from './samples.ts';

const refusedWith = (code: string, rule: string): unknown =>
  expect.objectContaining({ code, rule, message: expect.stringContaining(rule) as string });
const servers = (count: number): unknown[] => Array.from({ length: count }, (_, index) => server(index + 1));
const shared = { ...provider, sharedKey: true };

test('a sound list is taken whole', () => {
  const value = list();
  expect(verifySigned(value)).toEqual({ list: value, dropped: [], kept: [] });
});

test('the signature is checked before a byte is parsed', () => {
  const bad = bytesOf('{ not json');
  expect(() => verifyList({ bytes: bad, signature: '' }, { keys: [developmentKey], floor: 0, now })).toThrow(
    refusedWith('list-signature', 'signature-format'),
  );
});

/** The pattern of a list found in public: real names, a handful of addresses, one key for all. */
const tampered = servers(50).map((row, index) => ({
  ...(row as object),
  ipv4: `34.120.1.${(index % 5) + 1}`,
  wireguard: { publicKey: '4yJHnbCOXiiW5meBA/erDjVpkkWf6ycdTkaY46BBcRo=', ports: [51820] },
}));

test.each([
  ['list-invalid', 'size', ' '.repeat(4 * 1024 * 1024 + 1)],
  ['list-invalid', 'json', '{"schema":1'],
  ['list-invalid', 'json', ''],
  ['list-invalid', 'schema', 'null'],
  ['list-invalid', 'schema', '[]'],
  ['list-invalid', 'schema', '{"__proto__":{"schema":1}}'],
  ['list-invalid', 'schema', list({ schema: 2 })],
  ['list-invalid', 'schema', { ...list(), more: 1 }],
  ['list-invalid', 'schema', list({ listVersion: 0 })],
  ['list-invalid', 'schema', list({ listVersion: 1.5 })],
  ['list-invalid', 'schema', list({ listVersion: '5' })],
  ['list-invalid', 'schema', list({ issuedAt: 'yesterday' })],
  ['list-invalid', 'schema', list({ servers: {} })],
  ['list-invalid', 'schema', list({ providers: [] })],
  ['list-invalid', 'schema', list({ providers: [{ ...provider, name: 'A\nB' }] })],
  ['list-invalid', 'schema', list({ providers: [{ ...provider, hostSuffixes: ['.com'] }] })],
  ['list-invalid', 'schema', list({ providers: [{ ...provider, hostSuffixes: ['acme.example'] }] })],
  ['list-invalid', 'dates', list({ expiresAt: '2026-11-19T00:00:00.000Z' })],
  ['list-invalid', 'issued-in-future', list({ issuedAt: '2026-11-26T00:00:00.000Z' })],
  ['list-invalid', 'empty', list({ servers: [] })],
  ['list-invalid', 'repeated-id', list({ providers: [provider, provider] })],
  ['list-invalid', 'repeated-id', list({ servers: [...servers(9), server(99, { id: 'acme/es-1' })] })],
  ['list-poisoned', 'repeated-key', list({ servers: tampered })],
  ['list-poisoned', 'repeated-address', list({ providers: [shared], servers: tampered })],
  [
    'list-poisoned',
    'repeated-key',
    list({ servers: [...servers(9), server(99, { wireguard: { publicKey: keyOf(1), ports: [1] } })] }),
  ],
  [
    'list-poisoned',
    'repeated-address',
    list({ servers: [1, 2, 3].map((number) => server(number, { ipv4: '45.134.1.1' })) }),
  ],
  [
    'list-poisoned',
    'repeated-address',
    list({ servers: [1, 2, 3].map((number) => server(number, { ipv6: '2a02:6ea0::1' })) }),
  ],
  ['list-poisoned', 'bad-rows', list({ servers: [...servers(7), {}, {}, {}] })],
  [
    'list-poisoned',
    'bad-rows',
    list({ servers: servers(10).map((row) => ({ ...(row as object), provider: 'other' })) }),
  ],
])('refused: %s, rule %s (%#)', (code, rule, value) => {
  expect(() => verifySigned(value)).toThrow(refusedWith(code, rule));
});

test('an older list than the last one is a rollback; the same one is not', () => {
  expect(() => verifySigned(list(), { floor: 6 })).toThrow(refusedWith('list-rollback', 'version-floor'));
  expect(verifySigned(list(), { floor: 5 }).list.listVersion).toBe(5);
});

test('past its expiry a list is still good', () => {
  expect(verifySigned(list(), { now: new Date('2030-01-01') }).list.servers).toHaveLength(10);
});

test('a clock that is a little behind does no harm', () => {
  expect(verifySigned(list({ issuedAt: '2026-11-25T11:00:00.000Z' })).dropped).toEqual([]);
});

test('a list whose keys are shared by design is taken, and two names of one address too', () => {
  const one = { publicKey: keyOf(1), ports: [1637] };
  const value = list({ providers: [shared], servers: [1, 2, 3].map((number) => server(number, { wireguard: one })) });
  expect(verifySigned(value).list.servers).toHaveLength(3);
  expect(verifySigned(list({ servers: [server(1), server(2, { ipv4: server(1).ipv4 })] })).list.servers).toHaveLength(
    2,
  );
});

test('a bad entry is left out with its rule, and the others stay', () => {
  const { list: taken, dropped } = verifySigned(
    list({ servers: [...servers(9), { ...server(10), hostname: 'evil.example' }] }),
  );
  expect(taken.servers).toHaveLength(9);
  expect(dropped).toEqual([{ row: 9, rule: 'host-suffix' }]);
});

test('a provider that shrank by more than a fifth keeps its older entries', () => {
  const older = list() as unknown as ServerList;
  const { kept, list: taken } = verifySigned(list({ listVersion: 6, servers: servers(7) }), {}, older);
  expect([kept, taken.servers.length, taken.listVersion]).toEqual([['acme'], 10, 6]);
  expect(verifySigned(list({ servers: servers(8) }), {}, older)).toMatchObject({ kept: [] });
});
