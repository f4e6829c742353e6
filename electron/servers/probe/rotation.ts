import { rankServers } from './rank.ts';
import { noWord, rules } from './rotation-rules.ts';
import type { Evidence, Rotation, RotationInput } from './rotation-words.ts';

/**
 * Why a server does not answer, as far as probes can tell, and what to take instead. A dead server, a key that it does not
 * know and a filter all look the same in one probe: silence. They differ in what *else* is silent.
 */

/** @returns the first rule's word that has one; `undecided` when none has */
export function judgeRotation(input: RotationInput): Rotation {
  const { server, method } = input;
  const sent = input.results.filter(({ outcome }) => outcome.kind !== 'unreachable');
  const evidence: Evidence = {
    own: sent.filter((result) => result.server === server && result.method === method),
    others: sent.filter((result) => result.server !== server && result.method === method),
    controls: sent.filter((result) => result.method !== method),
    input,
  };
  const judgement = rules.map((rule) => rule(evidence)).find((word) => word !== undefined) ?? noWord(evidence);
  const next = nextOf(input);
  return { advice: next === null ? 'probe-more' : 'use-next', ...judgement, next };
}

function nextOf({ server, results }: RotationInput): string | null {
  const usable = rankServers(results).filter(({ standing }) => standing === 'usable');
  const elsewhere = usable.find(({ result }) => result.server !== server);
  return (elsewhere ?? usable[0])?.result.id ?? null;
}
