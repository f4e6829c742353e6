import { readdir, rm, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { errnoOf, StoreError, storageFailed } from './errors.ts';
import { readJson, writeJson, type JsonFileOptions } from './json-file.ts';
import { setAside } from './private-file.ts';

export interface Collection<T extends { id: string }> {
  /** In the order of their ids; damaged ones are set aside and left out. */
  list(): Promise<T[]>;
  /** Throws StoreError `not-found`. */
  get(id: string): Promise<T>;
  put(value: T): Promise<void>;
  /** Throws StoreError `not-found`. */
  remove(id: string): Promise<void>;
  /** Without reading them, in the order of their ids. */
  sizes(): Promise<{ id: string; sizeBytes: number }[]>;
  /** Removes all of them, those that were set aside too. */
  clear(): Promise<void>;
}

// Lower case, because some file systems take A and a for one; the names are devices on Windows, whatever follows the dot.
const idPattern = /^(?!(?:con|prn|aux|nul|com\d|lpt\d)$)[a-z0-9][a-z0-9-]{0,63}$/;

/** Records in a private folder, one JSON file each, named by id. An id that could be a path is never looked up. */
export function openCollection<T extends { id: string }>(
  folder: string,
  schema: z.ZodType<T>,
  options: JsonFileOptions = {},
): Collection<T> {
  const pathOf = (id: string): string => {
    if (!idPattern.test(id)) throw notFound();
    return join(folder, `${id}.json`);
  };
  const read = async (id: string): Promise<T | undefined> => {
    const path = pathOf(id);
    const value = await readJson(path, schema, options);
    if (value === undefined || value.id === id) return value;
    // Someone copied the file under another name: two records with one id would overwrite each other.
    const aside = await setAside(path);
    options.onDamaged?.({ path, aside });
    return undefined;
  };

  return {
    async list() {
      const values = await Promise.all((await idsIn(folder)).map(read));
      return values.filter((value) => value !== undefined);
    },
    async get(id) {
      const value = await read(id);
      if (value === undefined) throw notFound();
      return value;
    },
    async put(value) {
      await writeJson(pathOf(value.id), value);
    },
    async remove(id) {
      const path = pathOf(id);
      try {
        await unlink(path);
      } catch (error) {
        throw errnoOf(error) === 'ENOENT' ? notFound() : storageFailed('remove', path, error);
      }
    },
    async sizes() {
      const sizes = (await idsIn(folder)).map(async (id) => ({ id, sizeBytes: await sizeOf(pathOf(id)) }));
      return Promise.all(sizes);
    },
    async clear() {
      try {
        await rm(folder, { recursive: true, force: true });
      } catch (error) {
        throw storageFailed('remove', folder, error);
      }
    },
  };
}

async function idsIn(folder: string): Promise<string[]> {
  try {
    const names = await readdir(folder);
    return names
      .filter((name) => name.endsWith('.json'))
      .map((name) => name.slice(0, -'.json'.length))
      .filter((id) => idPattern.test(id))
      .sort();
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return [];
    throw storageFailed('read', folder, error);
  }
}

/** 0 when it has just gone. */
async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return 0;
    throw storageFailed('read', path, error);
  }
}

/** The id is not repeated in the message: it came from outside. */
function notFound(): StoreError {
  return new StoreError('not-found', 'There is no such entry; look at the list for the ids there are.');
}
