import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { ListError } from './errors.ts';
import { developmentKey, releaseKeys } from './keys.ts';
import type { PublicKey } from './minisign.ts';
import type { ServerList, ServerListStatus } from './types.ts';
import { verifyList, type VerifiedList } from './verify-list.ts';

export interface ListPlaces {
  /** `resources/servers`: the list that came with the app. */
  folder: string;
  /** Where a newer list may lie; it may be missing. */
  updatedFolder?: string;
  /** The highest version used so far. */
  floor: number;
  now: Date;
  /** Who may sign a list from outside. */
  updateKeys?: readonly PublicKey[];
}

/**
 * The newest sound list. One from outside that is missing, older or bad gives way to the one that came with the app,
 * which is never refused for its age: that would lock out a person who cannot get another. Throws ListError when the
 * app's own list is bad.
 */
export async function loadServerList(places: ListPlaces): Promise<ServerListStatus> {
  const { folder, updatedFolder, floor, now, updateKeys = releaseKeys } = places;
  const ownFiles = await readFiles(folder);
  if (!ownFiles) throw new ListError('missing');
  const trusted = [...releaseKeys, developmentKey];
  // No clock is taken at its word here: a blocked computer's may be years behind.
  const bundled = verifyList({ ...ownFiles, keys: trusted, floor: 0, now: new Date(8_640_000_000_000_000) });
  const clock = latest(now, bundled.list);
  const newer = updatedFolder === undefined ? undefined : await readFiles(updatedFolder);
  if (!newer) return statusOf(bundled, 'bundled', clock);

  try {
    const least = Math.max(floor, bundled.list.listVersion);
    const updated = verifyList({ ...newer, keys: updateKeys, floor: least, now: clock, older: bundled.list });
    return statusOf(updated, 'updated', latest(clock, updated.list));
  } catch (error) {
    if (!(error instanceof ListError)) throw error;
    return { ...statusOf(bundled, 'bundled', clock), refusedUpdate: error.rule };
  }
}

/** The later of two: the clock, and when the list was made, which has certainly passed. */
function latest(clock: Date, { issuedAt }: ServerList): Date {
  return new Date(Math.max(clock.getTime(), Date.parse(issuedAt)));
}

function statusOf(
  { list, developmentKey }: VerifiedList,
  origin: ServerListStatus['origin'],
  clock: Date,
): ServerListStatus {
  return { list, origin, developmentKey, expired: clock.getTime() > Date.parse(list.expiresAt) };
}

/** Undefined when one of the two is missing. */
async function readFiles(folder: string): Promise<{ list: Uint8Array; signature: string } | undefined> {
  const list = await readBounded(join(folder, 'servers.json'));
  const signature = await readBounded(join(folder, 'servers.json.minisig'));
  return list && signature && { list, signature: Buffer.from(signature).toString('utf8') };
}

/** A little more than a list may have, so that the rule on its size can speak. */
const readLimit = 2 * 1024 * 1024;

async function readBounded(path: string): Promise<Uint8Array | undefined> {
  try {
    const file = await open(path);
    try {
      const buffer = Buffer.alloc(readLimit);
      const { bytesRead } = await file.read(buffer, 0, readLimit, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch {
    return undefined;
  }
}
