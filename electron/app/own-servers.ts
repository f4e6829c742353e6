import { readFile } from 'node:fs/promises';
import { ownServerSchema, type OwnServer } from '../profile/own-server/record.ts';
import { openCollection, type Collection } from '../store/collection.ts';
import { tellMissing } from './tell-missing.ts';

const missing = 'There is no such server of yours here; "sawt own-server list" shows those there are.';

/** The servers of one's own that were made here. */
export const openOwnServers = (folder: string): Collection<OwnServer> =>
  tellMissing(openCollection<OwnServer>(folder, ownServerSchema), missing);

/** Read when somebody makes a server. */
export const scriptTemplate = (path: string) => (): Promise<string> => readFile(path, 'utf8');
