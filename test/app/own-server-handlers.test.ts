import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createOwnServerHandlers, type OwnServerDependencies } from '../../electron/app/own-server-handlers.ts';
import { openOwnServers, scriptTemplate } from '../../electron/app/own-servers.ts';
import { openProfiles } from '../../electron/app/profiles.ts';
import { splitForCalls } from '../../electron/profile/split/calls.ts';
import { writeNewFiles } from '../../electron/store/new-files.ts';

let home: string;
let dependencies: OwnServerDependencies;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'sawt-test-'));
  dependencies = {
    servers: openOwnServers(join(home, 'data', 'own-servers')),
    profiles: openProfiles(join(home, 'data', 'profiles')),
    template: scriptTemplate(resolve(import.meta.dirname, '../../resources/own-server/server.sh')),
    resolvers: ['9.9.9.9'],
    splitProfile: (profile) =>
      Promise.resolve(
        splitForCalls(profile, { prefixes: ['91.108.4.0/22'], stun: [], resolvers: [], serverAddresses: [] }),
      ),
    home,
    write: writeNewFiles,
    now: () => new Date('2026-11-24T12:00:00Z'),
  };
});
afterEach(() => rm(home, { recursive: true }));

const context = { signal: new AbortController().signal };
const create = { endpoint: '198.51.100.4', protocol: 'both', people: 1, split: 'full', force: false } as const;

describe('a server of one’s own', () => {
  it('is written into a folder of the home, and its maker can connect at once', async () => {
    const handlers = createOwnServerHandlers(dependencies);
    const { folder, profiles, server } = await handlers['ownServer.create'](create, context);
    expect(folder).toBe(join(home, 'sawt-server-198.51.100.4'));
    expect((await readdir(folder)).sort()).toEqual([
      ...['person-1.conf', 'person-1.ovpn', 'person-1.png', 'relay.json', 'server.sh'],
    ]);
    expect(profiles.map(({ name, kind, endpoint }) => [name, kind, endpoint])).toEqual([
      ['Own server 198.51.100.4', 'wireguard', `198.51.100.4:${String(server.wireguardPort)}`],
      ['Own server 198.51.100.4 (TCP)', 'openvpn', '198.51.100.4:443'],
    ]);
    expect(await handlers['ownServer.list']({}, context)).toEqual([server]);
  });

  it('keeps a file that stands in the way, and then nothing of the server is kept', async () => {
    const handlers = createOwnServerHandlers(dependencies);
    await handlers['ownServer.create'](create, context);
    await expect(handlers['ownServer.create'](create, context)).rejects.toThrow('exists already');
    expect(await handlers['ownServer.list']({}, context)).toHaveLength(1);
    expect(await dependencies.profiles.list()).toHaveLength(2);
  });

  it('leaves no half of a kit where only its script stands in the way', async () => {
    const handlers = createOwnServerHandlers(dependencies);
    const folder = join(home, 'kit');
    await mkdir(folder);
    await writeFile(join(folder, 'server.sh'), 'mine');
    await expect(handlers['ownServer.create']({ ...create, folder }, context)).rejects.toThrow('server.sh exists');
    expect(await readdir(folder)).toEqual(['server.sh']);
    expect(await handlers['ownServer.list']({}, context)).toEqual([]);
  });

  it('gets a new script when somebody is revoked, and other files stay', async () => {
    const handlers = createOwnServerHandlers(dependencies);
    const { server, folder, script } = await handlers['ownServer.create']({ ...create, people: 2 }, context);
    const before = await readFile(join(folder, 'person-2.conf'), 'utf8');
    const kit = await handlers['ownServer.revoke']({ id: server.id, people: [2], force: false }, context);
    expect(kit).toMatchObject({ folder, script, files: [], profiles: [] });
    expect(await readFile(script, 'utf8')).toContain("openvpn_people='person-1'");
    expect(await readFile(join(folder, 'person-2.conf'), 'utf8')).toBe(before);
  });

  it('gives everybody profiles for calls only, when that is asked for', async () => {
    const handlers = createOwnServerHandlers(dependencies);
    const { folder, profiles } = await handlers['ownServer.create']({ ...create, split: 'calls' }, context);
    expect(profiles.map(({ split }) => split)).toEqual(['calls', 'calls']);
    const conf = await readFile(join(folder, 'person-1.conf'), 'utf8');
    expect(conf).toContain('AllowedIPs = 9.9.9.9/32, 91.108.4.0/22, 2000::/3\n');
    expect(await readFile(join(folder, 'person-1.ovpn'), 'utf8')).toContain('\nroute 91.108.4.0 255.255.252.0\n');
  });

  it.each([
    ['wireguard', 4433, { wireguardPort: 4433, openvpnPort: null }],
    ['openvpn', 8443, { wireguardPort: null, openvpnPort: 8443 }],
    ['both', 4433, { wireguardPort: 4433, openvpnPort: 443 }],
  ] as const)('speaks %s on the port that was asked for', async (protocol, port, expected) => {
    const { server } = await createOwnServerHandlers(dependencies)['ownServer.create'](
      { ...create, protocol, port },
      context,
    );
    expect(server).toMatchObject(expected);
  });

  it.each(['203.0.113.3:443', 'a b', "x'; reboot", ''])('is not made for %o', async (endpoint) => {
    const made = createOwnServerHandlers(dependencies)['ownServer.create']({ ...create, endpoint }, context);
    await expect(made).rejects.toMatchObject({ code: 'bad-request' });
  });

  it('that is not there is answered in words about servers', async () => {
    const removed = createOwnServerHandlers(dependencies)['ownServer.remove']({ id: 'o-0' }, context);
    await expect(removed).rejects.toThrow('"sawt own-server list" shows');
  });
});
