import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { createShapeCheck } from '../../electron/servers/row-shape.ts';
import { server } from './samples.ts';

/** The same shape, said with a general schema. */
const words = z.string().regex(/^[\p{L}\p{M}\p{N}\p{P}\p{Zs}]{1,200}$/u);
const port = z.int().min(1).max(65535);
const schema = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9._/-]{0,127}$/),
  provider: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/),
  country: z.string().regex(/^[A-Z]{2}$/),
  city: words,
  hostname: z.string(),
  ipv4: z.string().nullable(),
  ipv6: z.string().nullable(),
  wireguard: z.strictObject({ publicKey: z.string(), ports: z.array(port).min(1).max(64) }).nullable(),
  openvpn: z
    .strictObject({ ports: z.strictObject({ udp: z.array(port).max(64), tcp: z.array(port).max(64) }) })
    .nullable(),
  confidence: z.enum(['H', 'M']),
  asOf: z.iso.date(),
  sources: z.array(words).min(1).max(16),
});

const good = { ...server(1), openvpn: { ports: { udp: [1194], tcp: [443] } } };
const odd = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    undefined,
    '',
    'M',
    'ES',
    'x\ny',
    '2026-02-30',
    '2026-02-28',
    'a\u202eb',
    [],
    {},
    0,
    1.5,
    65536,
  ),
  fc.constantFrom<unknown>([0], [1, 65535], ['x'], { ports: [1] }, { ports: { udp: [], tcp: [1] } }, { ports: {} }),
  fc.constantFrom<unknown>({ publicKey: '', ports: [1] }, { publicKey: 1, ports: [1] }, { publicKey: '', ports: [] }),
  fc.constantFrom<unknown>(Array(65).fill(1), Array(17).fill('s'), 'x'.repeat(201), {
    publicKey: '',
    ports: [1],
    a: 1,
  }),
  fc.string(),
  fc.anything(),
);
const isServer = createShapeCheck();

test('an entry has the shape when a general schema says so, whatever stands in whichever field', () => {
  const fields = [...Object.keys(good), 'more', '__proto__'];
  fc.assert(
    fc.property(fc.constantFrom(...fields), odd, (field, value) => {
      const row: unknown = JSON.parse(JSON.stringify({ ...good, [field]: value }));
      expect(isServer(row)).toBe(schema.safeParse(row).success);
    }),
    { numRuns: 3000 },
  );
  expect(isServer(good)).toBe(true);
});

test('an entry without one of its fields has not the shape, and one field too many is too many', () => {
  for (const field of Object.keys(good)) {
    const rest = Object.entries(good).filter(([name]) => name !== field);
    expect(isServer(Object.fromEntries(rest)), field).toBe(false);
    expect(isServer(Object.fromEntries([...rest, ['extra', 1]])), field).toBe(false);
  }
});
