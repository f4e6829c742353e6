import { parseJson, type SignedDocument } from '../signed/document.ts';
import { Refusal, type DocumentKind } from '../signed/errors.ts';
import { isDevelopmentKey } from '../signed/keys.ts';
import { verifySignature, type PublicKey } from '../signed/minisign.ts';
import type { DocumentUpdate } from '../signed/update.ts';
import type { SignedRoom, SignedSources } from './signed-sources.ts';

export interface Claim {
  kind: DocumentKind;
  version: number;
  developmentKey: boolean;
}

/** Why a document is not taken, and what it said it was, as far as that was read. */
export interface Rejected {
  kind: DocumentKind;
  refusal: Refusal;
}

/** What a document claims to be is read only when it is signed; then it is held to the rules of that kind. */
export async function judgeDocument(
  signed: SignedDocument,
  keys: readonly PublicKey[],
  rooms: readonly SignedRoom[],
): Promise<Claim | Rejected> {
  let kind: DocumentKind = 'servers';
  try {
    const key = verifySignature(signed.bytes, signed.signature, keys, kind);
    kind = kindOf(parseJson(signed.bytes, kind));
    const room = roomFor(kind, rooms);
    return { kind, version: await room.verify(signed, keys), developmentKey: isDevelopmentKey(key) };
  } catch (refusal) {
    if (refusal instanceof Refusal) return { kind, refusal };
    throw refusal;
  }
}

/** Puts a document that came from outside in use, when it is sound and newer. Throws Refusal, and what keeping it throws. */
export async function takeDocument(
  signed: SignedDocument,
  rooms: readonly SignedRoom[],
  { keeper, releaseKeys }: SignedSources,
): Promise<DocumentUpdate> {
  for (const { kind, ...room } of rooms) {
    const { document, version } = await room.inUse();
    // What is in use already needs nobody's word for it.
    if (document.signature === signed.signature && Buffer.from(document.bytes).equals(signed.bytes))
      return taken(kind, 'unchanged', version, version);
  }
  const claim = await judgeDocument(signed, releaseKeys, rooms);
  if ('refusal' in claim) throw claim.refusal;
  const { kind, version } = claim;
  const room = roomFor(kind, rooms);
  const { version: previous } = await room.inUse();
  if (version <= previous) return taken(kind, 'unchanged', previous, previous);
  await keeper.keep(kind, signed, version);
  await room.reload();
  return taken(kind, 'updated', version, previous);
}

function taken(
  kind: DocumentKind,
  outcome: 'updated' | 'unchanged',
  version: number,
  previousVersion: number,
): DocumentUpdate {
  return { kind, outcome, version, previousVersion, mirror: null, rule: null, failures: [] };
}

export function roomFor(kind: DocumentKind, rooms: readonly SignedRoom[]): SignedRoom {
  const room = rooms.find((one) => one.kind === kind);
  if (!room) throw new TypeError(`There is no room for ${kind}.`);
  return room;
}

function kindOf(value: unknown): DocumentKind {
  return typeof value === 'object' && value !== null && 'services' in value ? 'catalogue' : 'servers';
}
