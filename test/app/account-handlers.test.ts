import { cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAccountHandlers } from '../../electron/app/account-handlers.ts';
import { openApi } from '../../electron/servers/accounts/api.ts';
import { openContacts } from '../../electron/app/provider-contacts.ts';
import { openDevices } from '../../electron/app/devices.ts';
import { openProfiles } from '../../electron/app/profiles.ts';
import { openServerList } from '../../electron/app/server-list.ts';
import { openKeeper } from '../../electron/signed/keeper.ts';
import { openKeyRing } from '../../electron/signed/key-ring.ts';
import { ivpn } from '../lab/world/providers/ivpn.ts';
import { accounts } from '../lab/world/providers/known.ts';
import { knowsNoName, movedTo, quietOffice, serveFake, type LocalServer } from '../servers/accounts/fake-providers.ts';
import { resources } from '../servers/samples.ts';

const now = (): Date => new Date('2026-11-24T12:00:00.000Z');
const { signal } = new AbortController();

let folder: string;
let server: LocalServer;
let office: ReturnType<typeof quietOffice>;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sawt-accounts-'));
  office = quietOffice();
  server = await serveFake(ivpn, office);
});
afterEach(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

/** The handlers over IVPN as it is shipped, but at a server on loopback that goes by its address. */
async function handlers(): Promise<ReturnType<typeof createAccountHandlers>> {
  const shipped = join(folder, 'accounts');
  await cp(join(resources, 'accounts'), shipped, { recursive: true });
  await writeFile(join(shipped, 'ivpn.json'), JSON.stringify(await movedTo(server.port, 'ivpn')));
  const keeper = openKeeper(join(folder, 'signed'));
  return createAccountHandlers({
    contacts: openContacts({
      folder: shipped,
      extraRootsFile: join(import.meta.dirname, '..', 'vectors', 'check', 'ca.pem'),
      openApi: (options) => openApi({ ...options, lookUp: knowsNoName }),
      now,
    }),
    devices: openDevices(join(folder, 'devices')),
    profiles: openProfiles(join(folder, 'profiles')),
    list: openServerList(join(resources, '..'), { keeper, keyRing: await openKeyRing([], keeper), now }).list,
    now,
  });
}

const ofIvpn = { serverId: 'ivpn/be1', account: accounts.ivpn, purpose: 'computer' } as const;

describe('an account', () => {
  it('becomes a profile with a key that was made here, and is not kept', async () => {
    const handle = await handlers();
    const profile = await handle['accounts.register'](ofIvpn, { signal });
    expect(profile).toMatchObject({ name: 'Brussels (BE)', provider: 'ivpn', endpoint: '194.187.251.13:2049' });
    expect(office.registered).toHaveLength(1);
    const devices = await handle['accounts.devices']({}, { signal });
    expect(devices).toMatchObject([{ provider: 'ivpn', purpose: 'computer', profile: profile.id, expiresAt: null }]);
    expect(JSON.stringify([profile, devices])).not.toContain([...office.memory.keys()][0]);
    const file = join(folder, 'devices', `${devices[0]?.id}.json`);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const stored = await readFile(join(folder, 'profiles', `${profile.id}.json`), 'utf8');
    expect(stored + (await readFile(file, 'utf8'))).not.toContain(accounts.ivpn);
  });

  it('gives its key back when no profile could be kept', async () => {
    const handle = await handlers();
    await writeFile(join(folder, 'profiles'), 'a file stands in the way');
    await expect(handle['accounts.register'](ofIvpn, { signal })).rejects.toMatchObject({ code: 'storage-failed' });
    expect(office.registered).toEqual([]);
    expect(await handle['accounts.devices']({}, { signal })).toEqual([]);
  });

  it('that cannot be one is not sent', async () => {
    const handle = await handlers();
    const typo = handle['accounts.register']({ ...ofIvpn, account: 'i-K3' }, { signal });
    await expect(typo).rejects.toMatchObject({ code: 'account-form' });
    expect(server.asked).toEqual([]);
  });

  it('is cancelled with the call', async () => {
    const controller = new AbortController();
    controller.abort();
    const handle = await handlers();
    const cancelled = handle['accounts.register'](ofIvpn, { signal: controller.signal });
    await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' });
    expect(await readdir(folder)).toEqual(['accounts']);
  });

  it.each([
    ['airvpn/adhara', 'account-needs-file'],
    ['proton/es', 'account-needs-file'],
    ['nobody/es', 'not-found'],
    ['nordvpn/es1', 'account-form'],
  ])('for a server %s is %s', async (serverId, code) => {
    const handle = await handlers();
    const attempt = handle['accounts.register']({ ...ofIvpn, serverId, account: '-' }, { signal });
    await expect(attempt).rejects.toMatchObject({ code });
  });

  it('is not needed to give a key of IVPN back', async () => {
    const handle = await handlers();
    await handle['accounts.register']({ ...ofIvpn, purpose: 'phone' }, { signal });
    const id = (await handle['accounts.devices']({}, { signal }))[0]?.id ?? '';
    await handle['accounts.giveBack']({ id }, { signal });
    expect(office.registered).toEqual([]);
    expect(await handle['accounts.devices']({}, { signal })).toEqual([]);
  });
});

it('providers are told with what they want', async () => {
  const providers = await (await handlers())['accounts.providers']({}, { signal });
  expect(providers.filter(({ registers }) => registers).map(({ id }) => id)).toEqual([
    ...['azirevpn', 'ivpn', 'mullvad', 'nordvpn', 'pia', 'surfshark'],
  ]);
});
