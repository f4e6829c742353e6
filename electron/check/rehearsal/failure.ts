import { NetFailure } from '../net/net.ts';
import type { CallProbe, Called } from '../probe.ts';
import type { Operation } from '../report.ts';

export type FailedCall = Exclude<CallProbe['outcome'], { kind: 'called' } & Called>;

/** Why there was no call by a way; never leaves this folder. */
export class CallFailure extends Error {
  override readonly name = 'CallFailure';
  readonly outcome: FailedCall;

  constructor(outcome: FailedCall) {
    super(outcome.kind);
    this.outcome = outcome;
  }
}

/** A socket's failure as that of a call; the signal's reason and our own mistakes stay what they are. */
export function failedBy(operation: Operation, error: unknown): unknown {
  if (!(error instanceof NetFailure)) return error;
  return new CallFailure({ kind: 'failed', operation, failure: error.failure, bytesRead: error.bytesRead });
}
