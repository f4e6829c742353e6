import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ServerList } from '../../../electron/servers/types.ts';
import { buildList, describeChange, writeList } from '../../../scripts/servers/build.ts';
import { now, provider, resources, server } from '../../servers/samples.ts';

const files = (...servers: unknown[]): Map<string, unknown> => new Map([['acme.json', { provider, servers }]]);
const first = buildList(files(server(1), server(2)), undefined, now);

test('the first list has version 1 and lasts 90 days', () => {
  expect(first).toMatchObject({
    schema: 1,
    listVersion: 1,
    issuedAt: now.toISOString(),
    expiresAt: '2027-02-22T12:00:00.000Z',
  });
  expect(JSON.parse(writeList(first))).toEqual(first);
});

test('the version goes up only when something changed', () => {
  expect(buildList(files(server(1), server(2)), first, new Date('2027-01-01'))).toBe(first);
  expect(buildList(files(server(1)), first, now).listVersion).toBe(2);
});

test('the change can be read', () => {
  const next = buildList(files(server(2, { city: 'Málaga' }), server(3)), first, now);
  expect(describeChange(first, next)).toEqual(['~ acme/es-2: city', '+ acme/es-3 (Madrid, ES)', '- acme/es-1']);
  expect(describeChange(undefined, first)).toHaveLength(2);
});

test('one bad entry or file stops the build and is named', () => {
  expect(() => buildList(files(server(1), { ...server(2), ipv4: '10.0.0.1' }), undefined, now)).toThrow(
    'acme.json: entry 2 fails the rule address-not-public.',
  );
  expect(() => buildList(new Map([['x.json', {}]]), undefined, now)).toThrow('x.json');
  expect(() => buildList(files(server(1), server(1)), undefined, now)).toThrow('repeated-id');
});

test("the shipped list is what the providers' files say", () => {
  const folder = join(resources, 'providers');
  const shipped = JSON.parse(readFileSync(join(resources, 'servers.json'), 'utf8')) as ServerList;
  const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'));
  const own = new Map(readdirSync(folder).map((name) => [name, read(name)]));
  expect(buildList(own, shipped, now)).toBe(shipped);
});
