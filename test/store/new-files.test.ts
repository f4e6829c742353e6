import { mkdir, mkdtemp, readFile, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeNewFiles } from '../../electron/store/new-files.ts';

let base: string;
let folder: string;
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'sawt-test-'));
  folder = join(base, 'kit');
});
afterEach(() => rm(base, { recursive: true }));

const files = [
  { name: 'one', content: 'first' },
  { name: 'two', content: Buffer.from('second') },
];

describe('writeNewFiles', () => {
  it('writes files that only their owner may read', async () => {
    expect(await writeNewFiles(folder, files, false)).toEqual([join(folder, 'one'), join(folder, 'two')]);
    expect(await readFile(join(folder, 'two'), 'utf8')).toBe('second');
    expect((await stat(join(folder, 'one'))).mode & 0o777).toBe(0o600);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });

  it('leaves a folder that was there with the rights that it had', async () => {
    await mkdir(folder, { mode: 0o755 });
    await writeNewFiles(folder, files, false);
    expect((await stat(folder)).mode & 0o777).toBe(0o755);
  });

  it('writes none when one exists, unless forced', async () => {
    await mkdir(folder);
    await writeFile(join(folder, 'two'), 'mine, which is longer', { mode: 0o644 });
    await expect(writeNewFiles(folder, files, false)).rejects.toThrow('two exists already');
    expect(await readdir(folder)).toEqual(['two']);
    await writeNewFiles(folder, files, true);
    expect(await readFile(join(folder, 'two'), 'utf8')).toBe('second');
    expect((await stat(join(folder, 'two'))).mode & 0o777).toBe(0o600);
  });

  it('follows no link, forced or not', async () => {
    await mkdir(folder);
    await symlink(join(base, 'elsewhere'), join(folder, 'one'));
    for (const force of [false, true]) await expect(writeNewFiles(folder, files, force)).rejects.toThrow();
    await expect(stat(join(base, 'elsewhere'))).rejects.toThrow('ENOENT');
  });
});
