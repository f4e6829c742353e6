import type { Target } from '../catalogue.ts';

/** Whether a failure of the target would say anything: it is known to answer strangers, and the fact is not a weak one. */
export function isTelling(target: Target): boolean {
  const answers = target.kind === 'stun' || target.kind === 'turn' ? target.answersStrangers : true;
  return answers && target.confidence !== 'low';
}
