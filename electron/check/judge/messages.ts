import type { ServiceEvidence, TargetEvidence } from '../gather/evidence.ts';
import type { Judgement } from '../report.ts';
import { merged } from './calls.ts';
import type { ControlFacts } from './controls.ts';
import type { Judged } from './judged.ts';
import type { PageFacts } from './page.ts';
import { judgeReach } from './reach.ts';

/**
 * Judges the messages of one service from its targets. All core targets blocked: blocked; any target blocked: degraded;
 * a core target that works: ok.
 */
export function judgeMessages({ messages }: ServiceEvidence, facts: ControlFacts, pages: PageFacts): Judgement {
  const judged = messages.map((evidence) => ({
    evidence,
    target: evidence.target,
    ...judgeReach(evidence, facts, pages),
  }));
  followRedirects(judged);
  const marked = judged.filter(({ target }) => target.core === true);
  const core = (marked.length > 0 ? marked : judged).filter(({ state }) => state !== 'untestable');
  const stopped = judged.filter(isState('blocked'));
  const works = core.filter(isState('ok'));
  if (core.length > 0 && core.every(isState('blocked'))) return merged('blocked', core);
  if (stopped.length > 0) return merged('degraded', stopped);
  if (works.length > 0) {
    const result = merged('ok', works);
    return works.length === core.length ? result : { ...result, strength: 'medium' };
  }
  if (core.length > 0 && core.every(isState('stale'))) return merged('stale', core);
  if (core.length > 0 && core.every(isState('not-run'))) return merged('not-run', core);
  const unknown = judged.filter(isState('unknown'));
  return merged('inconclusive', unknown.length > 0 ? unknown : judged);
}

/**
 * An open port does not say who answers. Where names of the service lead to a stranger's address (D3, D5), an untold
 * protocol that connects to that same address has reached the stranger as well.
 */
function followRedirects(judged: (Judged & { evidence: TargetEvidence })[]): void {
  const stolen = judged.filter(({ rule, state }) => state === 'blocked' && (rule === 'D3' || rule === 'D5'));
  const strangers = new Set(stolen.flatMap(({ evidence }) => evidence.attempts.map(({ address }) => address)));
  const [model] = stolen;
  if (!model) return;
  for (const each of judged) {
    const { target, attempts } = each.evidence;
    const reached = attempts.map(({ address }) => address);
    if (target.kind !== 'tcp' || target.host === null || each.state !== 'ok') continue;
    if (!reached.every((address) => strangers.has(address))) continue;
    const { state, mechanisms, rule, strength } = model;
    Object.assign(each, { state, mechanisms, rule, strength, probes: [...each.probes, ...model.probes] });
  }
}

function isState(state: Judged['state']): (judged: Judged) => boolean {
  return (judged) => judged.state === state;
}
