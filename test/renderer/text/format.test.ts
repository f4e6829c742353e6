import { describe, expect, it } from 'vitest';
import { counter, createFormats, fill, pieces } from '../../../renderer/text/format.ts';

describe('templates', () => {
  it('fall into text and places', () => {
    expect(pieces('Asked {address} for {target}.')).toEqual([
      { text: 'Asked ', place: false },
      { text: 'address', place: true },
      { text: ' for ', place: false },
      { text: 'target', place: true },
      { text: '.', place: false },
    ]);
  });

  it('are filled with isolated values, and with nothing where a value is missing', () => {
    expect(fill('{a}: {b}', { a: 'x' })).toBe('\u2068x\u2069: \u2068\u2069');
  });

  it('do not fill what a value itself contains', () => {
    expect(fill('{a}', { a: '{b}', b: 'no' })).toBe('\u2068{b}\u2069');
  });
});

describe('counting', () => {
  it('chooses the form of the language and falls back to the general one', () => {
    const lines = counter('en')({ one: '{n} line', other: '{n} lines' });
    expect([lines(1), lines(2), lines(0)]).toEqual(['1 line', '2 lines', '0 lines']);
    expect(counter('fr')({ one: '{n} ligne', other: '{n} lignes' })(0)).toBe('0 ligne');
    expect(counter('ar-u-nu-latn')({ other: '{n}' })(2)).toBe('2');
  });
});

describe('formats', () => {
  it('follow the language', () => {
    expect(createFormats('en-GB').seconds(640)).toBe('0.6 seconds');
    expect(createFormats('fr').seconds(640)).toMatch(/^0,6\sseconde$/);
    expect(createFormats('en-GB').instant(5)).toBe('0.01s');
    expect(createFormats('fr').country('ES')).toBe('Espagne');
    expect(createFormats('en-GB').date('2026-08-22')).toBe('22 August 2026');
  });
});
