import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connection, ProfileSummary, Server } from '../../electron/api/schema.ts';
import type { Censor } from '../lab/censor/censor.ts';
import { buildLab, type Lab } from '../lab/lab.ts';
import type { Finished } from '../lab/system/programs.ts';
import { startProviderOpenvpn, type ProviderOpenvpn } from '../lab/vpn/provider-openvpn.ts';
import type { WorldChange } from '../lab/world/change.ts';
import type { Mood } from '../lab/world/providers/api.ts';
import { logins, openVpnPlaces, ownServers } from '../lab/world/providers/known.ts';
import { readByOpenVpn } from '../profile/openvpn/real-openvpn.ts';
import { installWithOwnList } from './own-list.ts';

let lab: Lab;
let program: string;
let openvpn: ProviderOpenvpn;
beforeAll(async () => {
  lab = await buildLab();
  openvpn = await startProviderOpenvpn(lab);
  program = await installWithOwnList(lab);
  // The real servers' authority signs nothing of the lab's.
  const folder = join(dirname(dirname(program)), 'resources', 'servers', 'accounts', 'ca');
  await writeFile(join(folder, 'pia.pem'), openvpn.membersAuthority);
  await flip();
});
afterAll(() => lab.close());

const flip = (change: WorldChange = {}, censor: Censor = {}): Promise<void> =>
  lab.flip(censor, { handsOut: openvpn.certified, ...change });
const sawt = (args: readonly string[], input = ''): Promise<Finished> =>
  lab.exec('client', [process.execPath, program, ...args], { input });
const generate = (server: string, more: readonly string[] = [], input = ''): Promise<Finished> =>
  sawt(['generate', '--server', server, '--json', ...more], input);
const typed = ({ username, password }: { username: string; password: string }): string => `${username}\n${password}\n`;

function made(finished: Finished): ProfileSummary {
  expect(finished.code, finished.stderr).toBe(0);
  return JSON.parse(finished.stdout) as ProfileSummary;
}

const textOf = async (id: string): Promise<string> => (await sawt(['profiles', 'show', id, '--reveal'])).stdout;

/** The profile is one that the real program reads, and traffic passes through it. */
async function carries({ id }: ProfileSummary): Promise<void> {
  const file = join(lab.folder, `${id}.ovpn`);
  await sawt(['export', id, '--format', 'ovpn', '--out', file]);
  expect(readByOpenVpn(await readFile(file, 'utf8'))).toHaveProperty('settings');
  const { stdout, stderr } = await sawt(['connect', id, '--no-recheck', '--json']);
  const { state, verified } = JSON.parse(stdout) as Connection;
  await sawt(['disconnect']);
  expect([state, verified?.handshake, verified?.traffic, verified?.dnsInTunnel, stderr]).toEqual([
    'connected',
    true,
    true,
    true,
    '',
  ]);
}

const block = (name: string, pem: string): string => `<${name}>\n${pem.trim()}\n</${name}>\n`;

/** A file as a provider's site makes it, for a server that our list does not know. */
async function imported(name: string, lines: readonly string[]): Promise<ProfileSummary> {
  const file = join(lab.folder, `${name}.ovpn`);
  await writeFile(file, `client\ndev tun\nproto udp\n${lines.join('\n')}`);
  return made(await sawt(['import', file, '--json']));
}

describe('a user name and a password', () => {
  it('open a server whose authority comes with Sawt (Private Internet Access)', async () => {
    const profile = made(await generate('pia/spain', ['--protocol', 'openvpn', '--account', '-'], typed(logins.pia)));
    expect(profile).toMatchObject({ kind: 'openvpn', provider: 'pia', warnings: [], dropped: [] });
    await carries(profile);
  });

  // As the provider's site makes it for another server. The key of tls-auth is the same in all files of one provider.
  it.each([
    {
      provider: 'nordvpn',
      server: 'es201',
      lines: ['remote 194.233.96.5 1194', 'verify-x509-name CN=de655.nordvpn.com'],
      keyed: false,
      endpoint: `${openVpnPlaces.nordvpn.address}:1194`,
      says: 'verify-x509-name "CN=es201.nordvpn.com"\n',
    },
    {
      provider: 'surfshark',
      server: 'es-mad',
      lines: ['remote de-fra.prod.surfshark.com 1194', 'remote-random', 'cipher AES-256-CBC'],
      keyed: true,
      endpoint: `${ownServers.surfshark.hostname}:1194`,
      says: 'key-direction 1\n',
    },
    {
      provider: 'windscribe',
      server: 'fr-031',
      lines: ['remote de-999.whiskergalaxy.com 443', 'verify-x509-name fra-999.windscribe.com name'],
      keyed: true,
      endpoint: `${openVpnPlaces.windscribe.address}:443`,
      says: 'verify-x509-name cdg-103.windscribe.com name\n',
    },
  ] as const)(
    'open another server of a provider one of whose files was imported ($provider)',
    async ({ provider, server, lines, keyed, endpoint, says }) => {
      const base = await imported(`${provider}-other`, [
        ...[...lines, 'remote-cert-tls server', 'auth-user-pass', block('ca', openvpn.membersAuthority)],
        ...(keyed ? ['auth SHA512', 'key-direction 1', block('tls-auth', openvpn.membersKey)] : []),
      ]);
      const options = ['--protocol', 'openvpn', '--account', '-', '--from', base.id];
      const profile = made(await generate(`${provider}/${server}`, options, typed(logins[provider])));
      expect(profile).toMatchObject({ kind: 'openvpn', provider, endpoint, dropped: [] });
      expect(await textOf(profile.id)).toContain(says);
      await carries(profile);
    },
  );

  it('that nobody has are refused by the server, in a sentence', async () => {
    const wrong = typed({ ...logins.pia, password: 'dry stone' });
    const { id } = made(await generate('pia/spain', ['--protocol', 'openvpn', '--account', '-'], wrong));
    const { stdout } = await sawt(['connect', id, '--no-recheck', '--json']);
    await sawt(['disconnect']);
    expect((JSON.parse(stdout) as Connection).error).toMatchObject({ code: 'password-wrong' });
  });

  it('stand in the profile alone, which is shown to nobody else', async () => {
    const { stdout } = await sawt(['profiles', '--json']);
    expect(stdout).not.toContain(logins.pia.password);
    const found = await lab.exec('client', ['grep', '-rlF', logins.pia.password, lab.clientEnv['SAWT_HOME'] ?? '']);
    const files = found.stdout.trim().split('\n');
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      expect(file).toMatch(/\/profiles\/p-[0-9a-f]{16}\.json$/);
      expect((await lab.exec('client', ['stat', '-c', '%a', file])).stdout.trim()).toBe('600');
    }
  });
});

