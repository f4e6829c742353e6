import type { ProbeResult } from './measure.ts';

/**
 * Why a candidate stands where it stands: what decided against the one before it. `best`: it is the first.
 * `reachable`: it answered less well, see `standing`. `loss`, `rtt`, `jitter`: worse by that. `transport`: TCP, which
 * makes a call stutter on every lost packet. `equal`: no difference that a call would notice.
 */
export type RankReason = 'best' | 'reachable' | 'loss' | 'rtt' | 'jitter' | 'transport' | 'equal';

/**
 * `usable`: the VPN answered. `busy`: it is there, under load. `path`: only TCP was tried, and it connected.
 * `psk-mismatch`: there, but this profile will not connect. `unreached`: no answer.
 */
export type Standing = 'usable' | 'busy' | 'path' | 'psk-mismatch' | 'unreached';

export interface RankedResult {
  /** 1 is best. */
  rank: number;
  standing: Standing;
  reason: RankReason;
  result: ProbeResult;
}

const standings: readonly Standing[] = ['usable', 'busy', 'path', 'psk-mismatch', 'unreached'];

/** Below this a call does not suffer; three tries cannot see less anyway. */
const harmlessLossPct = 2;
/** Differences below these are noise of the measurement, not a better server. */
const rttStepMs = 10;
const jitterStepMs = 5;

export function standingOf({ outcome, method }: ProbeResult): Standing {
  switch (outcome.kind) {
    case 'answered':
      return method === 'tcp' ? 'path' : 'usable';
    case 'busy':
      return 'busy';
    case 'pskMismatch':
      return 'psk-mismatch';
    default:
      return 'unreached';
  }
}

/** What is compared, in the order of what a call needs; lower is better. */
const criteria: { reason: RankReason; of: (result: ProbeResult) => number }[] = [
  { reason: 'reachable', of: (result) => standings.indexOf(standingOf(result)) },
  { reason: 'loss', of: ({ lossPct }) => (lossPct < harmlessLossPct ? 0 : lossPct) },
  { reason: 'rtt', of: ({ medianRttMs }) => Math.floor((medianRttMs ?? Infinity) / rttStepMs) },
  { reason: 'jitter', of: ({ jitterMs }) => Math.floor((jitterMs ?? 0) / jitterStepMs) },
  { reason: 'transport', of: ({ method }) => (method === 'openvpn-tcp' || method === 'tcp' ? 1 : 0) },
];

function decide(a: ProbeResult, b: ProbeResult): { reason: RankReason; difference: number } {
  for (const { reason, of } of criteria) {
    const [left, right] = [of(a), of(b)];
    if (left !== right) return { reason, difference: left - right };
  }
  return { reason: 'equal', difference: 0 };
}

/** Best first; equals keep the order given, so that the caller's own preference decides between them. */
export function rankServers(results: readonly ProbeResult[]): RankedResult[] {
  const sorted = results.toSorted((a, b) => decide(a, b).difference);
  return sorted.map((result, at) => {
    const before = sorted[at - 1];
    const reason = before === undefined ? 'best' : decide(before, result).reason;
    return { rank: at + 1, standing: standingOf(result), reason, result };
  });
}
