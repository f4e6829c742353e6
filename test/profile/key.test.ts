import { expect, test } from 'vitest';
import { decodeKey, encodeKey, noKey } from '../../electron/profile/key.ts';

test('a key is 32 bytes in its one spelling', () => {
  expect(decodeKey(noKey)).toEqual(Buffer.alloc(32));
  const text = encodeKey(Uint8Array.from({ length: 32 }, (_, index) => index * 7));
  expect(encodeKey(decodeKey(text) ?? new Uint8Array())).toBe(text);
});

test.each([
  [
    '',
    'A'.repeat(43),
    'A'.repeat(44),
    `${'A'.repeat(42)}==`,
    `${'A'.repeat(42)}B=`,
    `${'-'.repeat(43)}=`,
    `${noKey}\n`,
  ],
])('other spellings are not', (...texts) => {
  for (const text of texts) expect(decodeKey(text)).toBeUndefined();
});
