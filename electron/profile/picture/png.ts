import { inflateSync } from 'node:zlib';
import { maxPixels, PictureError, type GreyPicture } from './grey.ts';

/**
 * Reads a PNG (W3C PNG, third edition, 2025) to grey: all colour types and depths, not interlaced. Our own reader,
 * because nothing is unpacked beyond the size that the header gives. Throws PictureError.
 */
export function readPng(bytes: Uint8Array): GreyPicture {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { header, palette, transparency, data } = readChunks(buffer);
  const { width, height, depth, channels } = header;
  const rowBytes = Math.ceil((width * channels * depth) / 8);
  const rows = unfilter(inflate(data, (rowBytes + 1) * height), rowBytes, Math.max(1, (channels * depth) >> 3));
  const pixels = new Uint8Array(width * height);
  const sample = sampler(depth);
  const toGrey = greyOf(header, palette, transparency);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      pixels[y * width + x] = toGrey((channel) => sample(rows, y * rowBytes, x * channels + channel));
  return { width, height, pixels };
}

interface Header {
  width: number;
  height: number;
  /** Bits a sample. */
  depth: number;
  colour: number;
  channels: number;
}

/** Samples a pixel by colour type: grey, RGB, palette, grey with alpha, RGB with alpha; and the depths of each (§11.2.1). */
const colourTypes: ReadonlyMap<number, { channels: number; depths: readonly number[] }> = new Map([
  [0, { channels: 1, depths: [1, 2, 4, 8, 16] }],
  [2, { channels: 3, depths: [8, 16] }],
  [3, { channels: 1, depths: [1, 2, 4, 8] }],
  [4, { channels: 2, depths: [8, 16] }],
  [6, { channels: 4, depths: [8, 16] }],
]);

function readChunks(bytes: Buffer): { header: Header; palette: Buffer; transparency: Buffer; data: Buffer } {
  const header = readHeader(bytes);
  let palette: Buffer = Buffer.alloc(0);
  let transparency: Buffer = Buffer.alloc(0);
  const data: Buffer[] = [];
  for (let at = 33; at + 12 <= bytes.length;) {
    const length = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    const content = bytes.subarray(at + 8, at + 8 + length);
    if (type === 'IEND') break;
    if (type === 'PLTE') palette = content;
    if (type === 'tRNS') transparency = content;
    if (type === 'IDAT') data.push(content);
    at += length + 12;
  }
  return { header, palette, transparency, data: Buffer.concat(data) };
}

function readHeader(bytes: Buffer): Header {
  if (bytes.length < 33 || bytes.toString('latin1', 12, 16) !== 'IHDR') throw new PictureError('damaged');
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  const [depth = 0, colour = 0, , , interlace] = bytes.subarray(24, 29);
  const type = colourTypes.get(colour);
  if (!type?.depths.includes(depth) || width === 0 || height === 0) throw new PictureError('damaged');
  if (width * height > maxPixels) throw new PictureError('too-large');
  if (interlace !== 0) throw new PictureError('unsupported');
  return { width, height, depth, colour, channels: type.channels };
}

function inflate(data: Buffer, sizeBytes: number): Buffer {
  try {
    const inflated = inflateSync(data, { maxOutputLength: sizeBytes });
    if (inflated.length === sizeBytes) return inflated;
  } catch {
    // Said below: damaged, or made to unpack to more than the picture.
  }
  throw new PictureError('damaged');
}

/** Takes back the filter of each row (§9), in place, and closes the gaps of the filters' bytes. */
function unfilter(bytes: Buffer, rowBytes: number, step: number): Buffer {
  const rows = Buffer.alloc((bytes.length / (rowBytes + 1)) * rowBytes);
  for (let from = 0, to = 0; from < bytes.length; from += rowBytes + 1, to += rowBytes) {
    const filter = bytes[from];
    for (let x = 0; x < rowBytes; x++) {
      const left = x >= step ? (rows[to + x - step] ?? 0) : 0;
      const up = to > 0 ? (rows[to + x - rowBytes] ?? 0) : 0;
      const corner = x >= step && to > 0 ? (rows[to + x - rowBytes - step] ?? 0) : 0;
      rows[to + x] = (bytes[from + 1 + x] ?? 0) + prediction(filter, left, up, corner);
    }
  }
  return rows;
}

function prediction(filter: number | undefined, left: number, up: number, corner: number): number {
  switch (filter) {
    case 0:
      return 0;
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4:
      return paeth(left, up, corner);
    default:
      throw new PictureError('damaged');
  }
}

function paeth(left: number, up: number, corner: number): number {
  const [byLeft, byUp, byCorner] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  if (byLeft <= byUp && byLeft <= byCorner) return left;
  return byUp <= byCorner ? up : corner;
}

/** Reads the sample with this number in a row; of 16 bits the upper 8, of fewer than 8 the bare number. */
function sampler(depth: number): (rows: Buffer, row: number, index: number) => number {
  if (depth >= 8) return (rows, row, index) => rows[row + index * (depth >> 3)] ?? 0;
  const mask = (1 << depth) - 1;
  return (rows, row, index) => {
    const bit = index * depth;
    return ((rows[row + (bit >> 3)] ?? 0) >> (8 - depth - (bit & 7))) & mask;
  };
}

type Samples = (channel: number) => number;

/** A pixel's grey over white paper. */
function greyOf({ colour, depth }: Header, palette: Buffer, transparency: Buffer): (samples: Samples) => number {
  const luma = (red: number, green: number, blue: number): number => (red * 77 + green * 150 + blue * 29) >> 8;
  const over = (grey: number, alpha: number): number => 255 - ((255 - grey) * alpha) / 255;
  const scale = depth < 8 ? 255 / ((1 << depth) - 1) : 1;
  switch (colour) {
    case 2:
      return (samples) => luma(samples(0), samples(1), samples(2));
    case 3:
      return (samples) => {
        const index = samples(0);
        const [red = 0, green = 0, blue = 0] = palette.subarray(3 * index, 3 * index + 3);
        return over(luma(red, green, blue), transparency[index] ?? 255);
      };
    case 4:
      return (samples) => over(samples(0), samples(1));
    case 6:
      return (samples) => over(luma(samples(0), samples(1), samples(2)), samples(3));
    default:
      return (samples) => samples(0) * scale;
  }
}
