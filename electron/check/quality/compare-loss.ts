export interface LossCount {
  sent: number;
  lost: number;
}

/** Of two streams at the same time: how much more the first one loses, and how often chance alone would make it so. */
export interface LossDifference {
  /** Percentage points; negative when the first loses less. */
  points: number;
  /**
   * Probability that at least so many of all the losses hit the first one if both lines were alike (Fisher's exact test,
   * one-sided). For packets lost independently of each other.
   */
  chance: number;
}

export function compareLoss(own: LossCount, other: LossCount): LossDifference {
  if (own.sent === 0 || other.sent === 0) return { points: 0, chance: 1 };
  const points = 100 * (own.lost / own.sent - other.lost / other.sent);
  const lost = own.lost + other.lost;
  const all = logChoose(own.sent + other.sent, lost);
  let chance = 0;
  for (let hit = own.lost; hit <= Math.min(own.sent, lost); hit += 1) {
    if (lost - hit > other.sent) continue;
    chance += Math.exp(logChoose(own.sent, hit) + logChoose(other.sent, lost - hit) - all);
  }
  return { points, chance: Math.min(1, chance) };
}

export function together(counts: readonly LossCount[]): LossCount {
  return {
    sent: counts.reduce((sum, { sent }) => sum + sent, 0),
    lost: counts.reduce((sum, { lost }) => sum + lost, 0),
  };
}

function logChoose(from: number, chosen: number): number {
  let log = 0;
  for (let index = 1; index <= Math.min(chosen, from - chosen); index += 1) log += Math.log((from + 1 - index) / index);
  return log;
}
