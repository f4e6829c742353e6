import type { Failed } from '../probe.ts';
import { openTcp, type OpenTcp, type Session } from '../session.ts';
import type { Aim } from './aim.ts';
import { failedStep } from './record.ts';
import { connectTimeoutMs } from './timeouts.ts';

/** The connection that a probe goes on with; or, where none comes about, why. Rejects with the signal's reason. */
export async function connectTo(session: Session, aim: Aim, begun: () => void): Promise<OpenTcp | Failed> {
  try {
    return await openTcp(session, aim, connectTimeoutMs(session, aim.patient ?? true), aim.signal, begun);
  } catch (error) {
    return failedStep('connect', error);
  }
}
