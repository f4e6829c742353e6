import { encodeNtpRequest, isNtpAnswer, readNtpTime } from '../packet/ntp.ts';
import type { UdpProbe } from '../probe.ts';
import type { Session } from '../session.ts';
import type { Aim } from './aim.ts';
import { exchange } from './datagram.ts';
import { startRecording } from './record.ts';
import { datagramSchedule } from './timeouts.ts';

/** UDP that is neither DNS nor STUN: asks a public time server for the time. */
export async function probeNtp(session: Session, aim: Aim): Promise<UdpProbe> {
  const recording = startRecording(session, aim);
  const stamp = session.net.random(8);
  const outcome = await exchange(session, {
    remote: aim,
    request: encodeNtpRequest(stamp),
    schedule: datagramSchedule(session, aim.patient ?? true),
    signal: aim.signal,
    begun: recording.begun,
    read: (bytes) => (isNtpAnswer(bytes, stamp) ? Date.now() - readNtpTime(bytes) : undefined),
  });
  return recording.finish((draft) => ({
    kind: 'udp',
    ...draft,
    outcome: outcome.kind === 'answered' ? answered(outcome) : outcome,
  }));
}

/** `answer`: our clock minus the server's, which is half a round trip old. */
function answered({ rttMs, sent, answer }: { rttMs: number; sent: number; answer: number }): UdpProbe['outcome'] {
  return { kind: 'answered', rttMs, sent, clockAheadMs: Math.round(answer - rttMs / 2) };
}
