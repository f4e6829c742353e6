import {
  chmod,
  link,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  stat,
  symlink,
  truncate,
  unlink,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readPrivateFile, setAside, writePrivateFile, type DiskCalls } from '../../electron/store/private-file.ts';
import { temporaryFolder } from './temporary-folder.ts';

const modeOf = async (path: string): Promise<string> => ((await stat(path)).mode & 0o777).toString(8);
const text = async (path: string): Promise<string> => readFile(path, 'utf8');

test('the file is 0600 in a folder that is 0700, whatever it was before', async () => {
  const folder = join(await temporaryFolder(), 'a', 'b');
  await mkdir(folder, { recursive: true, mode: 0o755 });
  await writePrivateFile(join(folder, 'f'), 'secret');
  expect(await modeOf(join(folder, 'f'))).toBe('600');
  expect(await modeOf(folder)).toBe('700');
  expect(await text(join(folder, 'f'))).toBe('secret');
});

test('reading takes back the rights that others had', async () => {
  const path = join(await temporaryFolder(), 'f');
  await writeFile(path, 'secret');
  await chmod(path, 0o644);
  expect(Buffer.from((await readPrivateFile(path)) ?? []).toString()).toBe('secret');
  expect(await modeOf(path)).toBe('600');
});

test('a missing file is undefined, not an error', async () => {
  expect(await readPrivateFile(join(await temporaryFolder(), 'f'))).toBeUndefined();
});

test('a link, a second name, a folder and a huge file are refused', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'real'), 'x');
  await symlink(join(folder, 'real'), join(folder, 'soft'));
  await expect(readPrivateFile(join(folder, 'soft'))).rejects.toMatchObject({ code: 'storage-failed' });
  await link(join(folder, 'real'), join(folder, 'hard'));
  await expect(readPrivateFile(join(folder, 'hard'))).rejects.toThrow('second name');
  await expect(readPrivateFile(folder)).rejects.toThrow('not a plain file');
  await writeFile(join(folder, 'huge'), '');
  await truncate(join(folder, 'huge'), 17 * 1024 * 1024);
  await expect(readPrivateFile(join(folder, 'huge'))).rejects.toThrow('too large');
});

test('writing over a link replaces the link and leaves its target alone', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'target'), 'untouched');
  await symlink(join(folder, 'target'), join(folder, 'f'));
  await writePrivateFile(join(folder, 'f'), 'new');
  expect(await text(join(folder, 'target'))).toBe('untouched');
  expect(await text(join(folder, 'f'))).toBe('new');
});

test('a file where a folder should be is a StoreError that says so', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'file'), '');
  await expect(writePrivateFile(join(folder, 'file', 'f'), 'x')).rejects.toThrow('where a folder should be');
});

/** The real disk, except that the call with this number (from 0) fails as the system would. */
function failingAt(wanted: number, code: string): DiskCalls & { failed: () => boolean } {
  let calls = 0;
  let failed = false;
  const maybeFail = (): void => {
    if (calls++ !== wanted) return;
    failed = true;
    throw Object.assign(new Error(code), { code });
  };
  return {
    failed: () => failed,
    open: async (path, flags, mode) => {
      maybeFail();
      const handle = await open(path, flags, mode);
      return new Proxy(handle, {
        get(target, name) {
          const value: unknown = Reflect.get(target, name);
          if (typeof value !== 'function') return value;
          return async (...args: unknown[]): Promise<unknown> => {
            if (name === 'writeFile' || name === 'sync') maybeFail();
            return (await Reflect.apply(value, target, args)) as unknown;
          };
        },
      });
    },
    rename: (from, to) =>
      Promise.resolve()
        .then(maybeFail)
        .then(() => rename(from, to)),
    unlink,
  };
}

test('whichever step fails, the file is the old one or the new one and nothing is left lying about', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'f');
  let step = 0;
  for (; ; step++) {
    await writePrivateFile(path, 'old');
    const calls = failingAt(step, 'ENOSPC');
    const result = await writePrivateFile(path, 'new', calls).catch((error: unknown) => error);
    if (!calls.failed()) break;
    expect(result).toMatchObject({ code: 'storage-failed' });
    expect(String(result)).toContain('disk is full');
    expect(['old', 'new']).toContain(await text(path));
    expect(await readdir(folder)).toEqual(['f']);
  }
  expect(step).toBe(6); // open, write, sync, rename, open folder, sync folder
});

test('the content is on the disk before the name points to it', async () => {
  const path = join(await temporaryFolder(), 'f');
  const order: string[] = [];
  const real = failingAt(-1, '');
  await writePrivateFile(path, 'x', {
    ...real,
    open: async (...args) => {
      const handle = await real.open(...args);
      const label = order.includes('rename') ? 'folder' : 'file';
      return new Proxy(handle, {
        get: (target, name) => {
          if (name === 'sync') order.push(`sync ${label}`);
          return Reflect.get(target, name) as unknown;
        },
      });
    },
    rename: (from, to) => {
      order.push('rename');
      return rename(from, to);
    },
  });
  expect(order).toEqual(['sync file', 'rename', 'sync folder']);
});

test('a file set aside keeps its content under a new name', async () => {
  const path = join(await temporaryFolder(), 'f');
  await writeFile(path, 'precious');
  const aside = await setAside(path);
  expect(await text(aside)).toBe('precious');
  expect(await readPrivateFile(path)).toBeUndefined();
});

test('files written at once share the syncs of their folder, and none is done before one that began after its rename', async () => {
  const folder = await temporaryFolder();
  const renamed = new Set<string>();
  const synced: ReadonlySet<string>[] = [];
  const calls: DiskCalls = {
    unlink,
    async rename(from, to) {
      await rename(from, to);
      renamed.add(to);
    },
    async open(path, flags, mode) {
      if (path === folder) synced.push(new Set(renamed));
      return open(path, flags, mode);
    },
  };
  const paths = Array.from({ length: 40 }, (_, index) => join(folder, `f${index}`));
  await Promise.all(
    paths.map(async (path) => {
      await writePrivateFile(path, 'x', calls);
      expect(synced.some((seen) => seen.has(path))).toBe(true);
    }),
  );
  expect(synced.length).toBeLessThan(20);
});
