/** Halvings of the interval: below a millionth of a percent. */
const steps = 40;

/**
 * The upper end of what the loss may really be, 0 to 1, when `lost` of `sent` packets were: a true loss beyond it would
 * lose so few only once in twenty times. Exact for packets lost independently of each other (Clopper and Pearson,
 * one-sided, 95 %): none of 50 means up to 5.8 %. 1 where nothing was sent.
 */
export function lossUpperBound(lost: number, sent: number): number {
  if (lost >= sent) return 1;
  let low = 0;
  let high = 1;
  for (let step = 0; step < steps; step += 1) {
    const middle = (low + high) / 2;
    if (atMost(lost, sent, middle) > 0.05) low = middle;
    else high = middle;
  }
  return high;
}

/** How likely it is that at most `most` of `count` events happen, each with probability `p`, 0 < p < 1. */
export function atMost(most: number, count: number, p: number): number {
  // In logarithms, because the single terms of long series are smaller than any number.
  let logTerm = count * Math.log1p(-p);
  let sum = 0;
  for (let events = 0; events <= most; events += 1) {
    sum += Math.exp(logTerm);
    logTerm += Math.log((count - events) / (events + 1)) + Math.log(p) - Math.log1p(-p);
  }
  return Math.min(1, sum);
}
