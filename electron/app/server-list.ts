import { join } from 'node:path';
import type { Profile } from '../profile/types.ts';
import { loadAccountProviders } from '../servers/accounts/load-providers.ts';
import { developmentKey, releaseKeys } from '../servers/keys.ts';
import { loadServerList } from '../servers/load-list.ts';
import { recogniseProvider } from '../servers/recognise.ts';
import type { ServerListStatus } from '../servers/types.ts';
import { verifyList } from '../servers/verify-list.ts';

export interface ServerListRoom {
  /** The verified list in use; rejects with the servers room's ListError. */
  list: () => Promise<ServerListStatus>;
  /** Rejects when the given list would not be taken in place of the one in use. */
  verify: (list: Uint8Array, signature: string) => Promise<void>;
  /** Null also when there is no usable list: an import does not depend on it. */
  recognise: (profile: Profile) => Promise<string | null>;
}

/** The list that came with the app, in `folder`; read and verified once, on first use. */
export function openServerList(folder: string, now: () => Date): ServerListRoom {
  let loaded: Promise<ServerListStatus> | undefined;
  const list = (): Promise<ServerListStatus> => (loaded ??= loadServerList({ folder, floor: 0, now: now() }));
  return {
    list,
    verify: async (bytes, signature) => {
      const { list: older } = await list();
      const keys = [...releaseKeys, developmentKey];
      verifyList({ list: bytes, signature, keys, floor: older.listVersion, now: now(), older });
    },
    recognise: (profile) =>
      Promise.all([list(), loadAccountProviders(join(folder, 'accounts'))]).then(
        ([status, { providers }]) => recogniseProvider(profile, status.list, providers),
        () => null,
      ),
  };
}
