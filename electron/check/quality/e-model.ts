/**
 * How a call would sound, from delay and loss: the E-model of ITU-T G.107 with its default values, narrow band. Delays
 * in milliseconds from mouth to ear, loss in percent.
 */

/** Equipment impairment without loss (Ie) and robustness against random loss (Bpl), ITU-T G.113 Appendix I. */
export interface Codec {
  ie: number;
  bpl: number;
}

export const codecs = {
  g711: { ie: 0, bpl: 4.3 },
  g711WithConcealment: { ie: 0, bpl: 25.1 },
  g729a: { ie: 11, bpl: 19 },
  /** An assumption: ITU-T gives no values for Opus; between what its concealment is reported to do and G.711 with PLC. */
  opus: { ie: 0, bpl: 20 },
} as const satisfies Record<string, Codec>;

/** R with all parameters at their defaults, before delay and loss (G.107 §7). */
const undisturbedR = 93.2;

/** Idd, the impairment by delay above 100 ms (G.107 §7.4). */
export function delayImpairment(mouthToEarMs: number): number {
  if (mouthToEarMs <= 100) return 0;
  const x = Math.log2(mouthToEarMs / 100);
  return 25 * ((1 + x ** 6) ** (1 / 6) - 3 * (1 + (x / 3) ** 6) ** (1 / 6) + 2);
}

/** Ie,eff (G.107 §7.5) for losses that come one by one (BurstR 1). */
export function lossImpairment(lossPct: number, { ie, bpl }: Codec): number {
  return ie + ((95 - ie) * lossPct) / (lossPct + bpl);
}

/** The transmission rating, 0 to 93.2. */
export function rating(mouthToEarMs: number, lossPct: number, codec: Codec): number {
  return Math.max(0, undisturbedR - delayImpairment(mouthToEarMs) - lossImpairment(lossPct, codec));
}

/** Mean opinion score, 1 to 4.5, of a rating (G.107 Annex B). The cubic dips below 1 for small ratings; nothing is worse than 1. */
export function opinionScore(r: number): number {
  if (r <= 0) return 1;
  if (r >= 100) return 4.5;
  return Math.max(1, 1 + 0.035 * r + r * (r - 60) * (100 - r) * 7e-6);
}
