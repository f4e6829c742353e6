import { encodeDtlsHello, encodeIceAnswer, encodeIceCheck, type IceCredentials } from '../packet/call-shapes.ts';
import { equalBytes } from '../packet/bytes.ts';
import { PacketError } from '../packet/packet-error.ts';
import { encodeRtp, readRtp, rtpHeaderBytes } from '../packet/rtp.ts';
import { decodeStun, messageTypes, stunTransaction, type StunMessage } from '../packet/stun.ts';
import { encodeAllocate, readAllocateAnswer } from '../packet/turn.ts';
import { hellosMax, type CallProbe, type Called } from '../probe.ts';
import { startRecording } from '../probes/record.ts';
import { afterLoadSchedule, callSchedule } from '../probes/timeouts.ts';
import { asError, sleep, type Gate, type Session } from '../session.ts';
import { openEnd, type End } from './end.ts';
import { CallFailure } from './failure.ts';
import { openLine, type OpenWay } from './line.ts';
import { endOf, newStream, noteArrival, packetsMax, readStream, type StreamRecord } from './media.ts';
import type { Relay } from './relay.ts';
import { insist, latch } from './wait.ts';

/** The caller and the callee. Both are ours, so that what was sent and what came is known on one clock. */
type Ends = readonly [End, End];

/** One voice packet holds 20 ms of sound. */
const packetMs = 20;
const packetBytes = 100;
/** As Opus sounds at some 30 kbit/s, behind SRTP. */
const soundBytes = packetBytes - rtpHeaderBytes;
/** A stream that lost a segment stands still until it was sent again, up to some seconds. */
const silenceMs = { udp: 1000, tcp: 3000, tls: 3000 } as const;
/** How long a relay may take to take an address back; it expires by itself as well. */
const giveBackMs = 300;
/** After a silence it may be asked a little longer, because the answer tells something. */
const lastWordMs = 1000;
/** Sent so often that a line which just loses packets lets one through. */
const helloSchedule = { sendAtMs: Array.from({ length: hellosMax }, (_, index) => index * 200), untilMs: 1400 };

/**
 * A call between two ends here, by one way to the relay: as browsers set it up, then sound both ways until enough is known.
 * `talking` bounds how many ways carry sound at once. Rejects only with the signal's reason; the relay gets its addresses
 * back in any case.
 */
export async function rehearseWay(
  session: Session,
  way: OpenWay,
  relay: Relay,
  talking: Gate,
  signal: AbortSignal,
): Promise<CallProbe> {
  const { host, address, port, transport } = way;
  const recording = startRecording(session, { service: null, target: host, address, port, signal });
  recording.begun();
  const outcome = await call(session, way, relay, { talking, signal, known: recording.known }).catch(
    (error: unknown) => {
      if (error instanceof CallFailure) return error.outcome;
      throw asError(error);
    },
  );
  return recording.finish((draft) => ({ kind: 'turn-call', ...draft, transport, outcome }));
}

interface Run {
  talking: Gate;
  signal: AbortSignal;
  /** The verdict stands; what follows is clearing up. */
  known(): void;
}

async function call(session: Session, way: OpenWay, relay: Relay, run: Run): Promise<CallProbe['outcome']> {
  const { signal } = run;
  const from = session.net.now();
  const ends = await openBoth(session, way, relay, signal);
  try {
    const [caller, callee] = ends;
    await Promise.all([caller.permit(callee.relayed), callee.permit(caller.relayed)]);
    const ice = await checkConnectivity(session, ends, signal);
    if (!ice) return { ...nothingHeard(session.net.now() - from), ...(await lastWords(session, way, ends, run)) };
    await Promise.all([caller.bindChannel(callee.relayed), callee.bindChannel(caller.relayed)]);
    const dtls = await sayHello(session, ends, signal);
    const setupMs = session.net.now() - from;
    const leave = await run.talking.enter(signal);
    const talked = await talk(session, way, ends, signal).finally(leave);
    run.known();
    const asked = talked.end === 'silence' ? await lastWords(session, way, ends, run) : notAsked;
    return { kind: 'called', setupMs, ice, dtls, ...talked, ...asked };
  } finally {
    if (!signal.aborted) await Promise.all(ends.map((end) => end.giveBack(giveBackMs)));
    ends.forEach((end) => end.close());
  }
}

const notAsked = { sameLine: null, freshLine: null };

function nothingHeard(setupMs: number): { kind: 'called' } & Omit<Called, 'sameLine' | 'freshLine'> {
  const silent = readStream(newStream(), 0, 0);
  return { kind: 'called', setupMs, ice: false, dtls: false, there: silent, back: silent, end: 'silence' };
}

async function openBoth(session: Session, way: OpenWay, relay: Relay, signal: AbortSignal): Promise<Ends> {
  const stop = new AbortController();
  const both = AbortSignal.any([signal, stop.signal]);
  const open = (): Promise<End> => openEnd(session, way, relay, both);
  const [caller, callee] = [open(), open()];
  try {
    return await Promise.all([caller, callee]);
  } catch (error) {
    stop.abort(error);
    for (const one of [caller, callee]) one.then((end) => end.close()).catch(() => undefined);
    throw error;
  }
}

