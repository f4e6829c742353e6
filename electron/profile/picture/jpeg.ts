import { decode } from 'jpeg-js';
import { maxPixels, PictureError, type GreyPicture } from './grey.ts';

/** A progressive picture is drawn in some ten scans; each one costs a walk over the whole picture, however small it is. */
const maxScans = 40;
const startOfScan = 0xda;

/** Reads a JPEG (ITU-T T.81) to grey. Throws PictureError. */
export function readJpeg(bytes: Uint8Array): GreyPicture {
  const { width, height } = sizeOf(bytes);
  if (width === 0 || height === 0) throw new PictureError('damaged');
  if (width * height > maxPixels) throw new PictureError('too-large');
  const data = samplesOf(bytes);
  const pixels = new Uint8Array(width * height);
  for (let index = 0; index < pixels.length; index++) {
    const [red, green, blue] = [data[index * 3] ?? 0, data[index * 3 + 1] ?? 0, data[index * 3 + 2] ?? 0];
    pixels[index] = (red * 77 + green * 150 + blue * 29) >> 8;
  }
  return { width, height, pixels };
}

/** Red, green and blue of each pixel. */
function samplesOf(bytes: Uint8Array): Uint8Array {
  try {
    return decode(bytes, {
      useTArray: true,
      formatAsRGBA: false,
      tolerantDecoding: false,
      maxResolutionInMP: maxPixels / 1_000_000,
      maxMemoryUsageInMB: 512,
    }).data;
  } catch {
    throw new PictureError('damaged');
  }
}

/**
 * The size in the one frame header; the segments before it are stepped over (§B.2). Counts the scans behind it: inside
 * the coded data a 0xff is always followed by 0x00 or a restart mark.
 */
function sizeOf(bytes: Uint8Array): { width: number; height: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let frame: { width: number; height: number } | undefined;
  let at = 2;
  while (frame === undefined) {
    if (at + 9 > bytes.length || bytes[at] !== 0xff) throw new PictureError('damaged');
    const marker = view.getUint8(at + 1);
    // SOF0 to SOF15, without the tables DHT, JPG and DAC that stand between them.
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      frame = { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
  let scans = 0;
  for (; at + 1 < bytes.length; at++) {
    if (bytes[at] !== 0xff) continue;
    const marker = bytes[at + 1] ?? 0;
    // A second frame could be of another size than the one that was judged.
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) throw new PictureError('damaged');
    if (marker === startOfScan && ++scans > maxScans) throw new PictureError('damaged');
  }
  return frame;
}
