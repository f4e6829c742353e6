import jsQR from 'jsqr';
import { ProfileError, type Place, type ProfileErrorCode } from '../errors.ts';
import { PictureError, shrink, toRgba, type GreyPicture } from './grey.ts';
import { readJpeg } from './jpeg.ts';
import { readPng } from './png.ts';

const png = [0x89, 0x50, 0x4e, 0x47];
const jpeg = [0xff, 0xd8, 0xff];
const startsWith = (bytes: Uint8Array, magic: readonly number[]): boolean =>
  magic.every((byte, index) => bytes[index] === byte);

export function isPicture(bytes: Uint8Array): boolean {
  return startsWith(bytes, png) || startsWith(bytes, jpeg);
}

/**
 * Longest sides at which a code is looked for: in a photo, noise hides it when it is large, and details are lost when it
 * is small. Light on dark is looked for in the first only: searching a picture without a code costs most of the time.
 */
const searches = [
  { side: 800, inversionAttempts: 'attemptBoth' },
  { side: 1400, inversionAttempts: 'dontInvert' },
] as const;
/** Codes with fewer pixels than this a side may have one pixel a module, which is too few to be found. */
const smallSide = 400;

const problems: Record<PictureError['code'], [code: ProfileErrorCode, problem: string]> = {
  damaged: ['profile-invalid', 'the picture is damaged; save it again as PNG or JPEG'],
  'too-large': ['profile-too-large', 'the picture has too many pixels; make it smaller or cut out the QR code'],
  unsupported: ['profile-unsupported', 'it is an interlaced PNG; save the picture again without interlacing'],
};

/** The bytes in the QR code (ISO/IEC 18004) of a PNG or JPEG. Throws ProfileError when there is none to be found. */
export function readQr(bytes: Uint8Array, file: string): Uint8Array {
  const place = { file, line: null, directive: null };
  try {
    const picture = startsWith(bytes, png) ? readPng(bytes) : readJpeg(bytes);
    const found = findQr(picture);
    if (found) return found;
  } catch (error) {
    if (error instanceof PictureError) throw asProfileError(error, place);
    throw error;
  }
  throw new ProfileError(
    'profile-invalid',
    place,
    'no QR code was found in the picture; take it again from straight above, sharp and whole',
  );
}

function asProfileError(error: PictureError, place: Place): ProfileError {
  const [code, problem] = problems[error.code];
  return new ProfileError(code, place, problem);
}

function findQr(picture: GreyPicture): Uint8Array | undefined {
  const longest = Math.max(picture.width, picture.height);
  for (const [index, { side, inversionAttempts }] of searches.entries()) {
    if (index > 0 && longest <= searches[0].side) break;
    const { data, width, height } = toRgba(shrink(picture, side), longest < smallSide ? 3 : 1);
    const code = jsQR(data, width, height, { inversionAttempts });
    if (code) return Uint8Array.from(code.binaryData);
  }
  return undefined;
}
