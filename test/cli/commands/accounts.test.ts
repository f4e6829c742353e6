import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccountProviderView, ProfileSummary } from '../../../electron/api/schema.ts';
import { sawt, type FakeHandlers } from '../cli-bed.ts';

const provider = (changes: Partial<AccountProviderView>): AccountProviderView => ({
  ...{ id: 'acme', name: 'Acme', asks: 'number', servers: 'provider', secondKey: true, registers: true },
  ...{ giveBack: 'session', website: 'https://acme.example/keys', file: 'Log in and download a file.' },
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

describe('sawt accounts', () => {
  it('lists keys, and providers with what they want', async () => {
    expect((await sawt(['accounts'], app())).out).toBe('d-1  acme  phone  p-1  since 2026-11-24\n');
    expect((await sawt(['accounts', 'providers'], app())).out).toContain('account number');
    expect((await sawt(['accounts', 'providers'], app({ asks: null }))).out).toContain('file');
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
