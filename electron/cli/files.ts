import { lstat, open, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ApiError } from '../api/errors.ts';
import type { Terminal } from './terminal.ts';

/** 8 MiB: the largest archive or picture that an import takes. */
const limitBytes = 8 * 1024 * 1024;

export interface InputFile {
  name: string;
  bytes: Uint8Array;
}

/** Reads FILE, or standard input for `-`. Throws an ApiError whose sentence names the file. */
export async function readInputFile(path: string, terminal: Terminal): Promise<InputFile> {
  try {
    if (path === '-') return { name: 'stdin', bytes: await terminal.readInput(limitBytes) };
    const { size } = await stat(path);
    if (size > limitBytes) throw new RangeError('too large');
    return { name: basename(path), bytes: await readFile(path) };
  } catch (error) {
    if (error instanceof RangeError)
      throw new ApiError({
        code: 'profile-too-large',
        message: `${path} is larger than 8 MiB, so it was not read.`,
        details: { file: path },
      });
    throw new ApiError({
      code: 'not-found',
      message: `${path} cannot be read: ${reasonOf(error)}.`,
      details: { file: path },
    });
  }
}

/** Certificates and keys are a few KiB. */
const besideBytes = 64 * 1024;

/**
 * Those of the named files that lie in the same folder as `path`: plain files by plain names, because the names come from
 * a file that a stranger may have written. What is not there, or cannot be read, is left out.
 */
export async function readBeside(path: string, names: readonly string[]): Promise<InputFile[]> {
  const plain = names.filter((name) => name === basename(name) && !/^\.|[\\\0]/.test(name)).slice(0, 16);
  const found = await Promise.all(plain.map((name) => readPlainFile(join(dirname(path), name), name)));
  return found.filter((file) => file !== undefined);
}

async function readPlainFile(path: string, name: string): Promise<InputFile | undefined> {
  try {
    const { size } = await lstat(path).then((entry) => (entry.isFile() ? entry : { size: Infinity }));
    return size <= besideBytes ? { name, bytes: await readFile(path) } : undefined;
  } catch {
    return undefined;
  }
}

/** Writes a new file that only its owner may read. An existing one is replaced only when `force` is set. */
export async function writePrivateFile(path: string, bytes: Uint8Array | string, force: boolean): Promise<void> {
  try {
    // Made with its mode from the start, so that nobody can read it even for a moment; `wx` also refuses links.
    const file = await open(path, force ? 'w' : 'wx', 0o600);
    try {
      await file.chmod(0o600);
      await file.truncate();
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    const exists = systemCode(error) === 'EEXIST';
    throw new ApiError({
      code: 'storage-failed',
      message: exists
        ? `${path} exists already and was left as it is. Choose another name, or add --force to replace it.`
        : `${path} could not be written: ${reasonOf(error)}. Choose another folder.`,
      details: { file: path },
    });
  }
}

const reasons: Record<string, string> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'you have no right to it',
  EPERM: 'you have no right to it',
  EISDIR: 'it is a folder',
  ENOTDIR: 'its folder is a file',
  ENOSPC: 'the disk is full',
  EROFS: 'the disk cannot be written to',
};

function reasonOf(error: unknown): string {
  const code = systemCode(error);
  return reasons[code] ?? `the system said ${code}`;
}

function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown error';
}
