import { expect, test } from 'vitest';
import { inputsOf } from './inputs.ts';
import { claim, type FuzzTarget } from './target.ts';
import { targets } from './targets.ts';

// A short look in every run, always the same; `npm run fuzz` looks for long, and elsewhere with another seed.

test('every target has a name of its own', () => {
  expect(new Set(targets.map(({ name }) => name)).size).toBe(targets.length);
});

test.each(targets)('$name: refuses or reads, and nothing else', async (target) => {
  for (const seed of target.seeds) await target.execute(seed);
  const next = inputsOf(target, 1);
  for (let index = 0; index < 300; index += 1) {
    const input = next();
    try {
      await target.execute(input);
    } catch (error) {
      throw new Error(`input ${index}, base64 ${Buffer.from(input).toString('base64')}`, { cause: error });
    }
  }
});

test('inputs are the same for the same seed, differ from each other, and leave the valid ones alone', () => {
  const seeds = [new Uint8Array(50).fill(1)];
  const target: FuzzTarget = { name: 'x', seeds, words: ['word'], maxBytes: 60, execute: () => undefined };
  const made = (seed: number): string[] => {
    const next = inputsOf(target, seed);
    return Array.from({ length: 200 }, () => {
      const input = next();
      expect(input.length).toBeLessThanOrEqual(60);
      const text = Buffer.from(input).toString('latin1');
      input.fill(9);
      return text;
    });
  };
  expect(made(1)).toEqual(made(1));
  expect(made(1)).not.toEqual(made(2));
  expect(new Set(made(1)).size).toBeGreaterThan(150);
  expect(made(1).some((text) => text.includes('word'))).toBe(true);
  expect(seeds[0]?.every((byte) => byte === 1)).toBe(true);
});

test('what does not hold is a fault', () => {
  expect(() => claim(false, 'one is two')).toThrow('one is two');
});
