import { isUtf8 } from 'node:buffer';
import type { z } from 'zod';
import { SignedError, type DocumentKind } from './errors.ts';
import { verifySignature, type PublicKey } from './minisign.ts';

/** A document as it travels. Only these bytes are ever read, and only once they are verified. */
export interface SignedDocument {
  /** The exact bytes that were signed. */
  bytes: Uint8Array;
  /** The text of the .minisig file. */
  signature: string;
}

/** What every signed document says of itself. */
export interface Dated {
  /** ISO 8601, UTC. */
  issuedAt: string;
  expiresAt: string;
}

/** One kind of document: how large it can be, its strict shape, and where its version stands. */
export interface DocumentType<T extends Dated> {
  kind: DocumentKind;
  maxBytes: number;
  schema: z.ZodType<T>;
  versionOf: (document: T) => number;
}

export interface Trust {
  keys: readonly PublicKey[];
  /** The highest version used so far: an older document is refused. */
  floor: number;
  now: Date;
}

const dayMs = 86_400_000;

/** Later than any document can say: for what must not be refused by a clock that nobody can trust. */
export const endOfTime = new Date(8_640_000_000_000_000);

/**
 * Signature first, then shape, then sense. Past its expiry a document is still good: a person whose network blocks
 * updates must not be locked out. Throws SignedError with the rule that failed.
 */
export function verifyDocument<T extends Dated>(
  type: DocumentType<T>,
  { bytes, signature }: SignedDocument,
  { keys, floor, now }: Trust,
): { document: T; key: PublicKey } {
  const { kind, maxBytes, schema, versionOf } = type;
  if (bytes.length > maxBytes) throw new SignedError(kind, 'size');
  const key = verifySignature(bytes, signature, keys, kind);
  const parsed = schema.safeParse(parseJson(bytes, kind));
  if (!parsed.success) throw new SignedError(kind, 'schema', parsed.error.issues[0]?.path.join('.') ?? null);
  const document = parsed.data;
  if (versionOf(document) < floor) throw new SignedError(kind, 'version-floor');
  const issued = Date.parse(document.issuedAt);
  if (Date.parse(document.expiresAt) <= issued) throw new SignedError(kind, 'dates');
  if (issued > now.getTime() + dayMs) throw new SignedError(kind, 'issued-in-future');
  return { document, key };
}

export function parseJson(bytes: Uint8Array, kind: DocumentKind): unknown {
  // A TextDecoder that is strict takes as long over a list of servers as reading its JSON does.
  if (!isUtf8(bytes)) throw new SignedError(kind, 'json');
  try {
    return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
  } catch {
    throw new SignedError(kind, 'json');
  }
}

/** The later of two: the clock, and when a document was made, which has certainly passed. */
export function latest(clock: Date, { issuedAt }: Dated): Date {
  return new Date(Math.max(clock.getTime(), Date.parse(issuedAt)));
}

export const isExpired = ({ expiresAt }: Dated, now: Date): boolean => now.getTime() > Date.parse(expiresAt);
