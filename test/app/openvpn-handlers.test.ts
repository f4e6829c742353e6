import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createOpenVpnHandlers } from '../../electron/app/openvpn-handlers.ts';
import { openProfiles } from '../../electron/app/profiles.ts';
import { keepProfile } from '../../electron/app/profile-handlers.ts';
import { openContacts } from '../../electron/app/provider-contacts.ts';
import { openServerList } from '../../electron/app/server-list.ts';
import type { Args, ProfileSummary } from '../../electron/api/schema.ts';
import { schema } from '../../electron/api/schema.ts';
import { importProfiles } from '../../electron/profile/import.ts';
import { openKeeper } from '../../electron/signed/keeper.ts';
import { openKeyRing } from '../../electron/signed/key-ring.ts';
import { openApi } from '../../electron/servers/accounts/api.ts';
import type { AccountProvider } from '../../electron/servers/accounts/provider.ts';
import { knowsLoopback, movedTo, serveLocally, type LocalServer } from '../servers/accounts/fake-providers.ts';
import { blocks, cert, staticKey } from '../profile/openvpn/samples.ts';
import { resources } from '../servers/samples.ts';

const now = (): Date => new Date('2026-11-25T12:00:00.000Z');
const { signal } = new AbortController();
const extraRootsFile = join(import.meta.dirname, '..', 'vectors', 'check', 'ca.pem');

let folder: string;
let server: LocalServer;
let answer: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sawt-openvpn-'));
  answer = '';
  server = await serveLocally((_, response) => response.end(answer));
});
afterEach(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

const profiles = (): ReturnType<typeof openProfiles> => openProfiles(join(folder, 'profiles'));

/** The handler over the shipped providers, whose interfaces are all at a server on loopback. */
async function make(args: Args<'accounts.openVpn'>): Promise<ProfileSummary> {
  const keeper = openKeeper(join(folder, 'signed'));
  const { list } = openServerList(join(resources, '..'), { keeper, keyRing: await openKeyRing([], keeper), now });
  const moved = new Map<string, AccountProvider>();
  for (const id of ['pia', 'surfshark', 'vpngate']) moved.set(id, await movedTo(server.port, id));
  const contacts = openContacts({
    folder: join(resources, 'accounts'),
    extraRootsFile,
    openApi: (options) =>
      openApi({ ...options, provider: moved.get(options.provider.id) ?? options.provider, lookUp: knowsLoopback }),
    now,
  });
  const handlers = createOpenVpnHandlers({ contacts, profiles: profiles(), list, now });
  return handlers['accounts.openVpn'](schema.calls['accounts.openVpn'].args.parse(args), { signal });
}

async function imported(text: string, provider: string | null): Promise<string> {
  const [result] = await importProfiles([{ name: 'base.ovpn', bytes: Buffer.from(text) }]);
  if (!result?.ok) throw new Error('not imported');
  return (await keepProfile({ profiles: profiles(), now }, { ...result.profile, provider })).id;
}
const airVpn = `client\ndev tun\nremote albali.airservers.org 443 udp\n${blocks}`;
const wireGuard = `[Interface]\nPrivateKey = ${Buffer.alloc(32, 9).toString('base64')}\nAddress = 10.1.1.1/32\n[Peer]\nPublicKey = ${Buffer.alloc(32, 8).toString('base64')}\nEndpoint = 45.134.0.1:51820\nAllowedIPs = 0.0.0.0/0\n`;

const machine = { ip: '45.134.0.9', cn: 'madrid401' };
const region = { id: 'spain', name: 'ES Madrid', country: 'ES', servers: { wg: [machine], ovpnudp: [machine] } };

describe('a user name and a password', () => {
  beforeEach(() => (answer = `${JSON.stringify({ regions: [region] })}\n\nsignature`));

  it('are kept in the profile, in a file of the owner, and in nothing that is shown', async () => {
    const made = await make({ serverId: 'pia/spain', account: 'p1234567\nwet stone' });
    expect(made).toMatchObject({ kind: 'openvpn', provider: 'pia', endpoint: '45.134.0.9:8080', warnings: [] });
    expect(JSON.stringify(made)).not.toContain('wet stone');
    const file = join(folder, 'profiles', `${made.id}.json`);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readFile(file, 'utf8')).toContain('wet stone');
  });

  it.each(['p1234567', 'p1234567\n', 'a\nb\nc', `p1\n${'é'.repeat(150)}`, '</auth-user-pass>\nx'])(
    'that cannot be ones are refused before anybody is asked: %o',
    async (account) => {
      await expect(make({ serverId: 'pia/spain', account })).rejects.toMatchObject({ code: 'account-form' });
      expect(server.asked).toEqual([]);
    },
  );

  it('may be left out: then connecting asks for them', async () => {
    const made = await make({ serverId: 'pia/spain' });
    expect(made.warnings).toMatchObject([{ code: 'needs-password' }]);
    expect((await profiles().get(made.id)).profile).toMatchObject({ userPass: { required: true } });
  });

  it('do not make up for a file where one is needed, and the way to it is told', async () => {
    const attempt = make({ serverId: 'nordvpn/es201', account: 'lantern\nwet stone' });
    await expect(attempt).rejects.toMatchObject({
      code: 'provider-mismatch',
      message: expect.stringContaining('service credentials') as string,
    });
  });
});

