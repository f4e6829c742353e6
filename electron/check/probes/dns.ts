import { concat, u16 } from '../packet/bytes.ts';
import { decodeDnsResponse, encodeDnsQuery, type DnsResponse, type DnsType } from '../packet/dns.ts';
import { PacketError } from '../packet/packet-error.ts';
import { NetFailure, type ByteStream } from '../net/net.ts';
import type { DnsOutcome, DnsProbe } from '../probe.ts';
import { asError, openTcp, withDeadline, type Session } from '../session.ts';
import type { Aim } from './aim.ts';
import { noRoute } from './datagram.ts';
import { failedStep, startRecording, type Recording } from './record.ts';
import { connectTimeoutMs, dnsSchedule, requestTimeoutMs } from './timeouts.ts';

/** `address` and `port` of the aim are the resolver's; the name asked for is its `target`. */
export interface DnsAim extends Aim {
  type: DnsType;
  resolver: DnsProbe['resolver'];
}

/** Injected answers race the true one, which may come this much later (the value OONI uses too). */
const listenMs = 500;

export interface RunningDns {
  /** The first answer, or silence. */
  first: Promise<DnsOutcome>;
  /** The record, once a late second answer has had its time. */
  probe: Promise<DnsProbe>;
}

/** Asks one resolver over UDP (RFC 1035), again over TCP when the answer was cut off. */
export function probeDns(session: Session, aim: DnsAim): RunningDns {
  const recording = startRecording(session, aim);
  const { first, second } = ask(session, aim, recording);
  const probe = (async () => {
    const outcome = await first;
    const later = await second;
    return recording.finish<DnsProbe>((draft) => ({
      kind: 'dns',
      ...draft,
      resolver: aim.resolver,
      outcome,
      second: later,
    }));
  })();
  // Who awaits only `first` must not be hit by the same rejection twice.
  probe.catch(() => undefined);
  return { first, probe };
}

function ask(
  session: Session,
  aim: DnsAim,
  recording: Recording,
): { first: Promise<DnsOutcome>; second: Promise<DnsOutcome | null> } {
  let resolveSecond: (second: DnsOutcome | null) => void = () => undefined;
  const second = new Promise<DnsOutcome | null>((resolve) => (resolveSecond = resolve));
  const first = askOverUdp(session, aim, recording, resolveSecond).then((outcome) => {
    recording.known();
    return outcome;
  });
  first.catch(() => resolveSecond(null));
  return { first, second };
}

async function askOverUdp(
  session: Session,
  aim: DnsAim,
  recording: Recording,
  onSecond: (second: DnsOutcome | null) => void,
): Promise<DnsOutcome> {
  const leave = await session.sockets.enter(aim.signal);
  recording.begun();
  const id = randomId(session);
  const first = await new Promise<DnsResponse | Exclude<DnsOutcome, { kind: 'answered' }>>((resolve, reject) => {
    listenForReplies(session, aim, id, { resolve, reject, onSecond, leave });
  });
  if (!('id' in first)) return first;
  return first.truncated ? askOverTcp(session, aim, id) : outcomeOf(first);
}

interface Listener {
  resolve(first: DnsResponse | Exclude<DnsOutcome, { kind: 'answered' }>): void;
  reject(reason: Error): void;
  onSecond(second: DnsOutcome | null): void;
  leave(): void;
}

