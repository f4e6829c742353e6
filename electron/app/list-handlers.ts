import type { DocumentUpdate, Handlers } from '../api/schema.ts';
import { download } from '../signed/download.ts';
import type { SignedRule } from '../signed/errors.ts';
import { newKeysDocument } from '../signed/key-ring.ts';
import { developmentKey } from '../signed/keys.ts';
import type { Mirror } from '../signed/mirrors.ts';
import { updateDocument, type UpdateRequest } from '../signed/update.ts';
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
  const { mirrors, rooms, keyRing, keeper } = dependencies;
  const ask = async (request: UpdateRequest, signal: AbortSignal): Promise<DocumentUpdate> =>
    updateDocument(request, { mirrors: await mirrors(), download, random: Math.random, headStartMs, signal });
  const updateRoom = async (room: SignedRoom, signal: AbortSignal): Promise<DocumentUpdate> =>
    ask(
      {
        ...{ kind: room.kind, name: room.fileName, maxBytes: room.maxBytes },
        current: await room.inUse(),
        verify: (offered) => room.verify(offered, keyRing.outside()),
        keep: async (taken, version) => {
          await keeper.keep(room.kind, taken, version);
          await room.reload();
        },
      },
      signal,
    );
  const updateKeys = (signal: AbortSignal): Promise<DocumentUpdate> => {
    const renewed = keyRing.renewed();
    return ask(
      {
        ...{ kind: 'keys', name: 'keys.json', maxBytes: newKeysDocument.maxBytes },
        current: renewed && { ...renewed, expired: false },
        verify: (offered) => Promise.resolve().then(() => keyRing.verify(offered)),
        keep: async (taken, version) => {
          await keeper.keep('keys', taken, version);
          await keyRing.reload();
        },
      },
      signal,
    );
  };
  const updateRooms = (signal: AbortSignal): Promise<DocumentUpdate[]> =>
    Promise.all(rooms.map((room) => updateRoom(room, signal)));
  return {
    'servers.update': async (_, { signal }) => {
      const documents = await updateRooms(signal);
      // A key that we do not know may be a new one: only then is it worth a question.
      if (keyRing.outside().length === 0 || !documents.some(isOfUnknownKey)) return { documents };
      const keys = await updateKeys(signal);
      return { documents: keys.outcome === 'updated' ? [...(await updateRooms(signal)), keys] : documents };
    },
    'servers.verify': async ({ listBase64, signature }) => {
      const signed = { bytes: Buffer.from(listBase64, 'base64'), signature };
      const claim = await judgeDocument(signed, [...keyRing.outside(), developmentKey], rooms);
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

const isOfUnknownKey = ({ failures }: DocumentUpdate): boolean =>
  failures.some(({ rule }) => rule === ('signature-key' satisfies SignedRule));
