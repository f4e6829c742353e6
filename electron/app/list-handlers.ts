import type { Handlers, ListVerdict, ListsUpdate } from '../api/schema.ts';
import { parseJson } from '../signed/document.ts';
import { download } from '../signed/download.ts';
import { Refusal, type DocumentKind } from '../signed/errors.ts';
import { developmentKey, isDevelopmentKey } from '../signed/keys.ts';
import { verifySignature } from '../signed/minisign.ts';
import type { Mirror } from '../signed/mirrors.ts';
import { updateDocument } from '../signed/update.ts';
import type { SignedRoom, SignedSources } from './signed-sources.ts';

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
      const keys = [...releaseKeys, developmentKey];
      let room = rooms[0];
      try {
        // What it claims to be is read only when it is signed.
        const key = verifySignature(signed.bytes, signature, keys, 'servers');
        room = rooms.find(({ kind }) => kind === kindOf(parseJson(signed.bytes, 'servers'))) ?? room;
        const version = await room?.verify(signed, keys);
        return verdict(room?.kind ?? null, null, version ?? null, isDevelopmentKey(key) ? developmentText : goodText);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return verdict(room?.kind ?? null, error.rule, null, error.message);
      }
    },
  };
}

const goodText = 'It is signed by a key that Sawt trusts, and sound.';
const developmentText = 'It is sound, and signed with the development key: good for tests, never taken from outside.';

function verdict(kind: DocumentKind | null, rule: string | null, version: number | null, message: string): ListVerdict {
  return { ok: rule === null, kind, rule, version, message };
}

function kindOf(value: unknown): DocumentKind {
  return typeof value === 'object' && value !== null && 'services' in value ? 'catalogue' : 'servers';
}
