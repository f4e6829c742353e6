import { ApiError } from '../api/errors.ts';
import { ProfileError } from '../profile/errors.ts';
import { isPicture, readQr } from '../profile/picture/read-qr.ts';
import type { SignedDocument } from '../signed/document.ts';
import { maxSignatureBytes, splitParcel } from '../signed/files.ts';
import { readFrames } from '../signed/frames.ts';

export interface HandedOnFile {
  name: string;
  bytes: Uint8Array;
}

/**
 * The one signed document in files that somebody handed on: a parcel, the pictures of a set, or a document and its
 * .minisig. Throws ApiError.
 */
export function documentIn(files: readonly HandedOnFile[], maxBytes: number): SignedDocument {
  if (files.every(({ bytes }) => isPicture(bytes))) return fromPictures(files, maxBytes);
  const [first, second] = files.toSorted((a, b) => a.name.length - b.name.length);
  if (
    first &&
    second?.name === `${first.name}.minisig` &&
    files.length === 2 &&
    second.bytes.length <= maxSignatureBytes
  )
    return { bytes: first.bytes, signature: Buffer.from(second.bytes).toString('utf8') };
  const parcel = first && files.length === 1 ? splitParcel(first.bytes) : undefined;
  if (parcel) return parcel;
  throw notSigned(
    'This is no signed list: it takes one file of "sawt servers export", all pictures of one set, or a list with its .minisig.',
  );
}

function fromPictures(pictures: readonly HandedOnFile[], maxBytes: number): SignedDocument {
  const texts = pictures.map(textIn);
  const result = readFrames(texts, maxBytes);
  switch (result.kind) {
    case 'whole':
      return result.document;
    case 'incomplete':
      throw new ApiError({
        code: 'list-incomplete',
        message: `Of ${result.total} pictures these are missing: ${result.missing.join(', ')}. Add them and try again.`,
        details: { missing: result.missing.join(', ') },
      });
    case 'foreign':
      throw notSigned('The pictures are not those of one list: take all of one set, and no others.');
  }
}

/** A picture without a code is no damaged profile here. */
function textIn({ name, bytes }: HandedOnFile): string {
  try {
    return Buffer.from(readQr(bytes, name)).toString('latin1');
  } catch (error) {
    if (error instanceof ProfileError) throw notSigned(error.message);
    throw error;
  }
}

function notSigned(message: string): ApiError {
  return new ApiError({ code: 'not-a-list', message });
}
