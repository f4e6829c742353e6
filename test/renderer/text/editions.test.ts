import { describe, expect, it } from 'vitest';
import { fill } from '../../../renderer/text/format.ts';
import { editions } from '../../../renderer/text/languages.ts';

/** Every sentence of an edition by its path; counted sentences once for each number that takes another form. */
function sentences(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') {
    return [0, 1, 2, 3, 11, 100].map((count) => [`${path}(${count})`, (value as (count: number) => string)(count)]);
  }
  return Object.entries(value as object).flatMap(([key, part]) => sentences(part, `${path}.${key}`));
}

const placesOf = (sentence: string): string[] => [...sentence.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();
const english = new Map(sentences(editions.en.text));
/** The same in every language: names of protocols, and what a file begins with. */
const untranslated =
  /^\.connect\.(kinds|transports|add\.pasteHint)|^\.shell\.name|^\.history\.comma|^\.ownServer\.doors|^\.relay\.transports/;

describe.each(Object.entries(editions))('the edition %s', (language, { text }) => {
  const all = sentences(text);

  it('leaves nothing empty', () => {
    expect(all.filter(([, sentence]) => sentence.trim() === '')).toEqual([]);
  });

  it('has the same places to fill as the English one', () => {
    for (const [path, sentence] of all) {
      expect([path, placesOf(sentence)]).toEqual([path, placesOf(english.get(path) ?? '')]);
    }
  });

  it('leaves no sentence in English', () => {
    if (language === 'en') return;
    const sameInBoth = new Set(['Service', 'Messages', 'Certain', 'Version {version}']);
    const left = all.filter(([path, sentence]) => english.get(path) === sentence && !untranslated.test(path));
    expect(left.filter(([, sentence]) => !sameInBoth.has(sentence))).toEqual([]);
  });

  it('uses no straight apostrophes or three dots', () => {
    expect(all.filter(([, sentence]) => /['"]|\.\.\./.test(sentence))).toEqual([]);
  });
});

describe('French', () => {
  it('has a narrow no-break space before ; : ! ? and none that breaks', () => {
    const wrong = sentences(editions.fr.text).filter(([, sentence]) => /[^\u202f][;:!?](\s|$)/.test(sentence));
    expect(wrong).toEqual([]);
  });
});

describe('Arabic', () => {
  it('is written from right to left, in Arabic script, with its own punctuation', () => {
    expect(editions.ar.direction).toBe('rtl');
    const all = sentences(editions.ar.text).filter(([path]) => !untranslated.test(path));
    expect(all.filter(([, sentence]) => !/[\u0600-\u06ff]/.test(sentence))).toEqual([]);
    expect(all.filter(([, sentence]) => /[\u0600-\u06ff]\s*[,;?]/.test(sentence))).toEqual([]);
  });

  it('counts in all its forms', () => {
    const { dropped } = editions.ar.text.connect.outcome;
    const forms = [1, 2, 3, 11, 100].map((count) => dropped(count).replace(/\d+/, 'n'));
    expect(new Set(forms).size).toBe(5);
  });

  it('keeps an address in its order inside a sentence', () => {
    expect(fill(editions.ar.text.evidence.show, { service: '203.0.113.3' })).toContain('\u2068203.0.113.3\u2069');
  });

  it('writes numbers in the digits of the addresses beside them', () => {
    expect(editions.ar.formats.seconds(640)).toMatch(/^0\.6\s/);
  });
});
