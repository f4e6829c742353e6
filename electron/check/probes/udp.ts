import { encodeNtpRequest, isNtpAnswer } from '../packet/ntp.ts';
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
    read: (bytes) => (isNtpAnswer(bytes, stamp) ? true : undefined),
  });
  return recording.finish((draft) => ({
    kind: 'udp',
    ...draft,
    outcome: outcome.kind === 'answered' ? { kind: 'answered', rttMs: outcome.rttMs, sent: outcome.sent } : outcome,
  }));
}
