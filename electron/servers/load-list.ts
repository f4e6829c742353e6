import { join } from 'node:path';
import type { SignedDocument } from '../signed/document.ts';
import { readSigned } from '../signed/files.ts';
import type { PublicKey } from '../signed/minisign.ts';
import { newestOf, type InUse } from '../signed/newest.ts';
import type { ServerList, ServerListStatus } from './types.ts';
import { maxListBytes, verifyList, type VerifiedList } from './verify-list.ts';

export interface ListSources {
  /** `resources/servers`: the list that came with the app. */
  folder: string;
  /** What an update has left. */
  kept?: SignedDocument | undefined;
  /** Who may sign a list from outside. */
  releaseKeys: readonly PublicKey[];
  now: Date;
}

/** The newest sound list; see `newestOf`. Throws Refusal when the app's own list is bad. */
export async function loadServerList({ folder, kept, releaseKeys, now }: ListSources): Promise<InUse<VerifiedList>> {
  return newestOf<ServerList, VerifiedList>({
    bundled: await readSigned(join(folder, 'servers.json'), 'servers', maxListBytes),
    kept,
    now,
    releaseKeys,
    verify: (document, trust, older) => verifyList(document, trust, older?.document),
    versionOf: ({ listVersion }) => listVersion,
  });
}

export function statusOf({
  verified,
  origin,
  developmentKey,
  expired,
  refusedUpdate,
}: InUse<VerifiedList>): ServerListStatus {
  const refused = refusedUpdate === undefined ? {} : { refusedUpdate };
  return { list: verified.document, origin, developmentKey, expired, ...refused };
}
