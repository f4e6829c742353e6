import { constants } from 'node:fs';
import { lstat, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { storageFailed, StoreError } from './errors.ts';

export interface NewFile {
  name: string;
  content: string | Uint8Array;
}

/**
 * Writes files that a person asked for into a folder of that person's choice, all or none of what can be known before:
 * each 0600, never over an existing one unless `force`, never through a link. Gives their paths. Throws StoreError.
 */
export async function writeNewFiles(folder: string, files: readonly NewFile[], force: boolean): Promise<string[]> {
  const paths = files.map(({ name }) => join(folder, name));
  if (!force) for (const path of paths) await refuseExisting(path);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw storageFailed('make', folder, error);
  }
  for (const [index, { content }] of files.entries()) await writeWhole(paths[index] ?? folder, content, force);
  return paths;
}

async function refuseExisting(path: string): Promise<void> {
  const found = await lstat(path).catch(() => undefined);
  if (found === undefined) return;
  throw new StoreError(
    'storage-failed',
    `${path} exists already and was left as it is. Choose another folder, or ask for the file to be replaced.`,
  );
}

async function writeWhole(path: string, content: string | Uint8Array, force: boolean): Promise<void> {
  const existing = force ? constants.O_TRUNC : constants.O_EXCL;
  try {
    const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_NOFOLLOW | existing;
    const file = await open(path, flags, 0o600);
    try {
      await file.chmod(0o600);
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    throw storageFailed('write', path, error);
  }
}
