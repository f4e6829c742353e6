import { open } from 'node:fs/promises';
import type { SignedDocument } from './document.ts';
import { SignedError, type DocumentKind } from './errors.ts';

/** A signature of minisign has four lines, of which two are base64 and two are comments. */
export const maxSignatureBytes = 4096;

/** `path` and `path.minisig`. One byte more than allowed is read, so that the rule on the size can speak. Throws SignedError. */
export async function readSigned(path: string, kind: DocumentKind, maxBytes: number): Promise<SignedDocument> {
  const bytes = await readBounded(path, maxBytes + 1);
  const signature = await readBounded(`${path}.minisig`, maxSignatureBytes);
  if (!bytes || !signature) throw new SignedError(kind, 'missing');
  return { bytes, signature: Buffer.from(signature).toString('utf8') };
}

async function readBounded(path: string, most: number): Promise<Uint8Array | undefined> {
  try {
    const file = await open(path);
    try {
      const { size } = await file.stat();
      const buffer = Buffer.alloc(Math.min(size, most));
      const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch {
    return undefined;
  }
}

/**
 * Document and signature in one file, so that neither can come without the other: `cat x.json.minisig x.json`. The
 * document is one of JSON, and begins at the first line that a brace begins. Undefined when there is none.
 */
export function splitParcel(parcel: Uint8Array): SignedDocument | undefined {
  const bytes = Buffer.from(parcel);
  const end = bytes.subarray(0, maxSignatureBytes + 2).indexOf('\n{') + 1;
  const signature = bytes.toString('utf8', 0, end);
  return signature.startsWith('untrusted comment:') ? { bytes: bytes.subarray(end), signature } : undefined;
}

export function joinParcel({ bytes, signature }: SignedDocument): Uint8Array {
  return Buffer.concat([Buffer.from(`${signature.trimEnd()}\n`), bytes]);
}
