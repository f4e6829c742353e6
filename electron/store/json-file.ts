import type { z } from 'zod';
import { readPrivateFile, setAside, writePrivateFile } from './private-file.ts';

/** A file that could not be understood: moved to `aside`, and the fallback used instead. */
export interface DamagedFile {
  path: string;
  aside: string;
}

export interface JsonFileOptions {
  onDamaged?: (notice: DamagedFile) => void;
}

export interface JsonFile<T> {
  read(): Promise<T>;
  write(value: T): Promise<void>;
}

/**
 * One private JSON file. `read` gives the fallback when the file is missing, and also when it is damaged: then the file
 * is set aside, not lost. Writes from this process happen in the order asked for. Throws StoreError.
 */
export function openJsonFile<T>(
  path: string,
  schema: z.ZodType<T>,
  fallback: T,
  options: JsonFileOptions = {},
): JsonFile<T> {
  let lastWrite: Promise<void> = Promise.resolve();
  return {
    async read() {
      await lastWrite.catch(() => undefined);
      return (await readJson(path, schema, options)) ?? fallback;
    },
    write(value) {
      const next = lastWrite.catch(() => undefined).then(() => writeJson(path, value));
      lastWrite = next;
      return next;
    },
  };
}

export function writeJson(path: string, value: unknown): Promise<void> {
  return writePrivateFile(path, `${JSON.stringify(value, undefined, 2)}\n`);
}

/** Undefined when the file is missing or was damaged and set aside. */
export async function readJson<T>(
  path: string,
  schema: z.ZodType<T>,
  options: JsonFileOptions,
): Promise<T | undefined> {
  const bytes = await readPrivateFile(path);
  if (bytes === undefined) return undefined;
  const parsed = schema.safeParse(parseJson(bytes));
  if (parsed.success) return parsed.data;
  const aside = await setAside(path);
  options.onDamaged?.({ path, aside });
  return undefined;
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined; // no schema of ours takes undefined
  }
}
