import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, lstat, mkdir, open, readdir, rm, unlink, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { TunnelFailure } from './errors.ts';

const inputPrefix = '.input-';

/**
 * Makes the folder 0700, or checks that it is ours alone: it will hold keys for a moment, and the journal
 * that tells a privileged process what to undo.
 */
export async function prepareRuntimeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { uid } = await lstat(folder).then((found) => {
    if (!found.isDirectory()) throw notOurs(folder);
    return found;
  });
  if (uid !== process.geteuid?.()) throw notOurs(folder);
  await chmod(folder, 0o700);
}

function notOurs(folder: string): TunnelFailure {
  return new TunnelFailure(
    'permission-refused',
    `The folder ${folder} belongs to somebody else, so Sawt will not keep its connection files there; remove it or choose another SAWT_HOME.`,
  );
}

const exclusive = constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;

/** Writes a new file that only we can read; fails when the name exists, also as a link. */
export async function writePrivateFile(path: string, text: string): Promise<void> {
  const file = await open(path, constants.O_WRONLY | exclusive, 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/**
 * An open file without a name that holds `text`, for a program's standard input. A pipe would not do: Node's pipes are
 * sockets, and tools like wg(8) that open /dev/stdin again are refused. The caller closes it.
 */
export async function anonymousInput(folder: string, text: string): Promise<FileHandle> {
  const path = join(folder, inputPrefix + randomBytes(8).toString('hex'));
  const file = await open(path, constants.O_RDWR | exclusive, 0o600);
  await unlink(path);
  // At a position, so that the program that shares this handle starts to read at the beginning.
  await file.write(text, 0, 'utf8');
  return file;
}

/** A process killed between the two calls above leaves a named input file behind. */
export async function removeStrayInputs(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => name.startsWith(inputPrefix));
  for (const name of names) await rm(join(folder, name), { force: true });
  return names;
}
