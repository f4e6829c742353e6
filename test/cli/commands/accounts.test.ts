import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccountProviderView, ProfileSummary } from '../../../electron/api/schema.ts';
import { sawt, type FakeHandlers } from '../cli-bed.ts';

const provider = (changes: Partial<AccountProviderView>): AccountProviderView => ({
  ...{ id: 'acme', name: 'Acme', asks: 'number', servers: 'provider', secondKey: true, registers: true },
  ...{ giveBack: 'session', website: 'https://acme.example/keys', file: 'Log in and download a file.', openvpn: null },
  ...changes,
});
const profile: ProfileSummary = {
  ...{ id: 'p-1', name: 'Madrid', kind: 'wireguard', endpoint: '45.134.0.1:51820', provider: 'acme' },
  ...{ dropped: [], warnings: [] },
};
const app = (changes: Partial<AccountProviderView> = {}): FakeHandlers => ({
  'servers.list': () => ({ servers: [] }),
  'accounts.providers': () => [provider(changes)],
  'accounts.register': () => profile,
  'accounts.devices': () => [
    {
      id: 'd-1',
      provider: 'acme',
      purpose: 'phone',
      profile: 'p-1',
      createdAt: '2026-11-24T12:00:00.000Z',
      expiresAt: null,
    },
  ],
  'accounts.giveBack': () => null,
});

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sawt-accounts-'));
});
afterAll(() => rm(folder, { recursive: true }));

const generate = (account: string): string[] => ['generate', '--server', 'acme/es', '--account', account];

describe('sawt generate --account', () => {
  it('takes the account from a file or from standard input', async () => {
    const file = join(folder, 'account');
    await writeFile(file, '5712 9038\n', { mode: 0o600 });
    for (const run of [await sawt(generate(file), app()), await sawt(generate('-'), app(), { stdin: '5712 9038\n' })]) {
      expect(run).toMatchObject({ code: 0, err: '', out: expect.stringContaining('Madrid') as string });
      expect(run.calls.at(-1)).toEqual({
        name: 'accounts.register',
        args: { serverId: 'acme/es', account: '5712 9038\n', purpose: 'computer' },
      });
    }
  });

  it('does not take it as an argument: what is no file is refused, and not sent', async () => {
    const run = await sawt(generate('5712903846151032'), app());
    expect(run.code).toBe(1);
    expect(run.calls.map(({ name }) => name)).not.toContain('accounts.register');
  });

  it.each(['', '\n', 'x'.repeat(1001)])('refuses what holds no account', async (stdin) => {
    const run = await sawt([...generate('-'), '--json'], app(), { stdin });
    expect(run).toMatchObject({ code: 1, out: expect.stringContaining('account-form') as string });
  });

  it('makes a further key for the phone, and says how to get it there', async () => {
    const run = await sawt([...generate('-'), '--for', 'phone'], app(), { stdin: '5712 9038' });
    expect(run.calls.at(-1)).toMatchObject({ args: { purpose: 'phone' } });
    expect(run.err).toContain('sawt export p-1 --format qr-png');
  });

  it('asks for nothing where a file is needed', async () => {
    const run = await sawt(generate('-'), app({ registers: false, asks: null }), { stdin: '' });
    expect(run.calls.at(-1)).toMatchObject({ name: 'accounts.register', args: { account: '-' } });
  });

  it('goes with no imported profile, and with a server that there is', async () => {
    expect((await sawt([...generate('-'), '--from', 'p-1'], app())).code).toBe(2);
    const unknown = await sawt(['generate', '--server', 'none/es', '--account', '-'], app(), { stdin: 'abcdef' });
    expect(unknown).toMatchObject({ code: 1, err: expect.stringContaining('no such server') as string });
  });
});

