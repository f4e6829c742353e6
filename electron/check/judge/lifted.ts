import { stunPort } from '../packet/stun.ts';
import type { Judgement, Report } from '../report.ts';
import type { FlowFacts } from './flows.ts';
import type { UdpFacts } from './udp.ts';
import { ids } from './judged.ts';

/** As much of an earlier report as this row reads. */
export type EarlierReport = Pick<Report, 'services'>;

/** Rows that hold for the whole network: each is lifted when what it missed is answered. */
const networkWide = ['U0', 'U1', 'U2', 'U6'];

/**
 * R1: calls that nobody can test from outside, and that only a network-wide row spoke against in an earlier check. Where
 * the same neutral servers now answer, what hindered them is gone. Weak, because their own relays were not asked.
 * Undefined when that does not hold.
 */
export function judgeLifted(
  id: string,
  now: Judgement,
  udp: UdpFacts,
  flows: FlowFacts,
  earlier: EarlierReport | undefined,
): Judgement | undefined {
  const before = earlier?.services.find((service) => service.id === id)?.calls;
  if (now.verdict !== 'not-testable' || !before || udp.finding) return undefined;
  if (before.verdict !== 'blocked' && before.verdict !== 'degraded') return undefined;
  if (!networkWide.includes(before.rule)) return undefined;
  const answered =
    before.rule === 'U6'
      ? flows.passed
      : udp.stunAnswered.filter(({ port }) => before.rule !== 'U1' || port === stunPort);
  if (answered.length === 0) return undefined;
  return { verdict: 'ok', mechanisms: [], rule: 'R1', strength: 'weak', probes: ids(answered) };
}
