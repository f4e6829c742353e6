import type { TlsProbe } from '../probe.ts';
import { withDeadline, type Session } from '../session.ts';
import type { Aim } from './aim.ts';
import { connectTo } from './connect.ts';
import { failedStep, startRecording } from './record.ts';
import { handshakeTimeoutMs } from './timeouts.ts';

export interface TlsAim extends Aim {
  serverName: string;
  /** Name of the private root that is accepted too; null for the public ones only. */
  ca: string | null;
  /** Called when the TCP connection stands. */
  connected?: () => void;
}

/** Connects, shakes hands with the given name and closes; what the server showed is recorded, not believed. */
export async function probeTls(session: Session, aim: TlsAim): Promise<TlsProbe> {
  const recording = startRecording(session, aim);
  const outcome = await connectAndShake(session, aim, recording.begun);
  return recording.finish((draft) => ({ kind: 'tls', ...draft, serverName: aim.serverName, outcome }));
}

async function connectAndShake(session: Session, aim: TlsAim, begun: () => void): Promise<TlsProbe['outcome']> {
  const open = await connectTo(session, aim, begun);
  if ('kind' in open) return open;
  const { stream, release, rttMs } = open;
  aim.connected?.();
  const from = session.net.now();
  try {
    const handshake = stream.startTls({ serverName: aim.serverName, context: session.trust.context(aim.ca) });
    const secure = await withDeadline(
      session,
      handshakeTimeoutMs(session),
      aim.signal,
      () => stream.close(),
      handshake,
    );
    const { certificate, protocol } = secure;
    secure.close();
    if (certificate.failure !== null) return { kind: 'bad-certificate', certificate };
    // RFC 8446 §2 and RFC 5246 §7.3.
    const roundTrips = protocol === 'TLSv1.3' ? 1 : 2;
    // A lost SYN makes connecting take a second longer, and the line no slower.
    const lineMs = Math.min(rttMs, session.rtt.highMs());
    return { kind: 'ok', certificate, extraMs: session.net.now() - from - roundTrips * lineMs };
  } catch (error) {
    return failedStep('tls_handshake', error);
  } finally {
    release();
  }
}
