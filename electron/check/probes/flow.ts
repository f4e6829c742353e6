import { encodeNoise, encodeRtp, rtpHeaderBytes } from '../packet/rtp.ts';
import { encodePaddedBinding, encodeStun, messageTypes } from '../packet/stun.ts';
import type { FlowLoad, FlowProbe, StreamSeen } from '../probe.ts';
import { interarrivalJitter } from '../quality/jitter.ts';
import { sleep, type Session } from '../session.ts';
import type { Aim } from './aim.ts';
import { openConversation, type Conversation, type Question } from './conversation.ts';
import { exchange } from './datagram.ts';
import { startRecording } from './record.ts';
import { newBinding } from './stun.ts';
import { afterLoadSchedule, datagramSchedule, stragglersMs } from './timeouts.ts';

/** What a flow carries between its first answer and the question whether it is still answered. */
export interface FlowAim extends Aim {
  load: FlowLoad;
  packets: number;
  everyMs: number;
  /**
   * The server is known to answer here: the load begins at once, and its own questions show whether it does. Where most
   * packets are lost, a flow that waits for a first answer may never begin. For `bindings` only.
   */
  known?: boolean;
}

/** A voice packet with Opus at usual rates, with its RTP header and SRTP's tag. */
const packetBytes = 120;

const plainBinding = (transaction: Uint8Array): Uint8Array => encodeStun(messageTypes.bindingRequest, transaction);

/**
 * One flow, that is one 5-tuple: a Binding that is answered, the load, and Bindings until one is answered again. At the
 * end of the load another 5-tuple is asked beside it. For servers that answer strangers.
 */
export async function probeFlow(session: Session, aim: FlowAim): Promise<FlowProbe> {
  const recording = startRecording(session, aim);
  const leave = await session.sockets.enter(aim.signal);
  const flow = openConversation(session, aim, aim.signal);
  try {
    recording.begun();
    const outcome = await runFlow(session, aim, flow);
    const { load, everyMs } = aim;
    return recording.finish((draft) => ({ kind: 'flow', ...draft, load, everyMs, outcome }));
  } finally {
    flow.close();
    leave();
  }
}

async function runFlow(session: Session, aim: FlowAim, flow: Conversation): Promise<FlowProbe['outcome']> {
  const startedAt = session.net.now();
  const silent = (): FlowProbe['outcome'] =>
    flow.refused() ?? {
      kind: 'silent',
      sent: flow.questions().length,
      waitedMs: Math.round(session.net.now() - startedAt),
    };
  const first = aim.known ? undefined : await flow.insist(plainBinding, datagramSchedule(session, true));
  if (!first && !aim.known) return silent();
  const load = await sendLoad(session, aim, flow);
  const done = new AbortController();
  const fresh = asksFresh(session, aim, AbortSignal.any([aim.signal, done.signal]));
  // It is looked at only where the flow was cut.
  fresh.catch(() => undefined);
  const again = await flow.insist(plainBinding, afterLoadSchedule(session));
  if (again) await flow.settle(load, stragglersMs(session));
  if (again) {
    done.abort(new Error('the flow lives'));
    return { kind: 'answered', rttMs: (first ?? again).rttMs ?? 0, stream: readStream(load) };
  }
  const questions = flow.questions();
  const passed = questions.findLast(({ rttMs }) => rttMs !== undefined)?.place ?? 0;
  if (passed === 0) {
    done.abort(new Error('the flow never lived'));
    return silent();
  }
  const unanswered = questions.filter(({ place }) => place > passed).length;
  const stream = readStream(load.filter(({ place }) => place <= passed));
  return { kind: 'cut', passed, unanswered, fresh: await fresh, stream };
}

/** The questions in it, if it is made of questions. The time between two packets is kept by the clock, not by the timers. */
async function sendLoad(session: Session, aim: FlowAim, flow: Conversation): Promise<Question[]> {
  const { net } = session;
  const source = net.random(4);
  const questions: Question[] = [];
  const startedAt = net.now();
  for (let index = 0; index < aim.packets; index += 1) {
    if (aim.load === 'bindings')
      questions.push(flow.ask((transaction) => encodePaddedBinding(transaction, packetBytes)));
    else if (aim.load === 'rtp') flow.send(encodeRtp(index, source, net.random(packetBytes - rtpHeaderBytes)));
    else flow.send(encodeNoise(net.random(packetBytes)));
    await sleep(net, Math.max(0, startedAt + (index + 1) * aim.everyMs - net.now()), aim.signal);
  }
  return questions;
}

/** Whether a Binding from a new port is answered. */
async function asksFresh(session: Session, aim: FlowAim, signal: AbortSignal): Promise<boolean> {
  const schedule = datagramSchedule(session, true);
  const outcome = await exchange(session, {
    remote: aim,
    schedule,
    signal,
    begun: () => undefined,
    ...newBinding(session),
  });
  return outcome.kind === 'answered';
}

/** Null where nothing was asked. */
function readStream(questions: readonly Question[]): StreamSeen | null {
  if (questions.length === 0) return null;
  const times = questions.flatMap(({ rttMs }) => rttMs ?? []);
  const sorted = times.toSorted((a, b) => a - b);
  return {
    sent: questions.length,
    lost: questions.length - times.length,
    rttMs: sorted[Math.floor((sorted.length - 1) / 2)] ?? 0,
    jitterMs: interarrivalJitter(times),
  };
}
