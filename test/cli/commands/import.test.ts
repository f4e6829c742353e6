import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CheckedArgs, ImportOutcome, ProfileSummary } from '../../../electron/api/schema.ts';
import { sawt } from '../cli-bed.ts';

const profile: ProfileSummary = {
  id: 'p-1',
  name: 'Madrid',
  kind: 'wireguard',
  endpoint: '203.0.113.3:51820',
  provider: null,
  dropped: [{ line: 7, directive: 'PostUp', reason: 'runs a command' }],
  warnings: [{ code: 'no-ipv6', text: 'IPv6 is held back.' }],
};

/** Takes what holds `[Interface]`, refuses the rest. */
const handlers = {
  'profiles.import': ({ files }: CheckedArgs<'profiles.import'>): ImportOutcome[] =>
    files.map(({ name, base64 }) =>
      Buffer.from(base64, 'base64').toString().includes('[Interface]')
        ? { input: name, ok: true, profile: { ...profile, name } }
        : {
            input: name,
            ok: false,
            error: { code: 'profile-dangerous', message: `${name}: this is dangerous.`, details: {} },
          },
    ),
};

let folder: string;
let good: string;
let bad: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sawt-test-'));
  good = join(folder, 'good.conf');
  bad = join(folder, 'bad.conf');
  await writeFile(good, '[Interface]\n');
  await writeFile(bad, 'rm -rf\n');
});
afterEach(() => rm(folder, { recursive: true }));

describe('sawt import', () => {
  it('prints the one profile as one document', async () => {
    const run = await sawt(['import', good, '--json'], handlers);
    expect(run).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(run.out)).toEqual({ ...profile, name: 'good.conf' });
  });

  it('says in words what was left out and what to know', async () => {
    const { out } = await sawt(['import', good], handlers);
    expect(out).toBe(
      'p-1  good.conf  (WireGuard, 203.0.113.3:51820)\n' +
        '  left out: PostUp in line 7 (runs a command)\n' +
        '  note: IPv6 is held back.\n',
    );
  });

  it('takes the good one of two; the bad one decides how it ends', async () => {
    const run = await sawt(['import', bad, good, '--json'], handlers);
    expect(run.code).toBe(3);
    expect(run.err).toBe('sawt: bad.conf: this is dangerous.\n');
    expect(JSON.parse(run.out)).toMatchObject([
      { input: 'bad.conf', error: { code: 'profile-dangerous' } },
      { id: 'p-1', name: 'good.conf' },
    ]);
  });

  it('takes standard input for -', async () => {
    const run = await sawt(['import', '-', '--json'], handlers, { stdin: '[Interface]\n' });
    expect(JSON.parse(run.out)).toMatchObject({ name: 'stdin' });
  });

  it('takes a link itself as the text', async () => {
    const { calls } = await sawt(['import', 'vpn://abc'], handlers);
    const args = calls[0]?.args as CheckedArgs<'profiles.import'>;
    expect(Buffer.from(args.files[0]?.base64 ?? '', 'base64').toString()).toBe('vpn://abc');
  });

  it('names a file that is not there', async () => {
    const run = await sawt(['import', join(folder, 'none.conf')], handlers);
    expect(run).toMatchObject({ code: 1, out: '', calls: [] });
    expect(run.err).toMatch(/^sawt: .*none\.conf cannot be read: there is no such file or folder\.\n$/);
  });

  it('does not read what is far too large', async () => {
    const run = await sawt(['import', '-'], handlers, { stdin: 'x'.repeat(8 * 1024 * 1024 + 1) });
    expect(run).toMatchObject({ code: 1, calls: [] });
    expect(run.err).toContain('8 MiB');
  });

  describe('a profile with files beside it', () => {
    const asked: string[][] = [];
    const wanting = {
      'profiles.import': ({ files }: CheckedArgs<'profiles.import'>): ImportOutcome[] => {
        asked.push(files.map(({ name }) => name));
        const error = { code: 'profile-invalid', message: 'It refers to other files.', details: {} } as const;
        const needs = ['ca.crt', 'link.crt', '../secret', '.hidden', 'absent.key'];
        return files.length > 1
          ? [{ input: 'good.conf', ok: true, profile }]
          : [{ input: 'good.conf', ok: false, error, needs }];
      },
    };
    beforeEach(() => asked.splice(0));

    it('is imported with those that lie in its folder; no link, path or hidden file is followed', async () => {
      await writeFile(join(folder, 'ca.crt'), 'x');
      await writeFile(join(folder, '.hidden'), 'x');
      await symlink(good, join(folder, 'link.crt'));
      expect(await sawt(['import', good], wanting)).toMatchObject({ code: 0 });
      expect(asked).toEqual([['good.conf'], ['good.conf', 'ca.crt']]);
    });

    it('fails as it did when nothing lies there', async () => {
      expect(await sawt(['import', good], wanting)).toMatchObject({
        code: 1,
        err: 'sawt: It refers to other files.\n',
      });
      expect(asked).toEqual([['good.conf']]);
    });
  });
});
