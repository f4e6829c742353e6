import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atMost, lossUpperBound } from '../../../electron/check/quality/loss-bound.ts';

describe('lossUpperBound', () => {
  it.each([
    // None lost has a closed form: 1 - 0.05^(1/n).
    [0, 10, 0.2589],
    [0, 50, 0.0582],
    [0, 250, 0.0119],
    // Tables of Clopper and Pearson's one-sided limits.
    [1, 50, 0.0914],
    [5, 50, 0.1992],
    [10, 100, 0.1636],
    [2, 10, 0.5069],
  ])('with %d of %d lost is %d', (lost, sent, bound) => {
    expect(lossUpperBound(lost, sent)).toBeCloseTo(bound, 3);
  });

  it('is everything when all were lost, or none was sent', () => {
    expect(lossUpperBound(50, 50)).toBe(1);
    expect(lossUpperBound(0, 0)).toBe(1);
  });

  it('lies above what was seen, and would show so little loss once in twenty times', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2000 }), fc.double({ min: 0, max: 0.999, noNaN: true }), (sent, share) => {
        const lost = Math.floor(sent * share);
        const bound = lossUpperBound(lost, sent);
        expect(bound).toBeGreaterThan(lost / sent);
        expect(atMost(lost, sent, bound)).toBeCloseTo(0.05, 6);
      }),
    );
  });
});
