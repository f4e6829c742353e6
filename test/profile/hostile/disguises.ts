/** Where in a sound file of a client the hostile line goes. `head`, `middle`: before and between its directives. */
export interface SoundFile {
  head: string;
  middle: string;
  /** A block such as `<ca>`, whole. */
  block: string;
  rest: string;
}

type Disguise = (line: string, file: SoundFile) => string;

const between =
  (hostile: (line: string) => string): Disguise =>
  (line, { head, middle, block, rest }) =>
    `${head}\n${hostile(line)}\n${middle}\n${block}\n${rest}`;
const first = (text: string): string => text.charAt(0);
const others = (text: string): string => text.slice(1);

/** The look-alike of the first letter that has one: Cyrillic, which people cannot tell from Latin. */
function lookAlike(line: string): string {
  const cyrillic: Readonly<Record<string, string>> = {
    a: '\u0430',
    c: '\u0441',
    e: '\u0435',
    i: '\u0456',
    o: '\u043e',
    p: '\u0440',
    s: '\u0455',
    x: '\u0445',
  };
  return line.replace(/[aceiopsx]/, (letter) => cyrillic[letter] ?? letter);
}

const alternating = (word: string): string =>
  word.toLowerCase().replace(/[a-z][a-z]?/g, (pair) => pair.charAt(0).toUpperCase() + pair.slice(1));

/** OpenVPN cuts a line at 255 bytes and reads on: what comes behind becomes a line of its own. */
const longLine = (line: string): string => `# ${'x'.repeat(253)}${line}`;

/** Ways to hide one line from people and from careless readers (facts measured with openvpn 2.6.14 and bash 5). */
export const disguises: Readonly<Record<string, Disguise>> = {
  plain: between((line) => line),
  'upper case': between((line) => line.replace(/^\S+/, (word) => word.toUpperCase())),
  'mixed case': between((line) => line.replace(/^\S+/, alternating)),
  'two dashes': between((line) => `--${line}`),
  'double quotes': between((line) => line.replace(/^\S+/, (word) => `"${word}"`)),
  'single quotes': between((line) => line.replace(/^\S+/, (word) => `'${word}'`)),
  tabs: between((line) => `\t\t${line.replaceAll(' ', '\t')}`),
  'vertical tab': between((line) => `\v${line}`),
  'form feed': between((line) => `\f${line}`),
  'NUL inside': between((line) => `${first(line)}\0${others(line)}`),
  'NUL before': between((line) => `\0${line}`),
  'CR in a comment': between((line) => `# a comment\r${line}`),
  CRLF: (line, { head, middle, block, rest }) => [head, line, middle, block, rest].join('\n').replaceAll('\n', '\r\n'),
  'byte order mark': (line, { head, middle, block, rest }) => `\ufeff${line}\n${head}\n${middle}\n${block}\n${rest}`,
  'byte order mark inside': between((line) => `\ufeff${line}`),
  'next line U+0085': between((line) => `# a comment\u0085${line}`),
  'line separator U+2028': between((line) => `# a comment\u2028${line}`),
  'look-alike letter': between(lookAlike),
  'full-width letter': between((line) =>
    line.replace(/^[a-z]/, (letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0)),
  ),
  'zero-width space': between((line) => `${first(line)}\u200b${others(line)}`),
  'no-break space': between((line) => `\u00a0${line}`),
  'right-to-left override': between((line) => `\u202e${line}`),
  escape: between((line) => `${first(line)}\\${others(line)}`),
  'escaped space': between((line) => line.replace(' ', '\\ ')),
  'line continuation': between((line) => line.replace(' ', ' \\\n')),
  'behind a line continuation': between((line) => `# a comment \\\n${line}`),
  'behind a long comment': between(longLine),
  'behind a very long line': between((line) => `# ${'x'.repeat(100_000)}\n${line}`),
  'inside a block': (line, { head, middle, block, rest }) =>
    `${head}\n${middle}\n${block.replace('\n', `\n${line}\n`)}\n${rest}`,
  'behind the end of a block': (line, { head, middle, block, rest }) => `${head}\n${middle}\n${block} ${line}\n${rest}`,
  'behind a closing tag and NUL': (line, { head, middle, block, rest }) =>
    `${head}\n${middle}\n${block}\0\n${line}\n${rest}`,
  'in a block closed by a long line': (line, { head, middle, block, rest }) =>
    `${head}\n${middle}\n${block.replace('\n', `\n${'A'.repeat(255)}</ca>\n${line}\n<ca>\n`)}\n${rest}`,
  'in a block inside a block': (line, { head, middle, block, rest }) =>
    `${head}\n${middle}\n${block.replace('\n', `\n<connection>\n${line}\n</connection>\n`)}\n${rest}`,
  'at the end, without a line end': (line, { head, middle, block, rest }) =>
    `${head}\n${middle}\n${block}\n${rest}\n${line}`,
  'given twice': between((line) => `${line}\n${line}`),
};
