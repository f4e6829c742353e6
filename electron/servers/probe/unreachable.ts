import type { SocketFailure } from './net.ts';
import type { Unreachable } from './outcome.ts';

/** The outcome of a failure that our own system reports; undefined for those that tell of the other side, or of none. */
export function unreachable(failure: SocketFailure | undefined): Unreachable | undefined {
  switch (failure) {
    case 'no-route':
    case 'denied':
      return { kind: 'unreachable', why: failure };
    case 'other':
      return { kind: 'unreachable', why: 'unknown' };
    default:
      return undefined;
  }
}