describe('a file of the provider', () => {
  it('opens another of its servers, named or not, and keeps what is weak in it said', async () => {
    const id = await imported(airVpn, 'airvpn');
    for (const from of [{}, { fromProfile: id }]) {
      const made = await make({ serverId: 'airvpn/adhara', ...from });
      expect(made).toMatchObject({ endpoint: '185.104.184.42:443', warnings: [{ code: 'weak-identity' }] });
    }
  });

  it('of nobody that is known is taken at its word, of another provider it is not', async () => {
    const unknown = await imported(airVpn.replace('albali.airservers.org', '45.134.0.1'), null);
    await expect(make({ serverId: 'airvpn/adhara', fromProfile: unknown })).resolves.toMatchObject({ kind: 'openvpn' });
    const other = await imported(airVpn.replace('airservers.org', 'whiskergalaxy.com'), 'windscribe');
    const attempt = make({ serverId: 'airvpn/adhara', fromProfile: other });
    await expect(attempt).rejects.toMatchObject({ code: 'provider-mismatch', rule: 'other-provider' });
  });

  it('is missing, is of another kind, or is for calls only: the way to one is told', async () => {
    await expect(make({ serverId: 'airvpn/adhara' })).rejects.toMatchObject({ code: 'provider-mismatch' });
    const fromProfile = await imported(wireGuard, null);
    await expect(make({ serverId: 'airvpn/adhara', fromProfile })).rejects.toMatchObject({
      message: expect.stringContaining('Config Generator') as string,
    });
  });

  it('opens machines that only the data of the provider knows, by the names of their certificates (Windscribe)', async () => {
    const lines = 'auth-user-pass\nverify-x509-name mad-1.windscribe.com name\nremote 45.134.0.1 443 udp';
    await imported(`client\n${lines}\n${blocks}`, 'windscribe');
    const made = await make({ serverId: 'windscribe/fr-031', account: 'lantern\nwet stone' });
    expect(made).toMatchObject({ endpoint: '146.70.253.162:443', provider: 'windscribe' });
    const { profile } = await profiles().get(made.id);
    expect(JSON.stringify(profile)).toContain('"cdg-103.windscribe.com","name"');
    expect(profile).toMatchObject({ remotes: [{}, {}, { host: '146.70.253.163', transport: 'tcp' }] });
  });

  it('opens servers of the list that the provider gives, by name, with the key that is in all its files (Surfshark)', async () => {
    const key = Buffer.alloc(32, 8).toString('base64');
    const host = 'es-mad.prod.surfshark.com';
    const place = { connectionName: host, countryCode: 'ES', location: 'Madrid', pubKey: key };
    answer = JSON.stringify([place]);
    const lines = ['client', 'remote de-fra.prod.surfshark.com 1194 udp', 'auth-user-pass', 'remote-cert-tls server'];
    const keyed = ['auth SHA512', 'key-direction 1', '<tls-auth>', staticKey, '</tls-auth>', '<ca>', cert, '</ca>'];
    await imported([...lines, ...keyed, ''].join('\n'), 'surfshark');
    const made = await make({ serverId: 'surfshark/es-mad', account: 'lantern\nwet stone' });
    expect(made).toMatchObject({ kind: 'openvpn', provider: 'surfshark', warnings: [{ code: 'endpoint-by-name' }] });
    expect((await profiles().get(made.id)).profile).toMatchObject({
      remotes: [
        { host, port: 1194, transport: 'udp' },
        { host, port: 1443, transport: 'tcp' },
      ],
      tlsAuth: { key: staticKey, direction: 1 },
      userPass: { required: true, username: 'lantern', password: 'wet stone' },
    });
    // The account itself is for WireGuard: OpenVPN's login goes to nobody but the server.
    expect(server.asked).toEqual(['GET /v4/server/clusters/generic']);
    await expect(make({ serverId: 'surfshark/fr-par' })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('opens no server that is not in the list', async () => {
    await imported(airVpn, 'airvpn');
    await expect(make({ serverId: 'airvpn/nowhere' })).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('strangers', () => {
  it('are not asked without express consent, whoever calls', async () => {
    await expect(make({ serverId: 'vpngate/jp' })).rejects.toMatchObject({ code: 'consent-needed' });
    expect(server.asked).toEqual([]);
  });

  it('have no server in a country that nobody offers', async () => {
    const file = `client\nremote 45.134.0.1 443 tcp\n${blocks}`;
    const header = '#HostName,IP,Score,CountryShort,OpenVPN_ConfigData_Base64';
    answer = `*vpn_servers\n${header}\nvpn1,45.134.0.1,5,JP,${Buffer.from(file).toString('base64')}\n*\n`;
    await expect(make({ serverId: 'vpngate/fr', acceptStrangers: true })).rejects.toMatchObject({ code: 'not-found' });
    const made = await make({ serverId: 'vpngate/jp', acceptStrangers: true });
    expect(made.warnings.map(({ code }) => code)).toEqual(['weak-identity', 'strangers']);
  });
});

it.each([
  ['mullvad/es-mad-wg-101', 'provider-mismatch'],
  ['nobody/es', 'not-found'],
])('a server %s is %s', async (serverId, code) => {
  await expect(make({ serverId })).rejects.toMatchObject({ code });
});
