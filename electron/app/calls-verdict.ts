import type { Report, ServiceReport, Verdict } from '../check/report.ts';
import type { Verified } from '../tunnel/types.ts';

const judged: readonly Verdict[] = ['ok', 'blocked', 'degraded'];
const hindered = ({ calls }: ServiceReport): boolean => calls.verdict === 'blocked' || calls.verdict === 'degraded';

/**
 * What became of the calls that were blocked or degraded before; where none were, or nobody looked, of all calls.
 * Only judged verdicts speak: all ok, all blocked, or something in between. Unknown when none was judged.
 */
export function callsThroughTunnel(before: Report | undefined, after: Report): Verified['calls'] {
  const wanted = new Set(before?.services.filter(hindered).map(({ id }) => id));
  const verdicts = after.services
    .filter(({ id }) => wanted.size === 0 || wanted.has(id))
    .map(({ calls }) => calls.verdict)
    .filter((verdict) => judged.includes(verdict));
  if (verdicts.length === 0) return 'unknown';
  if (verdicts.every((verdict) => verdict === 'ok')) return 'ok';
  return verdicts.every((verdict) => verdict === 'blocked') ? 'blocked' : 'degraded';
}
