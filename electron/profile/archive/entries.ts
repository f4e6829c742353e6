import { posix } from 'node:path';
import { crc32, inflateRawSync } from 'node:zlib';
import { fromBufferPromise, getFileNameLowLevel, validateFileName, type Entry, type ZipFile } from 'yauzl';
import { ProfileError, type ProfileErrorCode } from '../errors.ts';
import { inputName } from '../names.ts';
import { maxTextBytes } from '../text.ts';

/** Archives of providers hold some hundred profiles. */
const maxEntries = 1000;
/** Text shrinks to a fifth; what shrinks this much is made to fill up a computer's memory. */
const maxRatio = 100;

/** One file of an archive. Its path is for messages and for finding files beside one another, never a path on the disk. */
export interface ArchiveEntry {
  path: string;
  /** Name of archive and file, fit to be shown. */
  input: string;
  sizeBytes: number;
  /** Why it is not read; undefined when it may be. */
  refusal: ProfileError | undefined;
  /** At most 64 KiB. Throws ProfileError. */
  unpack(): Uint8Array;
}

/**
 * Files of a .zip (PKWARE APPNOTE 6.3), folders left out; nothing is unpacked yet. Throws ProfileError: it is no sound
 * archive, or far too large.
 */
export async function readEntries(bytes: Uint8Array, archive: string): Promise<ArchiveEntry[]> {
  const place = { file: archive, line: null, directive: null };
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const zip = await fromBufferPromise(buffer, { decodeStrings: false });
    if (zip.entryCount > maxEntries)
      throw new ProfileError('profile-too-large', place, `it holds more than ${maxEntries} files`);
    const entries: ArchiveEntry[] = [];
    for await (const entry of zip.eachEntry()) {
      const read = await readEntry(zip, entry, buffer, archive);
      if (!read.path.endsWith('/')) entries.push(read);
    }
    return entries;
  } catch (error) {
    if (error instanceof ProfileError) throw error;
    throw new ProfileError('profile-invalid', place, 'the archive is damaged; download it again');
  }
}

async function readEntry(zip: ZipFile, entry: Entry, buffer: Buffer, archive: string): Promise<ArchiveEntry> {
  // Decoded here and not by yauzl, which gives up the whole archive at the first name that it does not like.
  const path = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false);
  const input = `${archive}/${inputName(path)}`;
  const refuse = (code: ProfileErrorCode, problem: string): ProfileError =>
    new ProfileError(code, { file: input, line: null, directive: null }, problem);
  const start = await zip.readLocalFileHeaderPromise(entry, { minimal: true }).then(
    ({ fileDataStart }) => fileDataStart,
    () => undefined,
  );
  const refusal = refusalOf(entry, path, start !== undefined);
  return {
    path: posix.normalize(path),
    input,
    sizeBytes: entry.uncompressedSize,
    refusal: refusal && refuse(...refusal),
    unpack: () => {
      const content = start === undefined ? undefined : contentOf(entry, buffer.subarray(start));
      if (content === undefined) throw refuse(...damaged);
      return content;
    },
  };
}

type Refusal = [code: ProfileErrorCode, problem: string];
const damaged: Refusal = ['profile-invalid', 'the file is damaged inside its archive; download the archive again'];

function refusalOf(entry: Entry, path: string, hasData: boolean): Refusal | undefined {
  if (validateFileName(path) !== null || path.includes('\0'))
    return ['profile-dangerous', 'its name in the archive leads out of the archive, so it was refused'];
  // The upper half holds the mode of Unix, whose file type is 8 for a plain file, 4 for a folder, and 0 from elsewhere.
  const type = entry.externalFileAttributes >>> 28;
  if (![0, 4, 8].includes(type))
    return ['profile-dangerous', 'it is a link or device and not a plain file, so it was refused'];
  if (entry.isEncrypted())
    return ['profile-unsupported', 'it is locked with a password; unpack the archive yourself and import the file'];
  if (!entry.canDecodeFileData())
    return ['profile-unsupported', 'it is packed in an unusual way; unpack the archive yourself and import the file'];
  if (entry.uncompressedSize > maxTextBytes)
    return ['profile-too-large', `it is larger than the ${maxTextBytes / 1024} KiB a profile can have`];
  if (entry.uncompressedSize > maxRatio * entry.compressedSize)
    return ['profile-too-large', 'it is packed far tighter than a text can be, as traps are, so it was not unpacked'];
  return hasData ? undefined : damaged;
}

/** Undefined when it is not what the archive's directory says: another program might read something else there. */
function contentOf(
  { compressedSize, compressionMethod, uncompressedSize, crc32: sum }: Entry,
  data: Buffer,
): Uint8Array | undefined {
  const packed = data.subarray(0, compressedSize);
  try {
    const content = compressionMethod === 0 ? packed : inflateRawSync(packed, { maxOutputLength: maxTextBytes });
    return content.length === uncompressedSize && crc32(content) === sum ? content : undefined;
  } catch {
    return undefined;
  }
}
