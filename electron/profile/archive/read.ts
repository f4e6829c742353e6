import { posix } from 'node:path';
import { ProfileError } from '../errors.ts';
import type { Beside, Source } from '../source.ts';
import { readEntries, type ArchiveEntry } from './entries.ts';

/** Of all files together, as the archive's directory gives their sizes. */
const maxTotalBytes = 20 * 1024 * 1024;

export function isArchive(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b;
}

/** The .conf and .ovpn files of a .zip, in its order; all else is skipped. Throws ProfileError when there is none. */
export async function readArchive(bytes: Uint8Array, archive: string): Promise<Source[]> {
  const place = { file: archive, line: null, directive: null };
  const entries = await readEntries(bytes, archive);
  const readable = entries.filter(({ refusal }) => refusal === undefined);
  if (readable.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) > maxTotalBytes)
    throw new ProfileError('profile-too-large', place, 'its files are larger than 20 MiB together');
  const packed = entries.filter(isProfile).map((entry): Source => ({
    name: posix.basename(entry.path),
    input: entry.input,
    read: () => {
      if (entry.refusal) throw entry.refusal;
      return entry.unpack();
    },
    beside: (name) => findBeside(entry, name, readable),
  }));
  if (packed.length === 0)
    throw new ProfileError('profile-invalid', place, 'the archive holds no .conf and no .ovpn file');
  return packed;
}

/** macOS puts a file of its own beside each one that it packs: `__MACOSX/._Madrid.conf`. */
function isProfile({ path, refusal }: ArchiveEntry): boolean {
  if (/(^|\/)(__MACOSX\/|\._)/.test(path)) return false;
  return /\.(conf|ovpn)$/i.test(path) || refusal?.code === 'profile-dangerous';
}

function findBeside({ path }: ArchiveEntry, name: string, files: readonly ArchiveEntry[]): ReturnType<Beside> {
  if (!name.split('/').every((part) => part !== '..' && /^[\w .@()+-]+$/.test(part))) return undefined;
  const wanted = posix.join(posix.dirname(path), name);
  // Of two files with one name, other programs may take the other one.
  const [entry, ...others] = files.filter((file) => file.path === wanted);
  return entry && others.length === 0 ? { file: entry.input, bytes: entry.unpack() } : undefined;
}
