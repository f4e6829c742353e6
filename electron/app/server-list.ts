import { join } from 'node:path';
import type { Profile } from '../profile/types.ts';
import { loadAccountProviders, type AccountProviders } from '../servers/accounts/load-providers.ts';
import { loadServerList, statusOf } from '../servers/load-list.ts';
import { recogniseProvider } from '../servers/recognise.ts';
import type { ServerListStatus } from '../servers/types.ts';
import { maxListBytes, verifyList, type VerifiedList } from '../servers/verify-list.ts';
import type { InUse } from '../signed/newest.ts';
import type { SignedRoom, SignedSources } from './signed-sources.ts';

export interface ServerListRoom {
  /** The verified list in use; rejects with a Refusal. */
  list: () => Promise<ServerListStatus>;
  /** Null also when there is no usable list: an import does not depend on it. */
  recognise: (profile: Profile) => Promise<string | null>;
  signed: SignedRoom;
}

/** The list in use, its own in `resources/servers`; read and verified once, on first use, and again after an update. */
export function openServerList(resources: string, { keeper, keyRing, now }: SignedSources): ServerListRoom {
  const folder = join(resources, 'servers');
  let loaded: Promise<InUse<VerifiedList>> | undefined;
  const load = async (): Promise<InUse<VerifiedList>> =>
    loadServerList({ folder, kept: await keeper.read('servers'), releaseKeys: keyRing.outside(), now: now() });
  const inUse = (): Promise<InUse<VerifiedList>> => (loaded ??= load());
  const list = async (): Promise<ServerListStatus> => statusOf(await inUse());
  // They never change while the program runs, and a zip asks a thousand times.
  let marked: Promise<AccountProviders> | undefined;
  const accountProviders = (): Promise<AccountProviders> => (marked ??= loadAccountProviders(join(folder, 'accounts')));
  return {
    list,
    recognise: (profile) =>
      Promise.all([list(), accountProviders()]).then(
        ([status, { providers }]) => recogniseProvider(profile, status.list, providers),
        () => null,
      ),
    signed: {
      kind: 'servers',
      fileName: 'servers.json',
      maxBytes: maxListBytes,
      inUse: async () => {
        const { signed, expired, verified } = await inUse();
        return { document: signed, version: verified.document.listVersion, expired };
      },
      verify: async (signed, keys) => {
        const { verified, clock } = await inUse();
        const floor = Math.max(verified.document.listVersion, await keeper.floor('servers'));
        return verifyList(signed, { keys, floor, now: clock }, verified.document).document.listVersion;
      },
      reload: async () => {
        loaded = undefined;
        await inUse();
      },
    },
  };
}
