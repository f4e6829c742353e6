import { expect, it } from 'vitest';
import { beside, median, ratio } from '../../scripts/lib/figures.mjs';

it('a median is the middle of what was measured, whatever its order', () => {
  expect(median([30, 1, 20])).toBe(20);
  expect(median([5])).toBe(5);
  expect(median([])).toBeNaN();
});

it('a ratio has two places', () => {
  expect(ratio(645, 152)).toBe(4.24);
});

it('figures stand beside the baseline of the same run', () => {
  expect(beside({ totalMs: [300, 100, 200], commandMs: [400] }, 'totalMs', 'one handshake', [50, 40, 60])).toEqual({
    totalMs: 200,
    commandMs: 400,
    baseline: 'one handshake',
    baselineMs: 50,
    ratio: 4,
    runsMs: [300, 100, 200],
  });
});
