import { expect, test } from 'vitest';
import { linesOf, maxTextBytes } from '../../electron/profile/text.ts';

const lines = (text: string): string[] => linesOf(Buffer.from(text), 'f');

test('both kinds of line ends, a byte order mark and a lone CR at the very end are understood', () => {
  expect(lines('a\nb\r\nc')).toEqual(['a', 'b', 'c']);
  expect(lines('\ufeffa')).toEqual(['a']);
  expect(lines('a\tb\nÄ ☎\r')).toEqual(['a\tb', 'Ä ☎\r']);
});

test.each(['\0', '\x01', '\x08', '\v', '\f', '\x1b', '\x7f', '\x85', '\u2028', '\u2029', '\ufeff', '\r'])(
  '%j inside a line is refused as dangerous, with the line',
  (character) => {
    expect(() => lines(`ok\nPost${character}Up = x`)).toThrow(
      expect.objectContaining({ code: 'profile-dangerous', line: 2, directive: null }),
    );
  },
);

test('what is not UTF-8 is refused', () => {
  expect(() => linesOf(Uint8Array.of(0x41, 0xff), 'f')).toThrow(expect.objectContaining({ code: 'profile-invalid' }));
  expect(() => linesOf(Buffer.from('\ufeffx', 'utf16le'), 'f')).toThrow('UTF-8');
});

test('size is bounded, of the text and of a line', () => {
  expect(lines('\n'.repeat(maxTextBytes))).toHaveLength(maxTextBytes + 1);
  expect(() => lines('\n'.repeat(maxTextBytes + 1))).toThrow(expect.objectContaining({ code: 'profile-too-large' }));
  expect(() => lines(`\n${'x'.repeat(9000)}`)).toThrow(expect.objectContaining({ code: 'profile-too-large', line: 2 }));
});
