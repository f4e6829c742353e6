import { expect, it } from 'vitest';
import { jitter, median } from '../../../electron/servers/probe/statistics.ts';

it('the median is the middle, or between the two middle ones, and of nothing null', () => {
  expect([median([9, 1, 5]), median([4, 1, 2, 3]), median([7]), median([])]).toEqual([5, 2.5, 7, null]);
});

it('jitter is the mean step between neighbours, and needs two', () => {
  expect([jitter([10, 14, 8]), jitter([5, 5]), jitter([5]), jitter([])]).toEqual([5, 0, null, null]);
});
