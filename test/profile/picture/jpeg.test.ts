import fc from 'fast-check';
import { encode } from 'jpeg-js';
import { expect, test } from 'vitest';
import { PictureError } from '../../../electron/profile/picture/grey.ts';
import { readJpeg } from '../../../electron/profile/picture/jpeg.ts';

const codeOf = (bytes: Uint8Array): unknown => {
  try {
    return readJpeg(bytes).pixels.length;
  } catch (error) {
    return error instanceof PictureError ? error.code : error;
  }
};
/** Left half black, right half white. */
const data = Buffer.alloc(16 * 16 * 4).map((_, index) => (index % 64 < 32 ? 0 : 255));
const sound = encode({ width: 16, height: 16, data }, 95).data;
const frame = sound.indexOf(Buffer.of(0xff, 0xc0));
const scan = sound.indexOf(Buffer.of(0xff, 0xda));

test('a JPEG becomes grey', () => {
  const { width, height, pixels } = readJpeg(sound);
  expect([width, height]).toEqual([16, 16]);
  expect([...pixels.subarray(0, 16)].map((grey) => grey > 128)).toEqual([
    ...Array<boolean>(8).fill(false),
    ...Array<boolean>(8).fill(true),
  ]);
});

test('its size is judged before anything is decoded', () => {
  const large = Buffer.from(sound);
  large.writeUInt32BE(0xffffffff, frame + 5);
  expect(codeOf(large)).toBe('too-large');
  const none = Buffer.from(sound);
  none.writeUInt16BE(0, frame + 5);
  expect(codeOf(none)).toBe('damaged');
});

test('a second frame cannot bring another size', () => {
  const second = Buffer.from(sound.subarray(frame, scan));
  second.writeUInt32BE(0x40004000, 5);
  expect(codeOf(Buffer.concat([sound.subarray(0, scan), second, sound.subarray(scan)]))).toBe('damaged');
});

test('a picture of endless scans is not drawn', () => {
  const rest = sound.subarray(scan, -2);
  expect(codeOf(Buffer.concat([sound.subarray(0, scan), ...Array<Buffer>(41).fill(rest)]))).toBe('damaged');
});

test('no bytes crash the reader', () => {
  const flips = fc.array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(flips, fc.nat(sound.length), (changes, length) => {
      const bytes = Buffer.from(sound);
      for (const [at, byte] of changes) bytes[at] = byte;
      // A random size within the limits would only cost time.
      bytes.set(sound.subarray(frame + 5, frame + 9), frame + 5);
      for (const candidate of [bytes, bytes.subarray(0, length)]) {
        const result = codeOf(candidate);
        expect(typeof result === 'number' || ['damaged', 'too-large'].includes(String(result))).toBe(true);
      }
    }),
    { numRuns: 1000 },
  );
});
