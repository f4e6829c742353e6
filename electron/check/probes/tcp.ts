import type { TcpProbe } from '../probe.ts';
import { openTcp, type Session } from '../session.ts';
import type { Aim } from './aim.ts';
import { failedStep, startRecording } from './record.ts';
import { connectTimeoutMs } from './timeouts.ts';

/** Connects and closes. */
export async function probeTcp(session: Session, aim: Aim): Promise<TcpProbe> {
  const recording = startRecording(session, aim);
  const outcome = await connect(session, aim, recording.begun);
  return recording.finish((draft) => ({ kind: 'tcp', ...draft, outcome }));
}

async function connect(session: Session, aim: Aim, begun: () => void): Promise<TcpProbe['outcome']> {
  try {
    const timeoutMs = connectTimeoutMs(session, aim.patient ?? true);
    const { rttMs, release } = await openTcp(session, aim, timeoutMs, aim.signal, begun);
    release();
    return { kind: 'connected', rttMs };
  } catch (error) {
    return failedStep('connect', error);
  }
}
