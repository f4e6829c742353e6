import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanName, inputName, profileName } from '../../electron/profile/names.ts';

test('honest names stay as they are, in every script', () => {
  for (const name of ['Madrid', 'مدريد 1', 'Île-de-France', '東京', 'a.b_c-d']) expect(cleanName(name)).toBe(name);
  expect(profileName('مدريد.conf')).toBe('مدريد');
});

test('plain names are cleaned and cut as all others are', () => {
  expect(cleanName(' two  words\t')).toBe('two words');
  expect(cleanName('a'.repeat(41))).toBe('a'.repeat(40));
  expect(cleanName(`${'a'.repeat(39)} b`)).toBe('a'.repeat(39));
});

test('towers of accents are cut', () => {
  expect(Array.from(cleanName(`Z${'\u0301'.repeat(1000)}`)).length).toBeLessThan(125);
});

test('whatever the name, what is shown is short, visible and in one line', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
      for (const shown of [inputName(name), profileName(name)]) {
        expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}/\\]/u);
        expect(shown).toBe(shown.trim());
        expect(shown).not.toBe('');
        expect([...new Intl.Segmenter('und').segment(shown)].length).toBeLessThanOrEqual(40);
      }
    }),
  );
});
