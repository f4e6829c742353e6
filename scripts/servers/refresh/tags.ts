import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

const schema = z.record(z.string(), z.strictObject({ entityTag: z.string().max(300), file: z.string().max(64) }));

/**
 * By which name each provider knows the list that our file was made of, so that it need not send it again. It holds only
 * while the file is the one that was written then. Kept beside the repository's own files, for nobody else.
 */
export interface Tags {
  get(provider: string, file: string): string | null;
  set(provider: string, file: string, entityTag: string | null): void;
}

export function openTags(path: string): Tags {
  const known = read(path);
  return {
    get(provider, file) {
      const entry = Object.hasOwn(known, provider) ? known[provider] : undefined;
      return entry?.file === hashOf(file) ? entry.entityTag : null;
    },
    set(provider, file, entityTag) {
      if (entityTag === null) Reflect.deleteProperty(known, provider);
      else known[provider] = { entityTag, file: hashOf(file) };
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, `${JSON.stringify(known, null, 1)}\n`);
    },
  };
}

/** Only saves a provider some work: what cannot be read is as good as none. */
function read(path: string): z.infer<typeof schema> {
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return {};
  }
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
