import { cp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { openServerList } from '../../electron/app/server-list.ts';
import { openKeeper } from '../../electron/signed/keeper.ts';
import { openKeyRing } from '../../electron/signed/key-ring.ts';
import { parse, simple } from '../profile/wireguard/samples.ts';
import { temporaryFolder } from '../store/temporary-folder.ts';

it('what tells the files of providers is read once, however many profiles are imported', async () => {
  const folder = await temporaryFolder();
  const resources = join(folder, 'resources');
  await cp(resolve(import.meta.dirname, '../../resources/servers'), join(resources, 'servers'), { recursive: true });
  const keeper = openKeeper(join(folder, 'signed'));
  const list = openServerList(resources, { keeper, keyRing: await openKeyRing([], keeper), now: () => new Date() });
  const { profile } = parse(simple.replace('198.51.100.7', 'es-1.nordvpn.com'));
  expect(await list.recognise(profile)).toBe('nordvpn');
  await rm(join(resources, 'servers', 'accounts'), { recursive: true });
  expect(await list.recognise(profile)).toBe('nordvpn');
});
