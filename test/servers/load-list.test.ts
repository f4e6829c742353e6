import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { developmentKey } from '../../electron/servers/keys.ts';
import { loadServerList } from '../../electron/servers/load-list.ts';
import { sign } from '../../scripts/servers/sign.ts';
import { temporaryFolder } from '../store/temporary-folder.ts';
import { bytesOf, developmentSecret, list, now, resources, server } from './samples.ts';

/** A folder with this list, signed. */
async function folderWith(value: unknown): Promise<string> {
  const folder = join(await temporaryFolder(), 'list');
  mkdirSync(folder);
  writeFileSync(join(folder, 'servers.json'), bytesOf(value));
  writeFileSync(join(folder, 'servers.json.minisig'), sign(bytesOf(value), developmentSecret, 'c'));
  return folder;
}
const updateKeys = [developmentKey];

test('the list that comes with the app is sound, and every entry has its date and sources', async () => {
  const {
    list: own,
    origin,
    developmentKey: isDevelopment,
  } = await loadServerList({ folder: resources, floor: 0, now });
  expect([origin, isDevelopment]).toEqual(['bundled', true]);
  expect(own.servers.length).toBeGreaterThanOrEqual(100);
  expect(own.servers.every(({ confidence, sources }) => /^[HM]$/.test(confidence) && sources.length > 0)).toBe(true);
  expect(new Set(own.servers.map(({ country }) => country)).size).toBeGreaterThanOrEqual(20);
});

test("without the app's own list there is no list", async () => {
  const folder = await temporaryFolder();
  await expect(loadServerList({ folder, floor: 0, now })).rejects.toMatchObject({
    code: 'list-invalid',
    rule: 'missing',
  });
});

test("a changed byte in the app's own list is refused", async () => {
  const folder = join(await temporaryFolder(), 'copy');
  cpSync(resources, folder, { recursive: true });
  writeFileSync(join(folder, 'servers.json'), ' ', { flag: 'a' });
  await expect(loadServerList({ folder, floor: 0, now })).rejects.toMatchObject({ rule: 'signature-list' });
});

test("neither a wrong clock nor the version floor locks a person out of the app's own list", async () => {
  const folder = await folderWith(list());
  for (const clock of ['1970-01-01', '2026-11-24', '2099-01-01']) {
    const status = await loadServerList({ folder, floor: 99, now: new Date(clock) });
    expect([status.list.listVersion, status.expired]).toEqual([5, clock === '2099-01-01']);
  }
});

test('a newer list from outside is used', async () => {
  const [folder, updatedFolder] = [await folderWith(list()), await folderWith(list({ listVersion: 6 }))];
  const status = await loadServerList({ folder, updatedFolder, floor: 0, now, updateKeys });
  expect([status.origin, status.list.listVersion, status.refusedUpdate]).toEqual(['updated', 6, undefined]);
});

test.each([
  ['version-floor', list({ listVersion: 4 }), 0],
  ['version-floor', list({ listVersion: 6 }), 7],
  ['issued-in-future', list({ listVersion: 6, issuedAt: '2027-01-01T00:00:00.000Z' }), 0],
  ['empty', list({ listVersion: 6, servers: [] }), 0],
])("a list from outside that fails %s gives way to the app's own", async (rule, value, floor) => {
  const [folder, updatedFolder] = [await folderWith(list()), await folderWith(value)];
  const status = await loadServerList({ folder, updatedFolder, floor, now, updateKeys });
  expect([status.origin, status.list.listVersion, status.refusedUpdate]).toEqual(['bundled', 5, rule]);
});

test('the development key is never taken for a list from outside', async () => {
  const [folder, updatedFolder] = [await folderWith(list()), await folderWith(list({ listVersion: 6 }))];
  const status = await loadServerList({ folder, updatedFolder, floor: 0, now });
  expect([status.origin, status.refusedUpdate]).toEqual(['bundled', 'signature-key']);
});

test('a clock that was set back does not refuse a list newer than it', async () => {
  const folder = await folderWith(list());
  const updatedFolder = await folderWith(list({ listVersion: 6, issuedAt: '2026-11-20T12:00:00.000Z' }));
  const status = await loadServerList({ folder, updatedFolder, floor: 0, now: new Date('2020-01-01'), updateKeys });
  expect(status.origin).toBe('updated');
});

test("an update that lost most servers keeps the app's own of that provider", async () => {
  const [folder, updatedFolder] = [
    await folderWith(list()),
    await folderWith(list({ listVersion: 6, servers: [server(1)] })),
  ];
  const status = await loadServerList({ folder, updatedFolder, floor: 0, now, updateKeys });
  expect([status.origin, status.list.servers.length]).toEqual(['updated', 10]);
});

test('a folder without an update is the common case', async () => {
  const status = await loadServerList({ folder: await folderWith(list()), updatedFolder: '/nowhere', floor: 0, now });
  expect(status).toMatchObject({ origin: 'bundled' });
  expect(status.refusedUpdate).toBeUndefined();
});
