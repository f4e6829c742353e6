import fc from 'fast-check';
import { expect, it } from 'vitest';
import { spreadOver } from './steps.ts';

it('a spread takes one step out of each part, the same for the same seed', () => {
  fc.assert(
    fc.property(fc.integer({ min: 8, max: 200 }), fc.integer({ min: 1, max: 1000 }), (count, seed) => {
      const steps = spreadOver(count, 8, seed);
      expect(steps).toHaveLength(8);
      steps.forEach((step, part) => {
        expect(step).toBeGreaterThanOrEqual(Math.floor((part * count) / 8));
        expect(step).toBeLessThan(Math.floor(((part + 1) * count) / 8));
      });
      expect(spreadOver(count, 8, seed)).toEqual(steps);
    }),
  );
});

it('other seeds look at other steps', () => {
  const seen = new Set(Array.from({ length: 40 }, (_, seed) => spreadOver(80, 8, seed)).flat());
  expect(seen.size).toBeGreaterThan(60);
});
