import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connection, ProfileSummary, RegisteredDeviceView } from '../../electron/api/schema.ts';
import { genkey, genpsk, pubkey } from '../../electron/profile/wg/commands.ts';
import type { Censor } from '../lab/censor/censor.ts';
import { buildLab, type Lab } from '../lab/lab.ts';
import type { Finished } from '../lab/system/programs.ts';
import type { Mood } from '../lab/world/providers/api.ts';
import { accounts, type AccountProviderId } from '../lab/world/providers/known.ts';
import { installWithOwnList } from './own-list.ts';

let lab: Lab;
let program: string;
beforeAll(async () => {
  lab = await buildLab();
  program = await installWithOwnList(lab);
});
afterAll(() => lab.close());

const sawt = (args: readonly string[], input = ''): Promise<Finished> =>
  lab.exec('client', [process.execPath, program, ...args], { input });

const lines = ({ username, password }: { username: string; password: string }): string => `${username}\n${password}\n`;
const typed: Record<AccountProviderId, string> = {
  mullvad: '5712 9038 4615 1032\n',
  ivpn: accounts.ivpn,
  azirevpn: lines(accounts.azirevpn),
  nordvpn: accounts.nordvpn,
  surfshark: lines(accounts.surfshark),
  pia: lines(accounts.pia),
};
const serverOf: Record<AccountProviderId, string> = {
  mullvad: 'mullvad/es-mad-wg-101',
  ivpn: 'ivpn/be1',
  azirevpn: 'azirevpn/at-vie',
  nordvpn: 'nordvpn/es201',
  surfshark: 'surfshark/es-mad',
  pia: 'pia/spain',
};
const generate = (provider: AccountProviderId, more: readonly string[] = []): Promise<Finished> =>
  sawt(['generate', '--server', serverOf[provider], '--account', '-', '--json', ...more], typed[provider]);

function made(finished: Finished): ProfileSummary {
  expect(finished.code, finished.stderr).toBe(0);
  return JSON.parse(finished.stdout) as ProfileSummary;
}

/** Connects with a profile and disconnects again; `within` runs in between. */
async function connect(id: string, within?: () => Promise<void>): Promise<void> {
  const { stdout, stderr } = await sawt(['connect', id, '--no-recheck', '--json']);
  const { state, verified } = JSON.parse(stdout) as Connection;
  try {
    expect([state, verified?.handshake, verified?.traffic, verified?.dnsInTunnel, stderr]).toEqual([
      'connected',
      true,
      true,
      true,
      '',
    ]);
    await within?.();
  } finally {
    await sawt(['disconnect']);
  }
}

const peers = async (): Promise<string> => (await lab.exec('vpn', ['wg', 'show', 'wgs', 'peers'])).stdout;
const publicKeyOf = async (id: string): Promise<string> => {
  const { stdout } = await sawt(['profiles', 'show', id, '--reveal']);
  return pubkey(/PrivateKey = (\S+)/.exec(stdout)?.[1] ?? '');
};

describe('an account becomes a profile that connects', () => {
  it.each(Object.keys(typed) as AccountProviderId[])('with %s', async (provider) => {
    const profile = made(await generate(provider));
    expect(profile.provider).toBe(provider);
    expect(await peers()).toContain(await publicKeyOf(profile.id));
    await connect(profile.id);
  });

  it('and nothing of the account is left on the disk', async () => {
    const secrets = [accounts.mullvad, '5712 9038', accounts.ivpn, accounts.nordvpn, 'wet stone'];
    for (const secret of secrets) {
      const found = await lab.exec('client', ['grep', '-rlF', secret, lab.clientEnv['SAWT_HOME'] ?? '']);
      expect([secret, found.stdout, found.code]).toEqual([secret, '', 1]);
    }
  });
});

describe('an imported file opens another server of its provider', () => {
  /** A file as the provider's site makes it: with a key, and a pre-shared one, that its servers know. */
  async function fileFromSite(host: number, endpoint: string): Promise<string> {
    const [privateKey, psk] = [genkey(), genpsk()];
    const pskFile = join(lab.folder, `psk-${host}`);
    await writeFile(pskFile, psk, { mode: 0o600 });
    const address = `10.66.0.${host}/32`;
    const peer = ['peer', pubkey(privateKey), 'preshared-key', pskFile, 'allowed-ips', address];
    await lab.exec('vpn', ['wg', 'set', 'wgs', ...peer]);
    const own = `[Interface]\nPrivateKey = ${privateKey}\nAddress = ${address}\nDNS = 10.66.0.1\n`;
    // Of a server that our list does not know: its name tells whose it is.
    return `${own}[Peer]\nPublicKey = ${pubkey(genkey())}\nPresharedKey = ${psk}\nAllowedIPs = 0.0.0.0/0\nEndpoint = ${endpoint}\n`;
  }

  it.each([
    ['airvpn', 200, 'albali.airservers.org:1637', 'airvpn/adhara'],
    ['windscribe', 201, 'fr-999.whiskergalaxy.com:443', 'windscribe/fr-031'],
    ['ovpn.com', 202, 'vpn1.prd.paris.ovpn.com:9929', 'ovpncom/vpn70'],
  ])('with %s', async (provider, host, endpoint, server) => {
    const file = join(lab.folder, `${provider}.conf`);
    await writeFile(file, await fileFromSite(host, endpoint));
    const imported = made(await sawt(['import', file, '--json']));
    const profile = made(await sawt(['generate', '--server', server, '--from', imported.id, '--json']));
    expect(profile.provider).toBe(provider);
    await connect(profile.id);
  });
});

