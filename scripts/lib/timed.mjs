import { performance } from 'node:perf_hooks';

/**
 * @template T
 * @param {() => T | Promise<T>} work
 * @returns {Promise<{ result: T, ms: number }>} ms: how long it took, in whole milliseconds
 */
export async function timed(work) {
  const start = performance.now();
  const result = await work();
  return { result, ms: Math.round(performance.now() - start) };
}
