import { networkOf, type Candidate } from './candidates.ts';

/** How far chance moves a candidate: by up to 30 % of its place, so that near ones stay near the front. */
const jitterShare = 0.3;

/** A value up to 30 % above or below, by chance. @param random from 0 to below 1 */
export function withJitter(value: number, random: () => number): number {
  return value * (1 + jitterShare * (2 * random() - 1));
}

/**
 * The order to probe in. Given best first, it comes out shuffled a little, so that not every user knocks at the same
 * servers in the same order, and spread: one candidate of every hosting network before the second of any.
 */
export function orderCandidates(candidates: readonly Candidate[], random: () => number): Candidate[] {
  const left = candidates
    .map((candidate, at) => ({ candidate, place: withJitter(at + 1, random) }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ candidate }) => candidate);
  const taken = new Map<string, number>();
  const ordered: Candidate[] = [];
  const timesTaken = (candidate: Candidate): number => taken.get(networkOf(candidate)) ?? 0;
  while (left.length > 0) {
    const fewest = Math.min(...left.map(timesTaken));
    const at = left.findIndex((candidate) => timesTaken(candidate) === fewest);
    const next = left.splice(at, 1);
    for (const candidate of next) taken.set(networkOf(candidate), fewest + 1);
    ordered.push(...next);
  }
  return ordered;
}