describe('what a provider may answer is told in one sentence', () => {
  it.each<[Mood, string, string]>([
    ['full', 'too-many-devices', 'as many devices as Mullvad allows'],
    ['busy', 'too-many-requests', 'in 30 seconds'],
    ['oversized', 'provider-answer-invalid', 'does not understand'],
    ['page', 'captive-page', 'in place of Mullvad'],
    ['redirect', 'captive-page', 'in place of Mullvad'],
    ['strange', 'provider-answer-invalid', 'does not understand'],
    ['slow', 'provider-slow', 'in time'],
  ])('%s', async (mood, code, words) => {
    await lab.flip({}, { providers: { mullvad: mood } });
    const { code: exit, stdout, stderr } = await generate('mullvad');
    expect(exit).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code } });
    expect(stderr).toContain(words);
    expect(stdout + stderr).not.toContain(accounts.mullvad);
  });

  it('an account that nobody has, or on which no time is left', async () => {
    await lab.flip({}, { providers: { ivpn: 'inactive' } });
    expect((await generate('ivpn')).stdout).toContain('"account-inactive"');
    const unknown = await sawt(['generate', '--server', serverOf.mullvad, '--account', '-'], '1234567890123456');
    expect([unknown.code, unknown.stderr]).toEqual([1, expect.stringContaining('does not know this account')]);
  });
});

describe('where the network is in the way', () => {
  it.each<[string, Censor]>([
    ['hides the name', { names: [{ names: ['mullvad.net'], answer: 'nxdomain' }] }],
    ['sends the name elsewhere', { names: [{ names: ['mullvad.net'], answer: { v4: ['23.250.200.10'], v6: [] } }] }],
  ])('and %s, the known address of the provider is asked', async (_, censor) => {
    await lab.flip(censor);
    made(await generate('mullvad'));
  });

  it('and reads names, the provider cannot be reached', async () => {
    await lab.flip({ web: [{ match: 'sni', names: ['mullvad.net'], action: 'reset' }] });
    expect((await generate('mullvad')).stdout).toContain('"provider-unreachable"');
  });

  it('and somebody else shows a certificate, nothing of the account is sent', async () => {
    await lab.flip({ web: [{ match: 'sni', names: ['mullvad.net'], action: 'mitm' }] });
    expect((await generate('mullvad')).stdout).toContain('"captive-page"');
  });

  it('it works through a tunnel that is up', async () => {
    await lab.flip({});
    const first = made(await generate('ivpn'));
    const { v4, v6 } = lab.world.names['api.mullvad.net'] ?? { v4: [], v6: [] };
    const cidrs = [...v4.map((address) => `${address}/32`), ...v6.map((address) => `${address}/128`)];
    await lab.flip({ packets: [{ drop: 'prefix', cidrs, transport: 'any' }] });
    expect((await generate('mullvad')).stdout).toContain('"provider-unreachable"');
    await connect(first.id, async () => {
      made(await generate('mullvad'));
    });
  });
});

describe('a further key', () => {
  it('is registered for the phone, and can be given back', async () => {
    await lab.flip({});
    const phone = made(await generate('ivpn', ['--for', 'phone']));
    const key = await publicKeyOf(phone.id);
    expect(await peers()).toContain(key);
    const { stdout } = await sawt(['accounts', 'list', '--json']);
    const device = (JSON.parse(stdout) as RegisteredDeviceView[]).find(({ profile }) => profile === phone.id);
    expect(device).toMatchObject({ provider: 'ivpn', purpose: 'phone' });
    const removed = await sawt(['accounts', 'remove', device?.id ?? '']);
    expect(removed.code, removed.stderr).toBe(0);
    expect(await peers()).not.toContain(key);
  });

  it('is not to be had where all devices have the same', async () => {
    const { code, stderr } = await generate('nordvpn', ['--for', 'phone']);
    expect([code, stderr]).toEqual([1, expect.stringContaining('one key for all devices')]);
  });

  it('of Mullvad goes back with the account', async () => {
    const profile = made(await generate('mullvad'));
    const key = await publicKeyOf(profile.id);
    const { stdout } = await sawt(['accounts', 'list', '--json']);
    const id = (JSON.parse(stdout) as RegisteredDeviceView[]).find((device) => device.profile === profile.id)?.id ?? '';
    expect((await sawt(['accounts', 'remove', id])).code).toBe(2);
    const removed = await sawt(['accounts', 'remove', id, '--account', '-'], typed.mullvad);
    expect(removed.code, removed.stderr).toBe(0);
    expect(await peers()).not.toContain(key);
  });
});
