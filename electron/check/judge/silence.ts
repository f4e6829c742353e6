import { chanceMax } from '../line-loss.ts';
import type { AnyProbe } from '../probe.ts';

/** When a SYN goes out again (Linux, macOS and Windows alike), milliseconds after the first. */
const synsAtMs = [0, 1000, 3000, 7000];
/** A ClientHello goes out at least that often before our patience ends, the quicker the line the more. */
const hellosMin = 3;

/** Whether so much silence cannot come from what the line loses anyway. `loss`: share of round trips, 0 to 1. */
export function isBeyondChance(probes: readonly AnyProbe[], loss: number): boolean {
  const requests = probes.reduce((sum, probe) => sum + unanswered(probe), 0);
  return loss ** requests <= chanceMax;
}

/** Requests of a probe that nothing came back to. Any other failure is an answer of somebody, and no loss explains it. */
function unanswered({ outcome, durationMs }: AnyProbe): number {
  if (outcome.kind === 'silent') return outcome.sent;
  if (outcome.kind !== 'failed') return Infinity;
  if (outcome.failure !== 'generic_timeout_error' && outcome.failure !== 'timed_out') return Infinity;
  return outcome.operation === 'connect' ? synsAtMs.filter((ms) => ms <= durationMs).length : hellosMin;
}
