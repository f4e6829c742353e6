import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { interarrivalJitter } from '../../../electron/check/quality/jitter.ts';

describe('interarrivalJitter', () => {
  it('takes a sixteenth of each difference, as the formula of RFC 3550 says', () => {
    expect(interarrivalJitter([50, 66])).toBe(1);
    expect(interarrivalJitter([50, 66, 50])).toBe(1 + 15 / 16);
    expect(interarrivalJitter([50, 50, 34])).toBe(1);
  });

  it('is nothing for a line that is only slow, and for no line at all', () => {
    expect(interarrivalJitter([300, 300, 300])).toBe(0);
    expect(interarrivalJitter([300])).toBe(0);
    expect(interarrivalJitter([])).toBe(0);
  });

  it('never exceeds the largest difference between neighbours', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 5000, noNaN: true }), { minLength: 2 }), (transits) => {
        const steps = transits.slice(1).map((each, index) => Math.abs(each - (transits[index] ?? each)));
        expect(interarrivalJitter(transits)).toBeLessThanOrEqual(Math.max(...steps) + 1e-9);
      }),
    );
  });
});
