import { encodeShape, readShapeAnswer, type Shape } from '../packet/signature.ts';
import type { SignatureProbe, SignatureRole } from '../probe.ts';
import type { Session } from '../session.ts';
import type { Aim } from './aim.ts';
import { exchange } from './datagram.ts';
import { startRecording } from './record.ts';
import { datagramSchedule } from './timeouts.ts';

/** One request of a shape from a fresh port, with retransmissions. Only to servers that agreed. */
export async function probeSignature(
  session: Session,
  aim: Aim & { role: SignatureRole; shape: Shape },
): Promise<SignatureProbe> {
  const { shape, role, address, port } = aim;
  const recording = startRecording(session, aim);
  const request = encodeShape(shape, { server: { address, port }, random: (size) => session.net.random(size) });
  const outcome = await exchange(session, {
    remote: aim,
    request,
    schedule: datagramSchedule(session, true),
    signal: aim.signal,
    begun: recording.begun,
    read: (bytes) => readShapeAnswer(bytes, request),
  });
  return recording.finish((draft) => ({
    kind: 'signature',
    ...draft,
    role,
    shape: shape.id,
    method: shape.message,
    outcome:
      outcome.kind === 'answered'
        ? { kind: 'answered', rttMs: outcome.rttMs, sent: outcome.sent, code: outcome.answer.code }
        : outcome,
  }));
}
