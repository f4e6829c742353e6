import { mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sawt } from '../cli-bed.ts';

const text = '[Interface]\nPrivateKey = c2VjcmV0\n';
const summary = {
  id: 'p-1',
  name: 'Madrid',
  kind: 'wireguard',
  endpoint: null,
  provider: null,
  dropped: [],
  warnings: [],
} as const;
const sharing = () => ({
  warnings: [{ code: 'shared-key', text: 'Use it on one device at a time.' }],
  ownKeyFrom: null,
});
const handlers = {
  'accounts.sharing': sharing,
  'profiles.show': () => ({ summary, text, lostInNetworkManager: [] as string[] }),
};

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sawt-test-'));
  file = join(folder, 'madrid.conf');
});
afterEach(() => rm(folder, { recursive: true }));

describe('sawt export', () => {
  it('names what another program would leave out of the file', async () => {
    const losing = {
      'profiles.show': () => ({ summary, text, lostInNetworkManager: ['route-nopull', 'dhcp-option'] }),
    };
    const { err } = await sawt(['export', 'p-1', '--format', 'conf', '--out', file], losing);
    expect(err).toContain('NetworkManager leaves out route-nopull, dhcp-option');
    expect((await sawt(['export', 'p-1', '--format', 'conf', '--out', file, '--force'], handlers)).err).not.toContain(
      'leaves',
    );
  });

  it('writes a file that only its owner may read', async () => {
    const run = await sawt(['export', 'p-1', '--format', 'conf', '--out', file], handlers);
    expect(run).toMatchObject({ code: 0, out: '' });
    expect(await readFile(file, 'utf8')).toBe(text);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('leaves an existing file as it is, unless forced', async () => {
    await writeFile(file, 'mine, and longer than what is written over it when it is forced', { mode: 0o644 });
    const argv = ['export', 'p-1', '--format', 'conf', '--out', file];
    const run = await sawt(argv, handlers);
    expect(run.code).toBe(1);
    expect(run.err).toContain('exists already');
    expect(await readFile(file, 'utf8')).toContain('mine');
    expect((await sawt([...argv, '--force'], handlers)).code).toBe(0);
    expect(await readFile(file, 'utf8')).toBe(text);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('follows no link that somebody laid there', async () => {
    await symlink(join(folder, 'elsewhere'), file);
    expect((await sawt(['export', 'p-1', '--format', 'conf', '--out', file], handlers)).code).toBe(1);
    await expect(stat(join(folder, 'elsewhere'))).rejects.toThrow('ENOENT');
  });

  it.each([['conf'], ['qr-text'], ['qr-svg'], ['qr-png']])(
    'prints no secret as %s without being told',
    async (format) => {
      const run = await sawt(['export', 'p-1', '--format', format], handlers);
      expect(run).toMatchObject({ code: 2, out: '', calls: [] });
    },
  );

  it('prints the profile when told', async () => {
    const run = await sawt(['export', 'p-1', '--format', 'conf', '--reveal'], handlers);
    expect(run).toMatchObject({ code: 0, out: text });
  });

  it('refuses a format that the profile is not of', async () => {
    const run = await sawt(['export', 'p-1', '--format', 'ovpn', '--out', file], handlers);
    expect(run.code).toBe(1);
    await expect(stat(file)).rejects.toThrow('ENOENT');
  });

  it.each([
    ['qr-png', 'png', Buffer.from([0x89, 0x50, 0xff])],
    ['qr-svg', 'svg', Buffer.from('<svg/>')],
    ['qr-text', 'text', Buffer.from('▀█')],
  ])('writes a code as %s', async (format, asked, bytes) => {
    const content = format === 'qr-png' ? bytes.toString('base64') : bytes.toString();
    const run = await sawt(['export', 'p-1', '--format', format, '--out', file], {
      'accounts.sharing': sharing,
      'profiles.qr': () => ({ content, dense: false }),
    });
    expect(run).toMatchObject({
      code: 0,
      out: '',
      calls: [{ name: 'profiles.qr', args: { id: 'p-1', format: asked } }, { name: 'accounts.sharing' }],
    });
    expect(await readFile(file)).toEqual(bytes);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(run.err).not.toContain('dense');
  });

  it('prints a code to scan, and warns of a dense one and of two devices with one key', async () => {
    const run = await sawt(['export', 'p-1', '--format', 'qr-text', '--reveal'], {
      'accounts.sharing': sharing,
      'profiles.qr': () => ({ content: '▀█\n', dense: true }),
    });
    expect(run).toMatchObject({ code: 0, out: '▀█\n' });
    expect(run.err).toContain('dense');
    expect(run.err).toContain('one device at a time');
  });
});
