import { describe, expect, it } from 'vitest';
import { createLossEstimate, requestsToTell } from '../../electron/check/line-loss.ts';

describe('the estimate of what a line loses', () => {
  it('is cautious before anything was seen', () => {
    expect(createLossEstimate().share()).toBe(0.5);
  });

  it('comes near the true share with what is answered, the answered ones being no loss', () => {
    const clean = createLossEstimate();
    const lossy = createLossEstimate();
    for (let count = 0; count < 60; count += 1) {
      clean.add(1);
      lossy.add(count % 3 === 0 ? 2 : 1);
    }
    expect(clean.share()).toBeCloseTo(1.5 / 63);
    expect(lossy.share()).toBeCloseTo(21.5 / 83);
  });
});

describe('the number of requests whose silence is no chance', () => {
  it.each([
    [0.02, 5],
    [0.09, 7],
    [0.28, 13],
  ])('at %f lost is %i', (loss, requests) => {
    expect(requestsToTell(loss)).toBe(requests);
  });
});
