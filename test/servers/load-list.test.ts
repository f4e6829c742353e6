import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadServerList, statusOf } from '../../electron/servers/load-list.ts';
import type { ServerListStatus } from '../../electron/servers/types.ts';
import type { SignedDocument } from '../../electron/signed/document.ts';
import { developmentKey } from '../../electron/signed/keys.ts';
import { sign } from '../../scripts/servers/sign.ts';
import { temporaryFolder } from '../store/temporary-folder.ts';
import { bytesOf, developmentSecret, list, now, resources, server } from './samples.ts';

const signed = (value: unknown): SignedDocument => ({
  bytes: bytesOf(value),
  signature: sign(bytesOf(value), developmentSecret, 'c'),
});

/** A folder with this list, signed. */
async function folderWith(value: unknown): Promise<string> {
  const folder = join(await temporaryFolder(), 'list');
  const { bytes, signature } = signed(value);
  mkdirSync(folder);
  writeFileSync(join(folder, 'servers.json'), bytes);
  writeFileSync(join(folder, 'servers.json.minisig'), signature);
  return folder;
}

/** With the development key in the place of the maintainers', where `kept` is there. */
async function load(folder: string, kept?: unknown, clock = now): Promise<ServerListStatus> {
  const outside = kept === undefined ? {} : { kept: signed(kept) };
  return statusOf(await loadServerList({ folder, ...outside, releaseKeys: [developmentKey], now: clock }));
}

test('the list that comes with the app is sound, and every entry has its date and sources', async () => {
  const { list: own, origin, developmentKey: isDevelopment } = await load(resources);
  expect([origin, isDevelopment]).toEqual(['bundled', true]);
  expect(own.servers.length).toBeGreaterThanOrEqual(100);
  expect(own.servers.every(({ confidence, sources }) => /^[HM]$/.test(confidence) && sources.length > 0)).toBe(true);
  expect(new Set(own.servers.map(({ country }) => country)).size).toBeGreaterThanOrEqual(20);
});

test("without the app's own list there is no list", async () => {
  await expect(load(await temporaryFolder())).rejects.toMatchObject({ code: 'list-invalid', rule: 'missing' });
});

test("a changed byte in the app's own list is refused", async () => {
  const folder = join(await temporaryFolder(), 'copy');
  cpSync(resources, folder, { recursive: true });
  writeFileSync(join(folder, 'servers.json'), ' ', { flag: 'a' });
  await expect(load(folder)).rejects.toMatchObject({ rule: 'signature-list' });
});

test("no wrong clock locks a person out of the app's own list", async () => {
  const folder = await folderWith(list());
  for (const clock of ['1970-01-01', '2026-11-24', '2099-01-01']) {
    const status = await load(folder, undefined, new Date(clock));
    expect([status.list.listVersion, status.expired]).toEqual([5, clock === '2099-01-01']);
  }
});

test('a newer list from outside is used', async () => {
  const status = await load(await folderWith(list()), list({ listVersion: 6 }));
  expect([status.origin, status.list.listVersion, status.refusedUpdate]).toEqual(['updated', 6, undefined]);
});

test.each([4, 5])('an update of version %i has been overtaken by the list of a newer app, version 5', async (older) => {
  const status = await load(await folderWith(list()), list({ listVersion: older }));
  expect([status.origin, status.list.listVersion, status.refusedUpdate]).toEqual(['bundled', 5, undefined]);
});

test.each([
  ['issued-in-future', list({ listVersion: 6, issuedAt: '2027-01-01T00:00:00.000Z' })],
  ['empty', list({ listVersion: 6, servers: [] })],
  ['schema', list({ listVersion: 6, more: 1 } as never)],
])("a list from outside that fails %s gives way to the app's own", async (rule, value) => {
  const status = await load(await folderWith(list()), value);
  expect([status.origin, status.list.listVersion, status.refusedUpdate]).toEqual(['bundled', 5, rule]);
});

test('the development key is never taken for a list from outside', async () => {
  const kept = signed(list({ listVersion: 6 }));
  const inUse = await loadServerList({ folder: await folderWith(list()), kept, releaseKeys: [], now });
  expect([inUse.origin, inUse.refusedUpdate]).toEqual(['bundled', 'signature-key']);
});

test('a clock that was set back does not refuse a list newer than it', async () => {
  const kept = list({ listVersion: 6, issuedAt: '2026-11-20T12:00:00.000Z' });
  expect((await load(await folderWith(list()), kept, new Date('2020-01-01'))).origin).toBe('updated');
});

test("an update that lost most servers keeps the app's own of that provider", async () => {
  const status = await load(await folderWith(list()), list({ listVersion: 6, servers: [server(1)] }));
  expect([status.origin, status.list.servers.length]).toEqual(['updated', 10]);
});
