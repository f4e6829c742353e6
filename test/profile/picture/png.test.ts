import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { toBuffer } from 'qrcode';
import { describe, expect, it, test } from 'vitest';
import { PictureError } from '../../../electron/profile/picture/grey.ts';
import { readPng } from '../../../electron/profile/picture/png.ts';
import { makePng, type PngParts } from './make-pictures.ts';

const codeOf = (read: () => unknown): unknown => {
  try {
    return read();
  } catch (error) {
    return error instanceof PictureError ? error.code : error;
  }
};
const grey: PngParts = { width: 2, height: 2, depth: 8, colour: 0, rows: [Buffer.of(0, 10, 20), Buffer.of(0, 30, 40)] };

describe('a PNG becomes grey', () => {
  test.each<[string, PngParts, number[]]>([
    ['of 8 bits', grey, [10, 20, 30, 40]],
    ['of 1 bit', { width: 3, height: 1, depth: 1, colour: 0, rows: [Buffer.of(0, 0b10100000)] }, [255, 0, 255]],
    ['of 2 bits', { width: 3, height: 1, depth: 2, colour: 0, rows: [Buffer.of(0, 0b00011100)] }, [0, 85, 255]],
    ['of 16 bits', { width: 1, height: 1, depth: 16, colour: 0, rows: [Buffer.of(0, 77, 200)] }, [77]],
    [
      'of colours',
      { width: 2, height: 1, depth: 8, colour: 2, rows: [Buffer.of(0, 255, 255, 255, 255, 0, 0)] },
      [255, 76],
    ],
    [
      'of a palette with a clear colour',
      {
        ...{ width: 3, height: 1, depth: 4, colour: 3, rows: [Buffer.of(0, 0x01, 0x20)] },
        ...{ palette: Buffer.of(0, 0, 0, 9, 9, 9, 0, 0, 0), transparency: Buffer.of(255, 255, 0) },
      },
      [0, 9, 255],
    ],
    ['with alpha', { width: 2, height: 1, depth: 8, colour: 4, rows: [Buffer.of(0, 0, 255, 0, 0)] }, [0, 255]],
    [
      'of colours with alpha',
      { width: 2, height: 1, depth: 8, colour: 6, rows: [Buffer.of(0, 0, 0, 0, 255, 0, 0, 0, 51)] },
      [0, 204],
    ],
  ])('%s', (_, parts, pixels) => {
    expect([...readPng(makePng(parts)).pixels]).toEqual(pixels);
  });

  it('whatever the filters of its rows', () => {
    const rows = [
      Buffer.of(1, 10, 10, 10), // 10 20 30
      Buffer.of(2, 1, 1, 1), // 11 21 31
      Buffer.of(3, 1, 1, 1), // 6 14 23
      Buffer.of(4, 1, 1, 1), // 7 15 24
    ];
    const { pixels } = readPng(makePng({ width: 3, height: 4, depth: 8, colour: 0, rows }));
    expect([...pixels]).toEqual([10, 20, 30, 11, 21, 31, 6, 14, 23, 7, 15, 24]);
  });

  it('as another program writes it', async () => {
    const { width, height, pixels } = readPng(await toBuffer('sawt', { type: 'png', margin: 1, scale: 2 }));
    expect([width, height]).toEqual([46, 46]);
    expect([pixels[0], pixels[2 * 46 + 2], pixels[4 * 46 + 4]]).toEqual([255, 0, 255]);
  });
});

test.each<[string, Buffer, PictureError['code']]>([
  ['a size of thousands of millions', makePng({ ...grey, width: 0x7fffffff, height: 0x7fffffff }), 'too-large'],
  ['no size', makePng({ ...grey, width: 0 }), 'damaged'],
  ['interlacing', makePng({ ...grey, interlace: 1 }), 'unsupported'],
  ['a depth that its colours cannot have', makePng({ ...grey, colour: 2, depth: 4 }), 'damaged'],
  ['a filter that is none', makePng({ ...grey, rows: [Buffer.of(0, 1, 2), Buffer.of(5, 1, 2)] }), 'damaged'],
  ['too little data', makePng({ ...grey, rows: [Buffer.of(0, 1, 2)] }), 'damaged'],
  ['data that goes on and on', makePng({ ...grey, rows: deflateSync(Buffer.alloc(50_000_000)) }), 'damaged'],
  ['data that is none', makePng({ ...grey, rows: Buffer.from('hello') }), 'damaged'],
  ['nothing but its first bytes', makePng(grey).subarray(0, 20), 'damaged'],
])('refuses %s', (_, bytes, code) => {
  expect(codeOf(() => readPng(bytes))).toBe(code);
});

test('no bytes crash the reader', () => {
  const sound = makePng(grey);
  const flips = fc.array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255)), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(flips, (changes) => {
      const bytes = Buffer.from(sound);
      for (const [at, byte] of changes) bytes[at] = byte;
      const result = codeOf(() => readPng(bytes).pixels.length >= 0);
      expect([true, 'damaged', 'too-large', 'unsupported']).toContain(result);
    }),
    { numRuns: 1500 },
  );
});