/** Sends with retransmissions; after the first reply it goes on listening for one too many. */
function listenForReplies(session: Session, aim: DnsAim, id: number, listener: Listener): void {
  const { net, rtt, loss } = session;
  const { sendAtMs, untilMs } = dnsSchedule(session);
  const query = encodeDnsQuery(id, aim.target, aim.type);
  const from = net.now();
  const timers: (() => void)[] = [];
  let sent = 0;
  let replies = 0;
  let refusal: string | undefined;
  let first: DnsResponse | undefined;

  const close = (second: DnsOutcome | null): void => {
    timers.forEach((cancel) => cancel());
    aim.signal.removeEventListener('abort', abort);
    session.listening.removeEventListener('abort', stopListening);
    socket.close();
    listener.leave();
    listener.onSecond(second);
  };
  const stopListening = (): void => close(null);
  const abort = (): void => {
    close(null);
    listener.reject(asError(aim.signal.reason));
  };
  const socket = net.openUdp(aim, {
    onMessage(bytes) {
      const reply = readReply(bytes, id, aim.target);
      if (!reply) return;
      replies += 1;
      if (first) {
        // One reply a query is the rule: only one more than that, saying something else, was put there by somebody.
        if (replies > sent && differs(outcomeOf(first), outcomeOf(reply))) close(outcomeOf(reply));
        return;
      }
      first = reply;
      if (sent === 1) rtt.add(net.now() - from);
      loss.add(sent);
      timers.splice(0).forEach((cancel) => cancel());
      listener.resolve(reply);
      if (session.listening.aborted) stopListening();
      else {
        timers.push(net.after(listenMs, stopListening));
        session.listening.addEventListener('abort', stopListening, { once: true });
      }
    },
    onFailure(failure) {
      // Without a route there is nothing to wait for; any other error may be a router that is just starting.
      if (!first && noRoute.has(failure)) giveUp(failure);
      refusal = failure;
    },
  });
  const giveUp = (failure: string): void => {
    close(null);
    listener.resolve({ kind: 'failed', operation: 'resolve', failure, bytesRead: 0 });
  };
  const send = (): void => {
    sent += 1;
    socket.send(query);
  };
  for (const atMs of sendAtMs) {
    if (atMs === 0) send();
    else timers.push(net.after(atMs, send));
  }
  timers.push(
    net.after(untilMs, () => {
      if (refusal !== undefined) giveUp(refusal);
      else {
        close(null);
        listener.resolve({ kind: 'silent', sent });
      }
    }),
  );
  aim.signal.addEventListener('abort', abort, { once: true });
  if (aim.signal.aborted) abort();
}

/** RFC 1035 §4.2.2: over TCP a message follows its length in two bytes. */
async function askOverTcp(session: Session, aim: DnsAim, id: number): Promise<DnsOutcome> {
  try {
    const { stream, release } = await openTcp(
      session,
      aim,
      connectTimeoutMs(session, true),
      aim.signal,
      () => undefined,
    );
    try {
      const query = encodeDnsQuery(id, aim.target, aim.type);
      stream.write(concat(u16(query.length), query));
      const read = readLengthPrefixed(stream);
      const bytes = await withDeadline(session, requestTimeoutMs(session), aim.signal, () => stream.close(), read);
      const reply = readReply(bytes, id, aim.target);
      if (!reply) throw new NetFailure('dns_server_misbehaving', bytes.length);
      return outcomeOf(reply);
    } finally {
      release();
    }
  } catch (error) {
    return failedStep('resolve', error);
  }
}

async function readLengthPrefixed(stream: ByteStream): Promise<Uint8Array> {
  let bytes: Uint8Array = new Uint8Array(0);
  for (;;) {
    const size = (bytes[0] ?? 0) * 256 + (bytes[1] ?? 0);
    if (bytes.length >= 2 && bytes.length >= size + 2) return bytes.subarray(2, size + 2);
    const part = await stream.read();
    if (part === null) throw new NetFailure('eof_error', bytes.length);
    bytes = concat(bytes, part);
  }
}

function readReply(bytes: Uint8Array, id: number, name: string): DnsResponse | undefined {
  try {
    const reply = decodeDnsResponse(bytes);
    const isOurs = reply.id === id && (reply.question === null || reply.question.name === name.toLowerCase());
    return isOurs ? reply : undefined;
  } catch (error) {
    if (error instanceof PacketError) return undefined;
    throw error;
  }
}

/** What a response means. Response codes that say nothing about the name become OONI's `dns_server_misbehaving`. */
export function outcomeOf({ rcode, addresses }: DnsResponse): Exclude<DnsOutcome, { kind: 'silent' }> {
  if (rcode === 0) return addresses.length > 0 ? { kind: 'answered', addresses } : { kind: 'empty' };
  if (rcode === 3) return { kind: 'nxdomain' };
  if (rcode === 2) return { kind: 'servfail' };
  if (rcode === 5) return { kind: 'refused' };
  return { kind: 'failed', operation: 'resolve', failure: 'dns_server_misbehaving', bytesRead: 0 };
}

/** Rotating answers of a content network share addresses or come from retransmissions; disjoint ones to one query do not. */
function differs(a: DnsOutcome, b: DnsOutcome): boolean {
  if (a.kind !== 'answered' || b.kind !== 'answered') return a.kind !== b.kind;
  return !a.addresses.some((address) => b.addresses.includes(address));
}

function randomId({ net }: Session): number {
  const [high = 0, low = 0] = net.random(2);
  return high * 256 + low;
}
