import type { Handlers, ListsUpdate } from '../api/schema.ts';
import { download } from '../signed/download.ts';
import { developmentKey } from '../signed/keys.ts';
import type { Mirror } from '../signed/mirrors.ts';
import { updateDocument } from '../signed/update.ts';
import type { SignedRoom, SignedSources } from './signed-sources.ts';
import { judgeDocument } from './take-document.ts';

export interface ListDependencies extends SignedSources {
  mirrors: () => Promise<readonly Mirror[]>;
  /** Of each kind one. */
  rooms: readonly SignedRoom[];
}

/** So long a mirror has for itself before the next one is asked too. */
const headStartMs = 5000;

export function createListHandlers(
  dependencies: ListDependencies,
): Pick<Handlers, 'servers.verify' | 'servers.update'> {
  const { mirrors, rooms, releaseKeys, keeper } = dependencies;
  const update = async (room: SignedRoom, signal: AbortSignal): Promise<ListsUpdate['documents'][number]> => {
    const { kind, fileName: name, maxBytes } = room;
    const network = { mirrors: await mirrors(), download, random: Math.random, headStartMs, signal };
    return updateDocument(
      {
        ...{ kind, name, maxBytes },
        current: await room.inUse(),
        verify: (offered) => room.verify(offered, releaseKeys),
        keep: async (taken, version) => {
          await keeper.keep(kind, taken, version);
          await room.reload();
        },
      },
      network,
    );
  };
  return {
    'servers.update': async (_, { signal }) => ({
      documents: await Promise.all(rooms.map((room) => update(room, signal))),
    }),
    'servers.verify': async ({ listBase64, signature }) => {
      const signed = { bytes: Buffer.from(listBase64, 'base64'), signature };
      const claim = await judgeDocument(signed, [...releaseKeys, developmentKey], rooms);
      if ('refusal' in claim) {
        const { rule, message } = claim.refusal;
        return { ok: false, kind: claim.kind, rule, version: null, message };
      }
      const { kind, version } = claim;
      return { ok: true, kind, rule: null, version, message: claim.developmentKey ? developmentText : goodText };
    },
  };
}

const goodText = 'It is signed by a key that Sawt trusts, and sound.';
const developmentText = 'It is sound, and signed with the development key: good for tests, never taken from outside.';
