import { NetFailure } from '../net/net.ts';
import type { AnyProbe, Failed, ProbeBase } from '../probe.ts';
import type { Operation } from '../report.ts';
import type { Session } from '../session.ts';
import type { Aim } from './aim.ts';

export interface Recording {
  /** The first packet leaves. */
  begun: () => void;
  /** The outcome is known; what is still waited for does not count as its time. */
  known: () => void;
  /** Records the outcome and hands it back. */
  finish<P extends AnyProbe>(complete: (draft: ProbeBase) => P): P;
}

export function startRecording(session: Session, aim: Aim): Recording {
  const id = session.nextId();
  session.plan(1);
  let startMs = session.elapsed();
  let knownMs: number | undefined;
  return {
    begun: () => (startMs = session.elapsed()),
    known: () => (knownMs ??= session.elapsed()),
    finish(complete) {
      const { service, target, address, port } = aim;
      const times = { startMs: Math.round(startMs), durationMs: Math.round((knownMs ?? session.elapsed()) - startMs) };
      const probe = complete({ id, service, target, address, port, ...times });
      session.record(probe);
      return probe;
    },
  };
}

/** The failure of a step. Errors that are not the network's are ours and thrown on. */
export function failedStep(operation: Operation, error: unknown): Failed {
  if (!(error instanceof NetFailure)) throw error;
  return { kind: 'failed', operation, failure: error.failure, bytesRead: error.bytesRead };
}
