import { expect, test } from 'vitest';
import { mapBounded } from '../../electron/app/bounded.ts';

test('no more than so many are under way, and results keep the order', async () => {
  let running = 0;
  let most = 0;
  const results = await mapBounded([5, 1, 4, 2, 3], 2, async (item) => {
    most = Math.max(most, ++running);
    for (let turn = 0; turn < item; turn++) await Promise.resolve();
    running -= 1;
    return item * 10;
  });
  expect(results).toEqual([50, 10, 40, 20, 30]);
  expect(most).toBe(2);
});

test('nothing is nothing, and a failure is the failure of all', async () => {
  expect(await mapBounded([], 3, () => Promise.resolve(1))).toEqual([]);
  await expect(mapBounded([1, 2], 3, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
});
