import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { distanceKm, sortNear } from '../../electron/servers/near.ts';
import type { ServerList } from '../../electron/servers/types.ts';
import { resources, server } from './samples.ts';

const shipped = (JSON.parse(readFileSync(join(resources, 'servers.json'), 'utf8')) as ServerList).servers;

test("distances are right within the table's roundness", () => {
  expect(distanceKm([33.6, -7.6], [40.4, -3.7])).toBeGreaterThan(800);
  expect(distanceKm([33.6, -7.6], [40.4, -3.7])).toBeLessThan(860);
  expect(distanceKm([0, 0], [0, 180])).toBeCloseTo(Math.PI * 6371, 0);
  expect(distanceKm([1, 1], [1, 1])).toBe(0);
});

test('from Morocco Málaga comes first and Johannesburg last, from Iran Istanbul is nearer than Lisbon', () => {
  const fromMorocco = sortNear(shipped, 'MA').map(({ city }) => city);
  expect([fromMorocco[0], fromMorocco.at(-1)]).toEqual(['Málaga', 'Johannesburg']);
  const fromIran = sortNear(shipped, 'ir').map(({ city }) => city);
  expect(fromIran.indexOf('Istanbul')).toBeLessThan(fromIran.indexOf('Lisbon'));
});

test('nothing is lost, and the order stays where we know no better', () => {
  expect(sortNear(shipped, 'MA')).toHaveLength(shipped.length);
  for (const country of ['ZZ', '', 'constructor', '__proto__']) expect(sortNear(shipped, country)).toEqual(shipped);
  const [known, unknown] = [server(1), server(2, { country: 'QQ', city: 'Nowhere' })];
  expect(sortNear([unknown, known], 'MA')).toEqual([known, unknown]);
});

test('every city of the shipped list is on the map', () => {
  const cities = Object.keys(
    (JSON.parse(readFileSync(join(resources, 'places.json'), 'utf8')) as { cities: object }).cities,
  );
  for (const { country, city } of shipped) expect(cities).toContain(`${country}/${city}`);
});
