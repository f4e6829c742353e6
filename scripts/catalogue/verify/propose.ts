import type { Target } from '../../../electron/check/catalogue.ts';
import type { Seen } from './see.ts';

/** What the catalogue should say of a target from now on; undefined: nothing that could be said without a person. */
export interface Proposal {
  confidence: Target['confidence'];
  asOf: string;
}

const lower: Readonly<Record<Target['confidence'], Target['confidence']>> = {
  high: 'medium',
  medium: 'low',
  low: 'low',
};

/**
 * An answer renews the date, and brings what was hardly known to `medium`; `high` needs a document, which a person puts
 * among the sources. Silence renews nothing: it can only make a fact less sure, one step at a time. A certificate may be
 * an interceptor's, so that nothing is proposed. `today`: ISO date.
 */
export function propose({ confidence, asOf }: Target, seen: Seen, today: string): Proposal | undefined {
  switch (seen.kind) {
    case 'as-expected':
      return { confidence: confidence === 'low' && seen.mute.length === 0 ? 'medium' : confidence, asOf: today };
    case 'answers-after-all':
    case 'moved':
      return { confidence, asOf: today };
    case 'other-realm':
    case 'gone':
      return changed(confidence, asOf, 'low');
    case 'failed':
    case 'silent':
      return changed(confidence, asOf, lower[confidence]);
    case 'silent-as-known':
    case 'other-certificate':
    case 'not-run':
      return undefined;
  }
}

const changed = (before: Target['confidence'], asOf: string, after: Target['confidence']): Proposal | undefined =>
  before === after ? undefined : { confidence: after, asOf };
