import type { Change, Comparison, Verified } from '../../../electron/api/schema.ts';
import type { ComparisonHeadline } from '../../text/headlines.ts';

/** What the check through the tunnel proved. Without a comparison, what the connection itself says about calls. */
export function comparisonHeadline(comparison: Comparison | null, verified: Verified | null): ComparisonHeadline {
  if (comparison === null) return verified?.calls === 'ok' ? 'all-fixed' : 'unknown';
  const changes = comparison.services.flatMap(({ messages, calls }) => [messages, calls]);
  const count = (change: Change): number => changes.filter((other) => other === change).length;
  const fixed = count('fixed');
  const remaining = count('still-blocked') + count('newly-blocked');
  if (fixed > 0) return remaining === 0 ? 'all-fixed' : 'some-fixed';
  if (remaining > 0) return 'none-fixed';
  return count('same-ok') > 0 ? 'nothing-was-blocked' : 'unknown';
}
