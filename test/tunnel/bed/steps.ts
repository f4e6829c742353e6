import fc from 'fast-check';

/** As many of a call's steps as a run is broken off at, unless every step is asked for. */
const spread = 8;
/** More steps than any call has. */
const mostSteps = 120;
const everyStep = process.env['SAWT_EVERY_STEP'] === '1';
const seed = Number(process.env['SAWT_STEP_SEED'] ?? 1);

/** For the name of a test: which steps it looked at, and how to look at all. */
export const stepsInWords = everyStep
  ? 'every step'
  : `${spread} steps (seed ${seed}; all with SAWT_EVERY_STEP=1, others with SAWT_STEP_SEED)`;

/**
 * Numbers of the steps to break a call off at, rising. `count`: how many it has; a later call may have some more or less, as
 * it waits for programs in steps.
 */
export function chosenSteps(count: number): number[] {
  return everyStep ? Array.from({ length: mostSteps }, (_, index) => index) : spreadOver(count, spread, seed);
}

/** One number below `count` out of each of `parts` equal parts, always the same ones for a seed. */
export function spreadOver(count: number, parts: number, chosenSeed: number): number[] {
  const bounds = Array.from({ length: parts + 1 }, (_, index) => Math.floor((index * count) / parts));
  const ranges = bounds.slice(1).map((end, index) => fc.integer({ min: bounds[index] ?? 0, max: end - 1 }));
  return fc.sample(fc.noBias(fc.tuple(...ranges)), { seed: chosenSeed, numRuns: 1 })[0] ?? [];
}
