import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  anonymousInput,
  prepareRuntimeFolder,
  removeStrayInputs,
  writePrivateFile,
} from '../../electron/tunnel/runtime-folder.ts';

let base: string;
let folder: string;
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'sawt-runtime-'));
  folder = join(base, 'runtime');
});
afterEach(() => rm(base, { recursive: true }));

describe('the runtime folder', () => {
  it('is closed to others, also when it was there and open', async () => {
    await mkdir(folder, { mode: 0o777 });
    await prepareRuntimeFolder(folder);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });

  it('is never a link that somebody laid', async () => {
    await symlink(base, folder);
    await expect(prepareRuntimeFolder(folder)).rejects.toMatchObject({ code: 'permission-refused' });
  });
});

describe('a private file', () => {
  it('is only ours, and never written over or through something that is there', async () => {
    const path = join(base, 'a');
    await writePrivateFile(path, 'key');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await expect(writePrivateFile(path, 'other')).rejects.toMatchObject({ code: 'EEXIST' });
    await symlink(join(base, 'elsewhere'), join(base, 'link'));
    await expect(writePrivateFile(join(base, 'link'), 'key')).rejects.toMatchObject({ code: 'EEXIST' });
    expect(await readFile(path, 'utf8')).toBe('key');
  });
});

describe('input for a program', () => {
  it('has no name in the folder', async () => {
    const file = await anonymousInput(base, 'key');
    expect(await readdir(base)).toEqual([]);
    expect(await file.readFile('utf8')).toBe('key');
    await file.close();
  });

  it('that a killed process left behind is removed, and nothing else', async () => {
    await writeFile(join(base, '.input-0123'), 'key');
    await writeFile(join(base, 'connection.json'), '{}');
    expect(await removeStrayInputs(base)).toEqual(['.input-0123']);
    expect(await readdir(base)).toEqual(['connection.json']);
  });
});