/** ICE's check from the caller to the callee, and its answer back. */
function checkConnectivity(session: Session, [caller, callee]: Ends, signal: AbortSignal): Promise<boolean> {
  const { net } = session;
  const text = (bytes: number): string => Buffer.from(net.random(bytes)).toString('hex');
  const credentials: IceCredentials = { username: `${text(2)}:${text(2)}`, password: text(12) };
  const transaction = stunTransaction('modern', net.random(16));
  const check = encodeIceCheck(transaction, credentials, net.random(8));
  const answer = encodeIceAnswer(transaction, credentials, caller.relayed);
  const answered = latch();
  const isStun = (data: Uint8Array, type: number): boolean => {
    const message = readStun(data);
    return message?.type === type && equalBytes(message.transaction, transaction);
  };
  callee.listen((data) => isStun(data, messageTypes.bindingRequest) && callee.sendTo(caller.relayed, answer));
  caller.listen((data) => isStun(data, messageTypes.bindingSuccess) && answered.open());
  const send = (): void => caller.sendTo(callee.relayed, check);
  return insist(session, callSchedule(session), send, answered, signal);
}

function readStun(data: Uint8Array): StunMessage | undefined {
  try {
    return decodeStun(data);
  } catch (error) {
    if (error instanceof PacketError) return undefined;
    throw error;
  }
}

/** The first message of the key exchange, from the caller to the callee. */
function sayHello(session: Session, [caller, callee]: Ends, signal: AbortSignal): Promise<boolean> {
  const hello = encodeDtlsHello(session.net.random(32));
  const heard = latch();
  callee.listen((data) => equalBytes(data, hello) && heard.open());
  return insist(session, helloSchedule, () => caller.sendInChannel(hello), heard, signal);
}

/** Sound both ways, 50 packets a second, until enough is known or nothing comes any more. */
async function talk(
  session: Session,
  { transport }: OpenWay,
  [caller, callee]: Ends,
  signal: AbortSignal,
): Promise<Pick<Called, 'there' | 'back' | 'end'>> {
  const { net } = session;
  const [there, back] = [newStream(), newStream()];
  const sendThere = speak(session, there, caller, callee);
  const sendBack = speak(session, back, callee, caller);
  const rttMs = Math.max(0, ...[caller.rttMs, callee.rttMs].filter(Number.isFinite));
  const startedMs = net.now();
  for (let tick = 0; ; tick += 1) {
    if (tick < packetsMax) [sendThere, sendBack].forEach((send) => send(tick));
    // The pace is kept by the clock, not by the timers.
    await sleep(net, Math.max(0, startedMs + (tick + 1) * packetMs - net.now()), signal);
    const nowMs = net.now();
    const state = { there, back, startedMs, nowMs, rttMs, silenceMs: silenceMs[transport] + 2 * rttMs };
    const end = endOf(state);
    if (end) return { there: readStream(there, nowMs, rttMs), back: readStream(back, nowMs, rttMs), end };
  }
}

/** Has one end speak and the other note what comes; gives what sends the packet of a number. */
function speak({ net }: Session, stream: StreamRecord, from: End, to: End): (sequence: number) => void {
  const source = net.random(4);
  to.listen((data) => {
    const packet = readRtp(data);
    if (packet && equalBytes(packet.source, source)) noteArrival(stream, packet.sequence, net.now());
  });
  return (sequence) => {
    stream.sentAtMs.push(net.now());
    from.sendInChannel(encodeRtp(sequence, source, net.random(soundBytes)));
  };
}

/** After a silence: does the relay still answer on the call's own line, and on a fresh one? */
async function lastWords(
  session: Session,
  way: OpenWay,
  ends: Ends,
  { signal }: Run,
): Promise<Pick<Called, 'sameLine' | 'freshLine'>> {
  const [freshLine, ...same] = await Promise.all([
    answersOnFreshLine(session, way, signal),
    ...ends.map((end) => end.giveBack(lastWordMs)),
  ]);
  return { freshLine, sameLine: same.every(Boolean) };
}

/** Asked for an address without an account, every relay says no. */
async function answersOnFreshLine(session: Session, way: OpenWay, signal: AbortSignal): Promise<boolean> {
  const transaction = stunTransaction('modern', session.net.random(16));
  const answered = latch();
  const onMessage = (bytes: Uint8Array): void => {
    const message = readStun(bytes);
    if (message && equalBytes(message.transaction, transaction) && readAllocateAnswer(message)) answered.open();
  };
  const line = await openLine(session, way, { onMessage, onEnd: () => undefined }, signal).catch((error: unknown) => {
    if (error instanceof CallFailure) return undefined;
    throw asError(error);
  });
  if (!line) return false;
  try {
    const request = encodeAllocate('rfc8656', transaction);
    const { sendAtMs, untilMs } = afterLoadSchedule(session);
    const schedule = { sendAtMs: line.lossy ? sendAtMs : [0], untilMs };
    return await insist(session, schedule, () => line.send(request), answered, signal);
  } finally {
    line.close();
  }
}
