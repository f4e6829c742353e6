import { setMaxListeners } from 'node:events';
import { timeoutFailure } from './net/failures.ts';
import { NetFailure, type Net, type TcpStream, type Endpoint } from './net/net.ts';
import { createLossEstimate, type LossEstimate } from './line-loss.ts';
import type { TrustStore } from './net/trust.ts';
import type { AnyProbe } from './probe.ts';

/** At most this many connection attempts at once: small home routers choke on more. */
const connectsMax = 64;
const socketsMax = 250;

/** What all probes of one check share: the network, the clock, limits, and where records go. */
export interface Session {
  net: Net;
  trust: TrustStore;
  /** Ends everything at once: cancelled, timed out, or there is nothing left to find out. */
  signal: AbortSignal;
  /** Ends waiting for late second DNS replies, when they cannot change a verdict any more. */
  listening: AbortSignal;
  rtt: RttEstimate;
  loss: LossEstimate;
  connects: Gate;
  sockets: Gate;
  /** Milliseconds since the check began. */
  elapsed(): number;
  nextId(): string;
  record(probe: AnyProbe): void;
  /** One measurement more is planned. */
  plan(count: number): void;
}

export interface SessionOptions {
  net: Net;
  trust: TrustStore;
  signal: AbortSignal;
  listening: AbortSignal;
  onProbe: (probe: AnyProbe) => void;
  onPlan: (count: number) => void;
}

export function createSession(options: SessionOptions): Session {
  const startedAt = options.net.now();
  // Every probe listens to them; Node would take that for a leak.
  setMaxListeners(0, options.signal, options.listening);
  let count = 0;
  return {
    net: options.net,
    trust: options.trust,
    signal: options.signal,
    listening: options.listening,
    rtt: createRttEstimate(),
    loss: createLossEstimate(),
    connects: createGate(connectsMax),
    sockets: createGate(socketsMax),
    elapsed: () => options.net.now() - startedAt,
    nextId: () => `p${(count += 1)}`,
    record: options.onProbe,
    plan: options.onPlan,
  };
}

/** Round-trip times seen so far, for time-outs that fit the line. */
interface RttEstimate {
  add(rttMs: number): void;
  /** A high one of the last times (the worst of nine in ten); 0 while nothing was measured. */
  highMs(): number;
  /** The lowest of the last times; 0 while nothing was measured. */
  lowMs(): number;
}

function createRttEstimate(): RttEstimate {
  const samples: number[] = [];
  // Every time-out asks for them.
  let lowMs = 0;
  let highMs = 0;
  return {
    add(rttMs) {
      samples.push(rttMs);
      if (samples.length > 50) samples.shift();
      const sorted = samples.toSorted((a, b) => a - b);
      lowMs = sorted[0] ?? 0;
      highMs = Math.min(2000, sorted[Math.floor((sorted.length - 1) * 0.9)] ?? 0);
    },
    lowMs: () => lowMs,
    highMs: () => highMs,
  };
}

/** Lets only so many in at once, in order of arrival. */
export interface Gate {
  /** Resolves to the function that leaves again; rejects with the signal's reason. */
  enter(signal: AbortSignal): Promise<() => void>;
}

export function createGate(places: number): Gate {
  let free = places;
  const waiting: (() => void)[] = [];
  const leave = (): void => {
    free += 1;
    waiting.shift()?.();
  };
  return {
    enter: (signal) =>
      new Promise((resolve, reject) => {
        const admit = (): void => {
          signal.removeEventListener('abort', abort);
          free -= 1;
          let inside = true;
          resolve(() => {
            if (inside) leave();
            inside = false;
          });
        };
        const abort = (): void => {
          const place = waiting.indexOf(admit);
          if (place >= 0) waiting.splice(place, 1);
          reject(asError(signal.reason));
        };
        if (signal.aborted) reject(asError(signal.reason));
        else if (free > 0) admit();
        else {
          waiting.push(admit);
          signal.addEventListener('abort', abort, { once: true });
        }
      }),
  };
}

export function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}

/** Throws the signal's reason as an Error. */
export function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw asError(signal.reason);
}

/** Resolves after `ms`; rejects with the signal's reason. */
export function sleep(net: Net, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(asError(signal.reason));
      return;
    }
    const abort = (): void => {
      cancel();
      reject(asError(signal.reason));
    };
    const cancel = net.after(ms, () => {
      signal.removeEventListener('abort', abort);
      resolve();
    });
    signal.addEventListener('abort', abort, { once: true });
  });
}

/** How long a stopped step may take to say how many bytes it had seen. */
const afterwordMs = 50;

/**
 * Waits for `work`, at most `ms`. When the time is up or the signal fires, `stop` is called, which should make `work` end.
 * Rejects with the signal's reason at once, with NetFailure `generic_timeout_error`, or with what `work` rejects with.
 */
export function withDeadline<T>(
  session: Session,
  ms: number,
  signal: AbortSignal,
  stop: () => void,
  work: Promise<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    let timedOut = false;
    let cancelTimer = (): void => undefined;
    const settle = (act: () => void): void => {
      cancelTimer();
      signal.removeEventListener('abort', abort);
      act();
    };
    const timeout = (bytesRead: number): void => settle(() => reject(new NetFailure(timeoutFailure, bytesRead)));
    const abort = (): void => {
      stop();
      settle(() => reject(asError(signal.reason)));
    };
    work.then(
      // A stopped read ends like a closed stream; the clock was the reason then, not the other side.
      (result) => (timedOut ? timeout(0) : settle(() => resolve(result))),
      (error: unknown) => {
        if (timedOut) timeout(error instanceof NetFailure ? error.bytesRead : 0);
        else settle(() => reject(asError(error)));
      },
    );
    cancelTimer = session.net.after(ms, () => {
      timedOut = true;
      cancelTimer = session.net.after(afterwordMs, () => timeout(0));
      stop();
    });
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
  });
}

/** A SYN that is not answered goes out again after a second, then after two more. */
const synAgainMs = [1000, 3000];

/** A connection that took a retransmission tells of loss, and nothing of the round trip (Karn's rule, RFC 6298 §3). */
function learnFromConnect({ rtt, loss }: Session, tookMs: number): void {
  const again = synAgainMs.filter((ms) => tookMs >= ms + rtt.lowMs()).length;
  loss.add(1 + again);
  if (again === 0) rtt.add(tookMs);
}

export interface OpenTcp {
  stream: TcpStream;
  rttMs: number;
  /** Closes the stream and gives its place free. */
  release: () => void;
}

/**
 * A TCP connection through both gates. `begun` is called when the first packet leaves: waiting at a gate is no time of
 * the network's. Rejects with NetFailure or the signal's reason.
 */
export async function openTcp(
  session: Session,
  remote: Endpoint,
  timeoutMs: number,
  signal: AbortSignal,
  begun: () => void,
): Promise<OpenTcp> {
  const leaveSockets = await session.sockets.enter(signal);
  const connection = new AbortController();
  const stop = (): void => connection.abort();
  try {
    const leaveConnects = await session.connects.enter(signal);
    try {
      begun();
      const from = session.net.now();
      const stream = await withDeadline(
        session,
        timeoutMs,
        signal,
        stop,
        session.net.connectTcp(remote, connection.signal),
      );
      const rttMs = session.net.now() - from;
      learnFromConnect(session, rttMs);
      const release = (): void => {
        stream.close();
        leaveSockets();
      };
      return { stream, rttMs, release };
    } finally {
      leaveConnects();
    }
  } catch (error) {
    leaveSockets();
    throw error;
  }
}
