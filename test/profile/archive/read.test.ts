import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { importProfiles, type ImportResult } from '../../../electron/profile/import.ts';
import { cert, key, simple as ovpn, staticKey } from '../openvpn/samples.ts';
import { simple as conf } from '../wireguard/samples.ts';
import { makeZip, type ZipFile } from './make-zip.ts';

const importZip = (files: readonly ZipFile[], entryCount?: number): Promise<ImportResult[]> =>
  importProfiles([{ name: 'vpn.zip', bytes: makeZip(files, entryCount) }]);
const codes = (results: readonly ImportResult[]): string[] =>
  results.map((result) => (result.ok ? result.profile.name : result.error.code));
const refusal = (results: readonly ImportResult[]): string =>
  results.map((result) => (result.ok ? '' : result.error.message)).join('\n');

const hasPython = spawnSync('python3', ['--version']).status === 0;

describe('an archive', () => {
  it('gives each profile in it, in its order, and skips all else', async () => {
    const results = await importZip([
      { path: 'vpn/', content: '' },
      { path: 'vpn/Madrid.conf', content: conf },
      { path: 'vpn/readme.txt', content: 'hello' },
      { path: 'vpn/Paris.OVPN', content: ovpn, mode: 0o100644 },
      { path: '__MACOSX/vpn/._Madrid.conf', content: 'x' },
      { path: 'Rabat.conf', content: conf, stored: true },
    ]);
    expect(codes(results)).toEqual(['Madrid', 'Paris', 'Rabat']);
    expect(results.map(({ input }) => input)).toEqual([
      'vpn.zip/Madrid.conf',
      'vpn.zip/Paris.OVPN',
      'vpn.zip/Rabat.conf',
    ]);
  });

  it('keeps its good profiles when one is bad', async () => {
    const results = await importZip([
      { path: 'a.conf', content: conf },
      { path: 'b.conf', content: 'hello' },
      { path: 'c.conf', content: conf },
    ]);
    expect(codes(results)).toEqual(['a', 'profile-invalid', 'c']);
    expect(refusal(results)).toContain('vpn.zip/b.conf');
  });

  it('stands beside other inputs', async () => {
    const results = await importProfiles([
      { name: 'x.zip', bytes: Buffer.from('PK nothing') },
      { name: 'vpn.zip', bytes: makeZip([{ path: 'a.conf', content: conf }]) },
      { name: 'b.conf', bytes: Buffer.from(conf) },
    ]);
    expect(codes(results)).toEqual(['profile-invalid', 'a', 'b']);
  });

  it.skipIf(!hasPython)('is read as another program writes it (skipped: no python3)', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sawt-zip-'));
    try {
      execFileSync('python3', [
        '-c',
        'import sys, zipfile\nz = zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED)\nz.writestr("صوت.conf", sys.argv[2])\nz.close()',
        join(folder, 'a.zip'),
        conf,
      ]);
      const results = await importProfiles([{ name: 'a.zip', bytes: readFileSync(join(folder, 'a.zip')) }]);
      expect(codes(results)).toEqual(['صوت']);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('without a profile says so', async () => {
    expect(refusal(await importZip([{ path: 'readme.txt', content: 'hello' }]))).toContain('no .conf and no .ovpn');
    expect(codes(await importZip([]))).toEqual(['profile-invalid']);
  });
});

describe('what is wrong with one file', () => {
  const link = 0o120777;
  test.each<[string, Partial<ZipFile>, string]>([
    ['a path upwards', { path: '../../etc/cron.d/a.conf' }, 'profile-dangerous'],
    ['a path upwards, as Windows writes it', { path: '..\\a.conf' }, 'profile-dangerous'],
    ['an absolute path', { path: '/etc/a.conf' }, 'profile-dangerous'],
    ['a drive', { path: 'C:/a.conf' }, 'profile-dangerous'],
    ['a path upwards that is no profile', { path: '../.bashrc' }, 'profile-dangerous'],
    ['a zero byte in its name', { path: 'a.conf\0.txt' }, 'profile-dangerous'],
    ['a link', { content: '/etc/passwd', mode: link }, 'profile-dangerous'],
    ['a device', { mode: 0o060600 }, 'profile-dangerous'],
    ['a password', { claims: { flags: 1 } }, 'profile-unsupported'],
    ['another way of packing', { claims: { method: 14 } }, 'profile-unsupported'],
    ['its size', { content: 'x'.repeat(64 * 1024 + 1), stored: true }, 'profile-too-large'],
    ['how tightly it is packed', { content: ' '.repeat(64 * 1024) }, 'profile-too-large'],
    ['a size that is not true', { claims: { sizeBytes: conf.length - 1 } }, 'profile-invalid'],
    ['more content than it says', { content: conf.repeat(300), claims: { sizeBytes: 1000 } }, 'profile-invalid'],
    ['a checksum that is not true', { claims: { sum: 1 } }, 'profile-invalid'],
    ['a place that is not in the archive', { claims: { offset: 9_999_999 } }, 'profile-invalid'],
  ])('%s spoils that file and no other', async (_, changes, code) => {
    const bad = { path: 'bad.conf', content: conf, ...changes };
    const results = await importZip([bad, { path: 'good.conf', content: conf }]);
    expect(codes(results)).toEqual([code, 'good']);
  });
});

describe('an archive as a whole is refused', () => {
  test('for too many files', async () => {
    const files = Array.from({ length: 1001 }, (_, index) => ({ path: `${index}.conf`, content: '' }));
    expect(codes(await importZip(files))).toEqual(['profile-too-large']);
    expect((await importZip(files.slice(1))).length).toBe(1000);
  });

  test('for files that are too large together', async () => {
    const content = Array.from({ length: 4096 }, (_, index) => String(index).padEnd(15))
      .join(' ')
      .slice(0, 65536);
    const files = Array.from({ length: 321 }, (_, index) => ({ path: `${index}.conf`, content }));
    expect(codes(await importZip(files))).toEqual(['profile-too-large']);
  });

  test('for a directory that promises more than there is', async () => {
    expect(codes(await importZip([{ path: 'a.conf', content: conf }], 2))).toEqual(['profile-invalid']);
  });
});

describe('an OpenVPN profile in an archive', () => {
  const apart = ovpn.replace(/<ca>[^]*/, 'ca ca.crt\ncert "keys/my.crt"\nkey keys/my.key\ntls-auth ta.key 1\n');
  const beside = [
    { path: 'vpn/ca.crt', content: `Certificate:\n  of the server\n${cert}\n` },
    { path: 'vpn/keys/my.crt', content: cert },
    { path: 'vpn/keys/my.key', content: key },
    { path: 'vpn/ta.key', content: staticKey },
  ];
  const profile: ZipFile = { path: 'vpn/Madrid.ovpn', content: apart };

  it('takes in the files that lie beside it', async () => {
    expect(await importZip([profile, ...beside])).toMatchObject([
      {
        ok: true,
        profile: { dropped: [], profile: { ca: cert, cert, key, tlsAuth: { key: staticKey, direction: 1 } } },
      },
    ]);
  });

  it('takes in name and password', async () => {
    const asking = { path: 'vpn/a.ovpn', content: `${apart}auth-user-pass login.txt\n` };
    const login = { path: 'vpn/login.txt', content: 'me\r\nsecret\r\n' };
    expect(await importZip([asking, login, ...beside])).toMatchObject([
      { ok: true, profile: { profile: { userPass: { username: 'me', password: 'secret' } } } },
    ]);
  });

  it.each([
    ['is missing', beside.slice(1)],
    ['is there twice', [...beside, { path: 'vpn/ca.crt', content: cert }]],
    ['lies in another folder', [...beside.slice(1), { path: 'ca.crt', content: cert }]],
    ['is a link', [...beside.slice(1), { path: 'vpn/ca.crt', content: '../ca.crt', mode: 0o120777 }]],
  ])('is refused when a file %s', async (_, files) => {
    const [result] = await importZip([profile, ...files]);
    expect(result).toMatchObject({ ok: false });
    expect(result?.ok === false && result.error.message).toContain('refers to other files');
  });

  it.each(['/etc/ssl/ca.crt', '../ca.crt', 'C:\\\\ca.crt', './/../ca.crt', 'ca.crt\u0000'])(
    'follows no path that leads elsewhere: %j',
    async (path) => {
      const content = apart.replace('ca ca.crt', `ca "${path}"`);
      const files = [{ path: 'a/b.ovpn', content }, { path: 'ca.crt', content: cert }, ...beside];
      expect((await importZip(files))[0]).toMatchObject({ ok: false });
    },
  );

  it('names the file beside it that is broken', async () => {
    const files = [profile, ...beside.slice(1), { path: 'vpn/ca.crt', content: 'a\0' }];
    expect(refusal(await importZip(files))).toContain('vpn.zip/ca.crt, line 1');
  });
});

test('no bytes crash the reading, and none are read beyond the limits', async () => {
  const sound = makeZip([
    { path: 'a.conf', content: conf },
    { path: 'b.ovpn', content: 'client\nca x.crt\n', stored: true },
    { path: 'x.crt', content: cert },
  ]);
  const flips = fc.array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(flips, async (changes) => {
      const bytes = Buffer.from(sound);
      for (const [at, byte] of changes) bytes[at] = byte;
      const results = await importProfiles([{ name: 'x.zip', bytes }]);
      expect(results.length).toBeGreaterThan(0);
    }),
    { numRuns: 600 },
  );
});