describe('a certificate in a file of the provider', () => {
  it('opens its other servers (AirVPN)', async () => {
    const { authority, client } = openvpn.certified;
    const base = await imported('AirVPN_Sweden', [
      ...['remote albali.airservers.org 443', 'remote-cert-tls server'],
      ...[block('ca', authority), block('cert', client.certificate), block('key', client.key)],
    ]);
    const profile = made(await generate('airvpn/adhara', ['--from', base.id]));
    expect(profile).toMatchObject({ kind: 'openvpn', endpoint: `${openVpnPlaces.airvpn.address}:443` });
    await carries(profile);
  });
});

it('a server that another authority vouches for is not connected to', async () => {
  const { certified, membersAuthority } = openvpn;
  const base = await imported('AirVPN_Norway', [
    ...['remote albali.airservers.org 443', 'remote-cert-tls server', 'hand-window 5'],
    ...[block('ca', membersAuthority), block('cert', certified.client.certificate), block('key', certified.client.key)],
  ]);
  const { id } = made(await generate('airvpn/adhara', ['--from', base.id]));
  const { stdout } = await sawt(['connect', id, '--no-recheck', '--json']);
  await sawt(['disconnect']);
  expect(JSON.parse(stdout)).toMatchObject({
    state: 'failed',
    error: { code: expect.stringMatching(/^handshake-/) as string },
  });
});

describe('Riseup', () => {
  it('shows its gateways and gives a certificate to anybody', async () => {
    const places = JSON.parse((await sawt(['accounts', 'places', 'riseup', '--json'])).stdout) as Server[];
    expect(places.map(({ id, city }) => [id, city])).toEqual([
      ['riseup/vpn02-par', 'Paris'],
      ['riseup/vpn04-ams', 'Amsterdam'],
    ]);
    const profile = made(await generate('riseup/vpn02-par'));
    expect(profile).toMatchObject({ kind: 'openvpn', provider: 'riseup', warnings: [{ code: 'key-expires' }] });
    await carries(profile);
  });

  it.each<[Mood, string]>([
    ['busy', 'too-many-requests'],
    ['oversized', 'provider-answer-invalid'],
    ['page', 'captive-page'],
    ['redirect', 'captive-page'],
    ['strange', 'provider-answer-invalid'],
    ['slow', 'provider-slow'],
  ])('when %s: %s', async (mood, code) => {
    await flip({ providers: { riseup: mood } });
    const { code: exit, stdout } = await generate('riseup/vpn02-par');
    expect([exit, JSON.parse(stdout)]).toMatchObject([1, { error: { code } }]);
  });

  it('is not believed under a certificate that nobody vouches for', async () => {
    await flip({ foreign: ['api.black.riseup.net'] });
    expect((await generate('riseup/vpn02-par')).stdout).toContain('"captive-page"');
  });
});

describe('VPN Gate', () => {
  it('is refused without express consent, and nothing is asked', async () => {
    await flip({ gone: ['vpngate.net'] });
    const { code, stdout, stderr } = await generate('vpngate/jp');
    expect([code, stdout]).toEqual([3, expect.stringContaining('"consent-needed"')]);
    expect(stderr).toContain('computers of strangers');
  });

  it('gives the best volunteer of a country, UDP first, with a warning', async () => {
    await flip();
    const profile = made(await generate('vpngate/jp', ['--accept-strangers']));
    expect(profile).toMatchObject({ kind: 'openvpn', endpoint: `${openVpnPlaces.vpngate.address}:1195` });
    expect(profile.warnings.map(({ code }) => code)).toContain('strangers');
    await carries(profile);
  });

  it.each<[Mood, string]>([
    ['busy', 'too-many-requests'],
    ['oversized', 'provider-answer-invalid'],
    ['page', 'captive-page'],
    ['strange', 'provider-answer-invalid'],
  ])('when %s: %s', async (mood, code) => {
    await flip({ providers: { vpngate: mood } });
    const { stdout } = await generate('vpngate/jp', ['--accept-strangers']);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code } });
  });
});

it('nothing is left behind of what did not become a profile', async () => {
  const home = lab.clientEnv['SAWT_HOME'] ?? '';
  const names = await readdir(home, { recursive: true });
  expect(names.filter((name) => name.endsWith('.tmp'))).toEqual([]);
});
