import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ProbedServer } from '../../electron/api/schema.ts';
import { openProbeMemory, type ProbeMemory } from '../../electron/app/probe-memory.ts';
import { temporaryFolder } from '../store/temporary-folder.ts';

const question = { near: 'MA', profiles: ['p-1', 'p-2'] };
const results: ProbedServer[] = [
  {
    ...{ rank: 1, standing: 'usable', reason: 'best', profile: 'p-1', server: null, name: 'Madrid' },
    ...{ endpoint: '198.51.100.7:51820', method: 'wireguard', rttMs: 40, jitterMs: null, lossPct: 0 },
  },
];

/** One folder, seen from a network at some minute. */
async function bed(): Promise<{ at: (minute: number, network?: string) => ProbeMemory; kept: () => string[] }> {
  const folder = await temporaryFolder();
  const at = (minute: number, network = 'n-1'): ProbeMemory =>
    openProbeMemory({ folder, network: () => Promise.resolve(network), now: () => new Date(minute * 60_000) });
  return { at, kept: () => readdirSync(join(folder, 'probes')) };
}

test('the same question on the same network is answered for ten minutes', async () => {
  const { at } = await bed();
  await at(100).keep(question, results);
  expect(await at(110).recall(question)).toEqual({ results, probedAt: '1970-01-01T01:40:00.000Z' });
  expect(await at(111).recall(question)).toBeUndefined();
  expect(await at(99).recall(question)).toBeUndefined();
});

test('another network, place or set of profiles is another question', async () => {
  const { at } = await bed();
  await at(100).keep(question, results);
  expect(await at(100, 'n-2').recall(question)).toBeUndefined();
  expect(await at(100).recall({ ...question, near: null })).toBeUndefined();
  expect(await at(100).recall({ ...question, profiles: ['p-1'] })).toBeUndefined();
});

test('twenty networks are remembered, for a day', async () => {
  const { at, kept } = await bed();
  for (let number = 0; number < 25; number++) await at(100 + number, `n-${number}`).keep(question, results);
  expect(kept()).toHaveLength(20);
  expect(await at(124, 'n-4').recall(question)).toBeUndefined();
  await at(3000, 'n-99').keep(question, results);
  expect(kept()).toEqual(['n-99.json']);
});
