import { readFile } from 'node:fs/promises';
import { ApiError } from '../api/errors.ts';
import { ownServerSchema, type OwnServer } from '../profile/own-server/record.ts';
import { openCollection, type Collection } from '../store/collection.ts';
import { StoreError } from '../store/errors.ts';

/** The servers of one's own that were made here. An id that is not there is answered in words about servers. */
export function openOwnServers(folder: string): Collection<OwnServer> {
  const servers = openCollection<OwnServer>(folder, ownServerSchema);
  return {
    ...servers,
    get: (id) => servers.get(id).catch(explain),
    remove: (id) => servers.remove(id).catch(explain),
  };
}

function explain(error: unknown): never {
  if (!(error instanceof StoreError) || error.code !== 'not-found') throw error;
  throw new ApiError(
    {
      code: 'not-found',
      message: 'There is no such server of yours here; "sawt own-server list" shows those there are.',
    },
    { cause: error },
  );
}

/** Read when somebody makes a server. */
export const scriptTemplate = (path: string) => (): Promise<string> => readFile(path, 'utf8');
