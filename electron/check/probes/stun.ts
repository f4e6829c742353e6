import { PacketError } from '../packet/packet-error.ts';
import { decodeStun, encodeStun, messageTypes, stunTransaction, type StunMessage } from '../packet/stun.ts';
import { equalBytes } from '../packet/bytes.ts';
import { encodeAllocate, readAllocateAnswer, type TurnDialect } from '../packet/turn.ts';
import type { StunProbe, TurnProbe } from '../probe.ts';
import type { Session } from '../session.ts';
import type { Aim } from './aim.ts';
import { exchange, type Exchange } from './datagram.ts';
import { startRecording } from './record.ts';
import { datagramSchedule } from './timeouts.ts';

/** Binding over UDP from a fresh port: RFC 8489, or RFC 3489 without the cookie (`classic`). */
export async function probeStun(session: Session, aim: Aim, style: StunProbe['style'] = 'modern'): Promise<StunProbe> {
  const recording = startRecording(session, aim);
  const outcome = await exchange(session, {
    remote: aim,
    ...newBinding(session, style),
    schedule: datagramSchedule(session, aim.patient ?? true),
    signal: aim.signal,
    begun: recording.begun,
  });
  return recording.finish((draft) => ({
    kind: 'stun',
    ...draft,
    style,
    outcome:
      outcome.kind === 'answered'
        ? { kind: 'answered', rttMs: outcome.rttMs, sent: outcome.sent, mapped: outcome.answer.mapped }
        : outcome,
  }));
}

/** A Binding, and what tells its answer from other packets. */
export function newBinding(
  session: Session,
  style: StunProbe['style'] = 'modern',
): Pick<Exchange<StunMessage>, 'request' | 'read'> {
  const transaction = stunTransaction(style, session.net.random(16));
  return {
    request: encodeStun(messageTypes.bindingRequest, transaction),
    read(bytes) {
      const message = readStunAnswer(bytes, transaction);
      const isBinding = message?.type === messageTypes.bindingSuccess || message?.type === messageTypes.bindingError;
      return isBinding ? message : undefined;
    },
  };
}

/** Allocate over UDP without credentials; a relay answers 401. */
export async function probeTurn(session: Session, aim: Aim, dialect: TurnDialect): Promise<TurnProbe> {
  const recording = startRecording(session, aim);
  const transaction = stunTransaction('modern', session.net.random(16));
  const outcome = await exchange(session, {
    remote: aim,
    request: encodeAllocate(dialect, transaction),
    schedule: datagramSchedule(session, aim.patient ?? true),
    signal: aim.signal,
    begun: recording.begun,
    read(bytes) {
      // [MS-TURN] relays of different age pad their attributes or do not.
      const message =
        readStunAnswer(bytes, transaction) ??
        (dialect === 'ms' ? readStunAnswer(bytes, transaction, false) : undefined);
      return message && readAllocateAnswer(message);
    },
  });
  return recording.finish((draft) => ({ kind: 'turn', ...draft, outcome: turnOutcome(outcome) }));
}

function turnOutcome(
  outcome: Awaited<ReturnType<typeof exchange<NonNullable<ReturnType<typeof readAllocateAnswer>>>>>,
): TurnProbe['outcome'] {
  if (outcome.kind !== 'answered') return outcome;
  const { answer, rttMs } = outcome;
  if (answer.kind === 'unauthorized') return { kind: 'unauthorized', rttMs, realm: answer.realm };
  return { kind: 'answered', rttMs, code: answer.kind === 'error' ? answer.code : null };
}

/** Undefined for what is not an answer to this very request. */
function readStunAnswer(bytes: Uint8Array, transaction: Uint8Array, padded = true): StunMessage | undefined {
  try {
    const message = decodeStun(bytes, padded);
    return equalBytes(message.transaction, transaction) ? message : undefined;
  } catch (error) {
    if (error instanceof PacketError) return undefined;
    throw error;
  }
}
