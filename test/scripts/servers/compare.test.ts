import { describe, expect, test } from 'vitest';
import { compare, judge, type Comparison } from '../../../scripts/servers/refresh/compare.ts';
import { describeComparison } from '../../../scripts/servers/refresh/describe.ts';
import type { FoundServer } from '../../../scripts/servers/refresh/source.ts';
import { keyOf, provider, server } from '../../servers/samples.ts';

const before = { provider, servers: Array.from({ length: 10 }, (_, index) => server(index + 1)) };
const found = (number: number, changes: Partial<FoundServer> = {}): FoundServer => {
  const { id, country, city, hostname, ipv4, ipv6 } = server(number);
  return { ...{ id, country, city, hostname, ipv4, ipv6 }, publicKey: keyOf(number), ports: [51820, 53], ...changes };
};
const all = (changes: Partial<Record<number, Partial<FoundServer>>> = {}, count = 10): FoundServer[] =>
  Array.from({ length: count }, (_, index) => found(index + 1, changes[index + 1]));
const compared = (list: readonly FoundServer[]): Comparison => compare(before, list, 'https://list', '2026-11-30');

test('the same list confirms every entry and names itself as one more source', () => {
  const { next, confirmed, ...change } = compared(all());
  expect(confirmed).toBe(10);
  expect(next.servers).toEqual(
    before.servers.map((one) => ({ ...one, asOf: '2026-11-30', sources: ['test', 'https://list'] })),
  );
  expect(Object.values(change)).toEqual([[], [], [], [], [], []]);
});

test('an entry whose key or address is new has one source and medium confidence', () => {
  const { next } = compared(all({ 2: { publicKey: keyOf(99) }, 3: { ipv4: '45.9.9.9' } }));
  const sourced = next.servers.slice(0, 4).map(({ confidence, sources }) => [confidence, sources.length]);
  expect(sourced).toEqual([
    ['H', 2],
    ['M', 1],
    ['M', 1],
    ['H', 2],
  ]);
});

test('one copy that was read twice is still one copy', () => {
  const medium = { provider, servers: [server(1, { confidence: 'M', sources: ['https://list'] })] };
  expect(compare(medium, all({}, 1), 'https://list', '2026-11-30').next.servers[0]).toMatchObject({
    confidence: 'M',
    sources: ['https://list'],
  });
});

test('the order of the file stays, and what is new stands behind it', () => {
  const { next } = compared([found(12), found(11), ...all().reverse()]);
  expect(next.servers.map(({ id }) => id)).toEqual([...before.servers.map(({ id }) => id), 'acme/es-11', 'acme/es-12']);
});

test('every kind of change is told, a changed key first', () => {
  const changes = {
    1: { city: 'Málaga', ports: [53] },
    2: { publicKey: keyOf(99), ipv4: '45.9.9.9' },
    4: { ipv4: '10.0.0.1' },
    5: { id: 'acme/\u001b[2J', hostname: 'x.evil.example' },
  };
  const lines = describeComparison(compared([...all(changes, 9), found(11)]), 10);
  expect(lines).toEqual([
    'Acme: 8 servers (we had 10), 6 of them with the key and address that we had.',
    `  !! KEY CHANGED acme/es-2: ${keyOf(2)} -> ${keyOf(99)}`,
    '  ~ address acme/es-2: 45.134.0.2 -> 45.9.9.9',
    '  ~ acme/es-1: city, ports (Málaga, ES)',
    '  + acme/es-11 (Madrid, ES) 45.134.0.11',
    '  - acme/es-4 (Madrid, ES)',
    '  - acme/es-5 (Madrid, ES)',
    '  - acme/es-10 (Madrid, ES)',
    '  x left out acme/es-4: fails the rule address-not-public',
    '  x left out acme/?[2J: fails the rule row-schema',
    "  1 key changed. Look at the provider's site before you write this.",
  ]);
});

describe('what is not taken', () => {
  const reason = (list: readonly FoundServer[], ...accepted: ('shrank' | 'many-keys')[]): string | undefined => {
    try {
      judge(before, compared(list), accepted);
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  };
  const newKeys = (count: number): FoundServer[] =>
    all(
      Object.fromEntries(Array.from({ length: count }, (_, index) => [index + 1, { publicKey: keyOf(100 + index) }])),
    );

  test('fewer than four fifths, but not exactly as many', () => {
    expect(reason(all({}, 8))).toBeUndefined();
    expect(reason(all({}, 7))).toContain('Refused (shrank)');
    expect(reason(all({}, 7), 'shrank')).toBeUndefined();
    expect(reason(all({}, 7), 'many-keys')).toContain('shrank');
  });

  test('new keys for more than a fifth', () => {
    expect(reason(newKeys(2))).toBeUndefined();
    expect(reason(newKeys(3))).toContain('Refused (many-keys)');
    expect(reason(newKeys(3), 'many-keys')).toBeUndefined();
  });

  test.each([
    ['repeated-key', all({ 2: { publicKey: keyOf(1) } })],
    ['repeated-address', all({ 2: { ipv4: '45.134.0.1' }, 3: { ipv4: '45.134.0.1' } })],
    ['repeated-id', [...all(), found(1)]],
    ['bad-rows', all({ 1: { ipv4: null }, 2: { ipv4: null }, 3: { ipv4: null } })],
    ['empty', []],
  ])('what breaks the rule %s, whatever is accepted', (rule, list) => {
    expect(reason(list, 'shrank', 'many-keys')).toContain(`(rule ${rule})`);
  });
});
