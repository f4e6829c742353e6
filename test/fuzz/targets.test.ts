import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inputsOf } from './inputs.ts';
import { claim } from './target.ts';
import { targets } from './targets.ts';

// A short look in every run; `npm run fuzz` looks for long.

test('every target has a name of its own', () => {
  expect(new Set(targets.map(({ name }) => name)).size).toBe(targets.length);
});

test.each(targets)('$name: refuses or reads, and nothing else', async (target) => {
  for (const seed of target.seeds) await target.execute(seed);
  await fc.assert(
    fc.asyncProperty(inputsOf(target), async (input) => {
      await target.execute(input);
    }),
    { numRuns: 150 },
  );
});

test('what does not hold is a fault', () => {
  expect(() => claim(false, 'one is two')).toThrow('one is two');
});
