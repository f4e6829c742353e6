import { crc32, deflateSync } from 'node:zlib';
import { create } from 'qrcode';
import type { GreyPicture } from '../../../electron/profile/picture/grey.ts';

/** A QR code of this text, each module so many pixels wide, with its white margin of four modules. */
export function drawQr(text: string, scale = 4): GreyPicture {
  const { modules } = create(text);
  const side = (modules.size + 8) * scale;
  const pixels = new Uint8Array(side * side).fill(255);
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const [row, column] = [Math.floor(y / scale) - 4, Math.floor(x / scale) - 4];
      const isInside = Math.min(row, column) >= 0 && Math.max(row, column) < modules.size;
      if (isInside && modules.get(row, column)) pixels[y * side + x] = 0;
    }
  return { width: side, height: side, pixels };
}

export interface PngParts {
  width: number;
  height: number;
  depth: number;
  colour: number;
  interlace?: number;
  /** Each row with its filter's byte, or the whole data as it is. */
  rows: readonly Uint8Array[] | Uint8Array;
  palette?: Uint8Array;
  transparency?: Uint8Array;
}

/** A PNG of parts that are taken as they are. */
export function makePng({
  width,
  height,
  depth,
  colour,
  interlace = 0,
  rows,
  palette,
  transparency,
}: PngParts): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([depth, colour, 0, 0, interlace], 8);
  const data = rows instanceof Uint8Array ? rows : deflateSync(Buffer.concat(rows));
  return Buffer.concat([
    Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk('IHDR', header),
    ...(palette ? [chunk('PLTE', palette)] : []),
    ...(transparency ? [chunk('tRNS', transparency)] : []),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, content: Uint8Array): Buffer {
  const bytes = Buffer.alloc(content.length + 12);
  bytes.writeUInt32BE(content.length, 0);
  bytes.write(type, 4, 'latin1');
  bytes.set(content, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, -4)), content.length + 8);
  return bytes;
}
