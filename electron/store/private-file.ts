import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, mkdir, open, rename, stat, unlink, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errnoOf, StoreError, storageFailed } from './errors.ts';

/** The calls that can fail half-way; tests stop them one by one. */
export interface DiskCalls {
  open: (path: string, flags: number, mode?: number) => Promise<FileHandle>;
  rename: (from: string, to: string) => Promise<void>;
  unlink: (path: string) => Promise<void>;
}
const disk: DiskCalls = { open, rename, unlink };

/** Nothing of ours is bigger; a bigger file is not ours. */
const maxFileBytes = 16 * 1024 * 1024;
const onWindows = process.platform === 'win32';
// Windows knows no O_NOFOLLOW: there the constant is missing at run time, and `|` makes a 0 of that.
const readFlags = constants.O_RDONLY | constants.O_NOFOLLOW;
const createFlags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;

/**
 * Writes the whole file or leaves the old one: temporary file in the same folder, fsync, rename, fsync of the folder.
 * The file is 0600 and its folder 0700. Throws StoreError.
 */
export async function writePrivateFile(path: string, text: string, calls: DiskCalls = disk): Promise<void> {
  const folder = dirname(path);
  const temporary = join(folder, `.${randomBytes(8).toString('hex')}.tmp`);
  try {
    await makePrivateFolder(folder);
    try {
      await writeWhole(temporary, text, calls);
      await calls.rename(temporary, path);
    } catch (error) {
      await calls.unlink(temporary).catch(() => undefined);
      throw error;
    }
    await syncTogether(folder, calls);
  } catch (error) {
    throw storageFailed('save', path, error);
  }
}

/** Undefined when there is no such file. Follows no link; takes back rights that others have on it. Throws StoreError. */
export async function readPrivateFile(path: string): Promise<Uint8Array | undefined> {
  try {
    const file = await open(path, readFlags);
    try {
      await checkOwnership(file, path);
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw storageFailed('read', path, error);
  }
}

/** Moves a file that cannot be understood out of the way, so that nothing is lost. Gives its new path. */
export async function setAside(path: string): Promise<string> {
  const aside = `${path}.damaged-${randomBytes(4).toString('hex')}`;
  try {
    await rename(path, aside);
    return aside;
  } catch (error) {
    throw storageFailed('set aside', path, error);
  }
}

async function makePrivateFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (onWindows) return;
  const { mode } = await stat(folder);
  if ((mode & 0o077) !== 0) await chmod(folder, 0o700);
}

async function writeWhole(path: string, text: string, calls: DiskCalls): Promise<void> {
  const file = await calls.open(path, createFlags, 0o600);
  try {
    await file.writeFile(text, 'utf8');
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Syncs that were asked for and have not begun, by folder. */
const waiting = new Map<string, Promise<void>>();
const running = new Map<string, Promise<void>>();

/** Many files written at once share one sync of their folder: one that begins after all of their renames. */
function syncTogether(folder: string, calls: DiskCalls): Promise<void> {
  const joined = waiting.get(folder);
  if (joined) return joined;
  const next = (running.get(folder) ?? Promise.resolve())
    .catch(() => undefined)
    .then(() => {
      waiting.delete(folder);
      return syncFolder(folder, calls);
    })
    .finally(() => running.get(folder) === next && running.delete(folder));
  waiting.set(folder, next);
  running.set(folder, next);
  return next;
}

/** Without it the rename itself may be lost in a power cut. Windows offers no such call on a folder. */
async function syncFolder(folder: string, calls: DiskCalls): Promise<void> {
  if (onWindows) return;
  const handle = await calls.open(folder, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function checkOwnership(file: FileHandle, path: string): Promise<void> {
  const { uid, mode, nlink, size } = await file.stat();
  const refuse = (why: string): StoreError => new StoreError('storage-failed', `Cannot read ${path}: ${why}.`);
  if ((mode & constants.S_IFMT) !== constants.S_IFREG) throw refuse('it is not a plain file; move it away');
  if (size > maxFileBytes) throw refuse('it is far too large to be ours; move it away');
  if (onWindows) return;
  const me = process.getuid?.();
  if (me !== 0 && uid !== me) throw refuse('it belongs to another user; move it away');
  if (nlink !== 1)
    throw refuse('it has a second name elsewhere on the disk, which is not safe; copy it and remove both');
  if ((mode & 0o077) !== 0) await file.chmod(0o600);
}
