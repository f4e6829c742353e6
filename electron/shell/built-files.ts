import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';

export interface BuiltFile {
  contentType: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** URL path, for example `/assets/index-a1b2.js`, to the file. */
export type BuiltFiles = ReadonlyMap<string, BuiltFile>;

const contentTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
};

/**
 * Reads the built window once. Only what was there at the start is ever served, by exact path: no request is turned
 * into a file name. Files of other kinds (source maps) are left out. Throws when the window was not built.
 */
export async function readBuiltFiles(folder: string): Promise<BuiltFiles> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = new Map<string, BuiltFile>();
  for (const entry of entries) {
    const contentType = contentTypes[extname(entry.name)];
    if (!entry.isFile() || contentType === undefined) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = new Uint8Array(await readFile(path));
    files.set(`/${relative(folder, path).split(sep).join('/')}`, { contentType, bytes });
  }
  if (!files.has('/index.html')) throw new Error('the window was not built');
  return files;
}
