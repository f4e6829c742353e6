import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { decodeBase45, encodeBase45 } from './base45.ts';
import type { SignedDocument } from './document.ts';
import { joinParcel, maxSignatureBytes, splitParcel } from './files.ts';

/**
 * A signed document as a set of short texts, one a QR code: `SAWT1:HASH:INDEX/TOTAL:DATA`. The parcel is deflated (RFC
 * 1951), cut, and each piece written in base45; the hash is the first eight bytes of the SHA-256 of what was cut, and
 * tells pieces of one set from those of another. It proves nothing: the signature inside does.
 */
const pattern = /^SAWT1:([0-9A-F]{16}):([1-9]\d?)\/([1-9]\d?):([0-9A-Z $%*+\-./:]{1,3000})$/;

/** 1,500 characters, in a code of version 26 with medium correction: a telephone reads it from a screen. */
const pieceBytes = 1000;
const maxPieces = 60;

/** Undefined when it is too large for a set that anybody would photograph. */
export function writeFrames(document: SignedDocument): string[] | undefined {
  const packed = deflateRawSync(joinParcel(document), { level: 9 });
  const total = Math.ceil(packed.length / pieceBytes);
  if (total > maxPieces) return undefined;
  const hash = hashOf(packed);
  return Array.from({ length: total }, (_, index) => {
    const piece = packed.subarray(index * pieceBytes, (index + 1) * pieceBytes);
    return `SAWT1:${hash}:${index + 1}/${total}:${encodeBase45(piece)}`;
  });
}

/** What is wrong with a set. `missing` names the pieces that are not there. */
export type FramesResult =
  | { kind: 'whole'; document: SignedDocument }
  | { kind: 'incomplete'; missing: number[]; total: number }
  | { kind: 'foreign' };

/**
 * Puts pieces together, in whatever order and however often they come. `foreign`: a text is no piece, or they are of
 * different sets, or what they make is no signed document.
 */
export function readFrames(texts: readonly string[], maxBytes: number): FramesResult {
  const frames = texts.map((text) => pattern.exec(text));
  const [first] = frames;
  const total = Number(first?.[3] ?? 0);
  const pieces = new Map<number, Uint8Array>();
  for (const frame of frames) {
    const piece = frame && decodeBase45(frame[4] ?? '');
    if (!piece || frame[1] !== first?.[1] || Number(frame[3]) !== total) return { kind: 'foreign' };
    pieces.set(Number(frame[2]), piece);
  }
  if (total === 0 || total > maxPieces) return { kind: 'foreign' };
  const numbers = Array.from({ length: total }, (_, index) => index + 1);
  const missing = numbers.filter((number) => !pieces.has(number));
  if (missing.length > 0) return { kind: 'incomplete', missing, total };
  const packed = Buffer.concat(numbers.map((number) => pieces.get(number) ?? Buffer.alloc(0)));
  const document = hashOf(packed) === first?.[1] ? unpack(packed, maxBytes) : undefined;
  return document ? { kind: 'whole', document } : { kind: 'foreign' };
}

/** Never unpacked to more than a document and its signature can be. */
function unpack(packed: Uint8Array, maxBytes: number): SignedDocument | undefined {
  try {
    return splitParcel(inflateRawSync(packed, { maxOutputLength: maxBytes + maxSignatureBytes }));
  } catch {
    return undefined;
  }
}

const hashOf = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex').slice(0, 16).toUpperCase();
