import type { ServiceEvidence } from '../gather/evidence.ts';
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
  const judged = messages.map((evidence) => ({ target: evidence.target, ...judgeReach(evidence, facts, pages) }));
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

function isState(state: Judged['state']): (judged: Judged) => boolean {
  return (judged) => judged.state === state;
}
