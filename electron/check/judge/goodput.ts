import type { Evidence } from '../gather/evidence.ts';
import { speedsOf } from '../gather/goodput.ts';
import { goodputRuns, isHeldBack, lossMax } from '../quality/compare-goodput.ts';
import type { Judgement } from '../report.ts';
import { ids } from './judged.ts';

/**
 * G1: the service works, but whatever names it is slowed down: a neutral server's page comes slowly under its name and
 * quickly under the server's own, every time. Undefined where that was not seen.
 */
export function judgeGoodput(service: string, messages: Judgement, { goodput, loss }: Evidence): Judgement | undefined {
  if (messages.verdict !== 'ok') return undefined;
  // Loss slows down whom it hits, and it hits by chance.
  if (loss > lossMax) return undefined;
  const speeds = speedsOf(goodput, service);
  if (speeds.own.length < goodputRuns || speeds.neutral.length < goodputRuns || !isHeldBack(speeds)) return undefined;
  const probes = ids(goodput.filter((probe) => probe.service === service || probe.service === null));
  return { verdict: 'degraded', mechanisms: ['throttle'], rule: 'G1', strength: 'medium', probes };
}
