import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quoteWord, splitWords } from '../../../electron/profile/openvpn/tokens.ts';
import { openVpnVersion, readByOpenVpn } from './real-openvpn.ts';
import { simple } from './samples.ts';

test.each([
  ['remote a 1', ['remote', 'a', '1']],
  ['\t remote\ta  ', ['remote', 'a']],
  ['', []],
  ['# remote a', []],
  [';x', []],
  ['a # b', ['a']],
  ['a#b', ['a#b']],
  ['"up" x', ['up', 'x']],
  ['"a"b', ['a', 'b']],
  ["'a \\ b'", ['a \\ b']],
  ['"a \\" b"', ['a " b']],
  ['a\\ b', ['a b']],
  ['""', ['']],
  ["''x", ['', 'x']],
  ["'it's", ['it', 's']],
  ['a\\\\b', ['a\\b']],
])('%j is split as OpenVPN splits it', (line, words) => {
  expect(splitWords(line)).toEqual(words);
});

test.each(['"a', "'a", 'a\\b', '"a\\n"', 'a\\'])('%j is a line that OpenVPN refuses', (line) => {
  expect(splitWords(line)).toBeUndefined();
});

test('a quoted word is read back as itself, whatever it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), (word) => {
      const quoted = quoteWord(word);
      if (quoted !== undefined) expect(splitWords(`x ${quoted}`)).toEqual(['x', word]);
    }),
  );
  expect(quoteWord("C=FR, CN=it's #1")).toBe('"C=FR, CN=it\'s #1"');
  for (const word of ['', 'a"b', 'a\\b', 'a\nb', 'é']) expect(quoteWord(word)).toBeUndefined();
});

test.skipIf(openVpnVersion === undefined)(
  'the real OpenVPN splits lines put together at random in the same way (skipped: no openvpn)',
  { timeout: 60_000 },
  () => {
    const piece = fc.constantFrom('a', 'b', ' ', ' ', '"', "'", '\\', '#', ';', '\t', '-', '\\"', '\\ ');
    const lines = fc.sample(fc.array(piece, { minLength: 1, maxLength: 8 }), 60).map((pieces) => pieces.join(''));
    for (const line of [...lines, '"a b"', "'a\\b'", 'a\\ b']) {
      const result = readByOpenVpn(`verify-x509-name ${line}\n${simple}`);
      const words = splitWords(`verify-x509-name ${line}`);
      const taken = 'settings' in result ? result.settings.get('verify_x509_name')?.[0] : undefined;
      // A backslash before the line end takes that end into the word; we refuse the line.
      if (words === undefined && line.endsWith('\\')) continue;
      // The directive takes one word that is not empty, or a second one that names a type, and none of our words does.
      expect([line, taken]).toEqual([line, words?.length === 2 && words[1] !== '' ? words[1] : undefined]);
    }
  },
);
