import type { TcpProbe } from '../probe.ts';
import type { Session } from '../session.ts';
import type { Aim } from './aim.ts';
import { connectTo } from './connect.ts';
import { startRecording } from './record.ts';

/** Connects and closes. */
export async function probeTcp(session: Session, aim: Aim): Promise<TcpProbe> {
  const recording = startRecording(session, aim);
  const outcome = await connect(session, aim, recording.begun);
  return recording.finish((draft) => ({ kind: 'tcp', ...draft, outcome }));
}

async function connect(session: Session, aim: Aim, begun: () => void): Promise<TcpProbe['outcome']> {
  const open = await connectTo(session, aim, begun);
  if ('kind' in open) return open;
  open.release();
  return { kind: 'connected', rttMs: open.rttMs };
}
