import type { Speed } from '../probe.ts';

/** What several runs at the same times told: over connections of one name, and of a neutral one, to the same server. */
export interface Speeds {
  own: readonly Speed[];
  neutral: readonly Speed[];
}

/** Share of round trips lost beyond which speeds say nothing of anybody's intention. */
export const lossMax = 0.12;
/** Runs that it takes: what slows one down by chance seldom slows down the next, and none of the neutral ones. */
export const goodputRuns = 3;
/** Known throttling leaves 100 to 200 kbit/s; what is faster than this hurts no call, and may be anything. */
const throttledMax = 400;
/**
 * All of its own come at one steady pace: loss makes bursts, and other ones each time. In open networks that lose much, every
 * hundredth check met pages that were four times slower twice, but none at one pace.
 */
const samePace = 1.1;
/** The quickest neutral run is at least that many times as fast ... */
const timesSlower = 4;
/** ... or each of them that many times. */
const timesSlowerThanEach = 1.5;

/** Whether its own runs so far came as slowly, and at one pace, as under throttling. False without any. */
export function isOnePace(own: Speeds['own']): boolean {
  const speeds = own.map(({ kbitPerS }) => kbitPerS);
  const quickest = Math.max(...speeds);
  const isSamePace = own.every(({ isSteady }) => isSteady) && quickest <= Math.min(...speeds) * samePace;
  return own.length > 0 && quickest <= throttledMax && isSamePace;
}

/** Whether all runs together look like throttling of that name. False without any of each. */
export function isHeldBack({ own, neutral }: Speeds): boolean {
  if (neutral.length === 0 || !isOnePace(own)) return false;
  const quickest = Math.max(...own.map(({ kbitPerS }) => kbitPerS));
  const others = neutral.map(({ kbitPerS }) => kbitPerS / quickest);
  return Math.max(...others) >= timesSlower || Math.min(...others) >= timesSlowerThanEach;
}
