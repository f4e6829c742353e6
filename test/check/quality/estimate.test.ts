import { describe, expect, it } from 'vitest';
import { codecs, rating } from '../../../electron/check/quality/e-model.ts';
import { estimateQuality, mouthToEarMs } from '../../../electron/check/quality/estimate.ts';

describe('estimateQuality', () => {
  it.each([
    // Round trip, jitter, loss; from mouth to ear, R, MOS.
    [40, 5, 0, 85, 93.2, 4.41],
    [100, 10, 0.5, 115, 90.9, 4.36],
    [200, 20, 1, 165, 88.1, 4.29],
    [300, 30, 2, 235, 77.5, 3.93],
    [300, 30, 5, 235, 67.1, 3.46],
    [600, 60, 5, 445, 46.9, 2.41],
  ])('of %d ms, %d ms of jitter and %d %% lost', (rttMs, jitterMs, lossPct, delayMs, r, mos) => {
    expect(mouthToEarMs(rttMs, jitterMs)).toBe(delayMs);
    expect(rating(delayMs, lossPct, codecs.opus)).toBeCloseTo(r, 1);
    expect(estimateQuality({ rttMs, jitterMs, sent: 1000, lost: lossPct * 10 }).mos).toBeCloseTo(mos, 2);
  });

  it.each([
    [3, 'good'],
    [4, 'fair'],
    [10, 'fair'],
    [11, 'bad'],
  ])('calls %d %% lost on a near line %s', (lost, rating) => {
    expect(estimateQuality({ rttMs: 40, jitterMs: 2, sent: 100, lost }).rating).toBe(rating);
  });

  it('says how little fifty packets prove about the loss', () => {
    expect(estimateQuality({ rttMs: 48.04, jitterMs: 3.06, sent: 50, lost: 0 })).toEqual({
      rttMs: 48,
      jitterMs: 3.1,
      lossPct: 0,
      lossUpperPct: 5.8,
      samples: 50,
      mos: 4.41,
      rating: 'good',
    });
  });
});