describe('sawt generate for OpenVPN', () => {
  const access = { asks: 'login', strangers: false, free: false, needsFile: true, file: 'Log in.' } as const;
  const openVpn = (changes: Partial<NonNullable<AccountProviderView['openvpn']>> = {}): FakeHandlers => ({
    ...app({ openvpn: { ...access, ...changes } }),
    'profiles.list': () => [{ ...profile, id: 'p-7', kind: 'openvpn' }],
    'accounts.openVpn': () => ({ ...profile, kind: 'openvpn' }),
  });

  it('takes a name and a password on two lines, and the file to start from', async () => {
    const argv = [...generate('-'), '--protocol', 'openvpn', '--from', 'p-7'];
    const run = await sawt(argv, openVpn(), { stdin: 'lantern\nwet stone\n' });
    expect(run.calls.at(-1)).toEqual({
      name: 'accounts.openVpn',
      args: { serverId: 'acme/es', fromProfile: 'p-7', account: 'lantern\nwet stone\n', acceptStrangers: false },
    });
  });

  it('is meant where the profile to start from is of that kind', async () => {
    const run = await sawt(['generate', '--server', 'acme/es', '--from', 'p-7'], openVpn());
    expect(run.calls.at(-1)).toMatchObject({
      name: 'accounts.openVpn',
      args: { serverId: 'acme/es', fromProfile: 'p-7' },
    });
  });

  it('is meant where a provider wants no account; consent is never assumed', async () => {
    const free = openVpn({ free: true, needsFile: false, asks: null, strangers: true });
    const argv = ['generate', '--server', 'acme/es'];
    expect((await sawt(argv, free)).calls.at(-1)).toEqual({
      name: 'accounts.openVpn',
      args: { serverId: 'acme/es', acceptStrangers: false },
    });
    expect((await sawt([...argv, '--accept-strangers'], free)).calls.at(-1)).toMatchObject({
      args: { acceptStrangers: true },
    });
  });

  it('makes no key for a phone', async () => {
    const run = await sawt(['generate', '--server', 'acme/es', '--protocol', 'openvpn', '--for', 'phone'], openVpn());
    expect(run).toMatchObject({ code: 2, err: expect.stringContaining('same profile') as string });
  });
});

describe('sawt accounts', () => {
  it('lists keys, and providers with what they want', async () => {
    expect((await sawt(['accounts'], app())).out).toBe('d-1  acme  phone  p-1  since 2026-11-24\n');
    expect((await sawt(['accounts', 'providers'], app())).out).toContain('account number');
    expect((await sawt(['accounts', 'providers'], app({ asks: null }))).out).toContain('file');
    const access = { asks: 'login', strangers: false, free: false, needsFile: true, file: 'Free.' } as const;
    const both = await sawt(['accounts', 'providers'], app({ openvpn: access }));
    expect(both.out).toContain('account number; OpenVPN: user name and password and file');
    const free = { ...access, asks: null, free: true, needsFile: false };
    expect((await sawt(['accounts', 'providers'], app({ openvpn: free }))).out).toContain('no account  Free.');
    expect((await sawt(['accounts', 'providers'], app({ openvpn: { ...free, strangers: true } }))).out).toContain(
      'stranger',
    );
  });

  it('gives a key back, with the account where that is wanted', async () => {
    const plain = await sawt(['accounts', 'remove', 'd-1'], app());
    expect(plain.calls.at(-1)).toEqual({ name: 'accounts.giveBack', args: { id: 'd-1' } });
    expect(plain.err).toContain('has taken the key back');
    const withAccount = await sawt(['accounts', 'remove', 'd-1', '--account', '-'], app(), { stdin: 'abcdef' });
    expect(withAccount.calls.at(-1)).toEqual({ name: 'accounts.giveBack', args: { id: 'd-1', account: 'abcdef' } });
    const onSite = await sawt(['accounts', 'remove', 'd-1'], app({ giveBack: 'site' }));
    expect(onSite.err).toContain('on its site only');
    expect((await sawt(['accounts', 'remove', 'd-2'], app())).err).toContain('no such key');
  });
});
