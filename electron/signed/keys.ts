import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parsePublicKey, type PublicKey } from './minisign.ts';

/**
 * The key that signs the documents in the repository. Its secret half is public (resources/servers/development.key), so
 * it proves nothing about who made one: it is taken for what comes with the app, never for what comes from outside, and
 * no release can be built that carries it (scripts/refuse-development-key.mjs).
 */
export const developmentKey: PublicKey = parsePublicKey('RWRz+cIspqP9iXuhb1kUOUjtgX3SNabMtFGVLRNRbCXXaQG4IeL3apTv');

export const isDevelopmentKey = ({ keyId }: PublicKey): boolean => keyId === developmentKey.keyId;

/**
 * The maintainers' keys, one in use and one spare: the lines of `release.pub` in `folder`, as minisign writes them. None
 * until the first release, or without the file: then nothing from outside is taken. Throws TypeError, the file is ours.
 */
export async function readReleaseKeys(folder: string): Promise<PublicKey[]> {
  const text = await readFile(join(folder, 'release.pub'), 'utf8').catch(() => '');
  const lines = text.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('untrusted comment:'));
  return lines.map(parsePublicKey).filter((key) => !isDevelopmentKey(key));
}
