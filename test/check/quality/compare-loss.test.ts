import { describe, expect, it } from 'vitest';
import { compareLoss, together } from '../../../electron/check/quality/compare-loss.ts';

describe('compareLoss', () => {
  it('is the exact test of a table of two by two', () => {
    // 3 of 4 against 1 of 4: (16 + 1) / 70, the lady who tastes tea.
    expect(compareLoss({ lost: 3, sent: 4 }, { lost: 1, sent: 4 }).chance).toBeCloseTo(17 / 70, 10);
    expect(compareLoss({ lost: 0, sent: 50 }, { lost: 5, sent: 50 }).chance).toBeCloseTo(1, 10);
  });

  it('finds a third lost beside next to nothing beyond chance, and a usual difference not', () => {
    const { points, chance } = compareLoss({ lost: 16, sent: 50 }, { lost: 1, sent: 100 });
    expect(points).toBeCloseTo(31);
    expect(chance).toBeLessThan(1e-6);
    expect(compareLoss({ lost: 14, sent: 50 }, { lost: 20, sent: 100 }).chance).toBeGreaterThan(0.1);
  });

  it('tells nothing where one of them sent nothing', () => {
    expect(compareLoss({ lost: 0, sent: 0 }, { lost: 3, sent: 50 })).toEqual({ points: 0, chance: 1 });
  });
});

describe('together', () => {
  it('adds streams up', () => {
    expect(
      together([
        { sent: 50, lost: 1 },
        { sent: 30, lost: 4 },
      ]),
    ).toEqual({ sent: 80, lost: 5 });
  });
});
