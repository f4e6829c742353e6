/**
 * Jitter as RFC 3550 §6.4.1 has it: the running mean of how much the transit time differs from one packet to the next,
 * a sixteenth of each difference at a time. Transit times in milliseconds, in the order of arrival; a round trip may stand
 * for one, since only differences count. 0 for fewer than two packets.
 */
export function interarrivalJitter(transitsMs: readonly number[]): number {
  let jitterMs = 0;
  for (const [index, transitMs] of transitsMs.entries()) {
    const differenceMs = Math.abs(transitMs - (transitsMs[index - 1] ?? transitMs));
    if (index > 0) jitterMs += (differenceMs - jitterMs) / 16;
  }
  return jitterMs;
}
