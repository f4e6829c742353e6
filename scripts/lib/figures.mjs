/**
 * @param {readonly number[]} [values]
 * @returns {number} NaN of nothing
 */
export function median(values = []) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/**
 * @param {number} value
 * @param {number} beside
 * @returns {number} to two places
 */
export function ratio(value, beside) {
  return Number((value / beside).toFixed(2));
}

/**
 * The medians of what was measured, beside a baseline of the same run.
 * @param {Record<string, readonly number[] | undefined>} measured durations in milliseconds, by name
 * @param {string} compared the name of those that stand beside the baseline
 * @param {string} baseline in words
 * @param {readonly number[]} [baselineMs]
 * @returns {Record<string, unknown>}
 */
export function beside(measured, compared, baseline, baselineMs) {
  const medians = Object.entries(measured).map(([name, values]) => /** @type {const} */ ([name, median(values)]));
  return {
    ...Object.fromEntries(medians),
    baseline,
    baselineMs: median(baselineMs),
    ratio: ratio(median(measured[compared]), median(baselineMs)),
    runsMs: measured[compared],
  };
}
