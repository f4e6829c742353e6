import { timeoutFailure } from '../net/failures.ts';
import { NetFailure, type TlsStream } from '../net/net.ts';
import type { GoodputProbe } from '../probe.ts';
import type { Operation } from '../report.ts';
import { openTcp, throwIfAborted, withDeadline, type OpenTcp, type Session } from '../session.ts';
import type { Aim } from './aim.ts';
import { encodeHttpRequest } from './http-message.ts';
import { failedStep, startRecording } from './record.ts';
import { connectTimeoutMs, handshakeTimeoutMs } from './timeouts.ts';

export interface GoodputAim extends Aim {
  /** What the connection names; `target` is the site that is asked for its page. */
  serverName: string;
  path: string;
}

/** More is not fetched: enough for a connection to have got going on a long line. */
const bytesMax = 96 * 1024;
/** Nor is it waited for longer, from the request on, besides two round trips. */
const patienceMs = 2500;

/** Asks a site for a page over a connection that may name another one, and takes the time of its bytes. */
export async function probeGoodput(session: Session, aim: GoodputAim): Promise<GoodputProbe> {
  const recording = startRecording(session, aim);
  const outcome = await fetchPage(session, aim, recording.begun);
  return recording.finish((draft) => ({ kind: 'goodput', ...draft, serverName: aim.serverName, outcome }));
}

async function fetchPage(session: Session, aim: GoodputAim, begun: () => void): Promise<GoodputProbe['outcome']> {
  let open: OpenTcp;
  try {
    open = await openTcp(session, aim, connectTimeoutMs(session, true), aim.signal, begun);
  } catch (error) {
    return failedStep('connect', error);
  }
  const { stream, release } = open;
  let operation: Operation = 'tls_handshake';
  try {
    const handshake = stream.startTls({ serverName: aim.serverName, context: session.trust.context(null) });
    const close = (): void => stream.close();
    const secure = await withDeadline(session, handshakeTimeoutMs(session), aim.signal, close, handshake);
    operation = 'http_round_trip';
    // Whoever has this connection open learns nothing of us: no cookie, no referrer, a neutral page.
    const headers = { Accept: '*/*', 'Accept-Encoding': 'identity', Connection: 'close' };
    secure.write(encodeHttpRequest({ method: 'GET', host: aim.target, path: aim.path, headers, bodyMax: bytesMax }));
    return speedOf(await takeTimes(session, secure, aim.signal), session.net.now());
  } catch (error) {
    return failedStep(operation, error);
  } finally {
    release();
  }
}

/** Bytes that had come by then, from the beginning. */
interface Arrival {
  bytes: number;
  atMs: number;
}

/**
 * Ends with the page, at `bytesMax`, when the time is up, or when it breaks off: what came before counts. Rejects with
 * NetFailure when nothing came, or with the signal's reason.
 */
async function takeTimes(session: Session, stream: TlsStream, signal: AbortSignal): Promise<Arrival[]> {
  const { arrivals, note, stop } = watchArrivals(session, stream);
  const close = (): void => stream.close();
  let failure: NetFailure | undefined;
  const cancel = session.net.after(patienceMs + 2 * session.rtt.highMs(), () => {
    failure = new NetFailure(timeoutFailure);
    close();
  });
  signal.addEventListener('abort', close, { once: true });
  try {
    for (let bytes = 0; bytes < bytesMax;) {
      const part = await stream.read();
      if (part === null) break;
      bytes += part.length;
      note(bytes);
    }
  } catch (error) {
    if (!(error instanceof NetFailure)) throw error;
    failure ??= error;
  } finally {
    stop();
    cancel();
    signal.removeEventListener('abort', close);
  }
  throwIfAborted(signal);
  if (arrivals.length === 1) throw failure ?? new NetFailure('eof_error');
  return arrivals;
}

/** How often it is looked how much has come. */
const everyMs = 20;

/** By what comes over the connection, where that can be seen, and else by what is read of it, which `note` tells. */
function watchArrivals(
  { net }: Session,
  stream: TlsStream,
): { arrivals: Arrival[]; note: (read: number) => void; stop: () => void } {
  const before = stream.bytesArrived?.() ?? 0;
  const arrivals: Arrival[] = [{ bytes: 0, atMs: net.now() }];
  const note = (read: number): void => {
    const bytes = stream.bytesArrived ? stream.bytesArrived() - before : read;
    if (bytes > (arrivals.at(-1)?.bytes ?? 0)) arrivals.push({ bytes, atMs: net.now() });
  };
  let stop = (): void => undefined;
  const look = (): void => {
    note(0);
    stop = net.after(everyMs, look);
  };
  if (stream.bytesArrived) look();
  return { arrivals, note, stop: () => stop() };
}

/** Two parts of a page that come at one pace differ by no more than this, as a share of the slower one. */
const steadyMax = 0.1;

/** Of the later half, to which all belongs that was waited for in vain. */
function speedOf(arrivals: readonly Arrival[], endedAt: number): GoodputProbe['outcome'] {
  const bytes = arrivals.at(-1)?.bytes ?? 0;
  const half = reached(arrivals, bytes / 2);
  const threeQuarters = reached(arrivals, bytes * 0.75);
  const kbitPerS = speedBetween(half, { bytes, atMs: endedAt });
  const parts = [speedBetween(half, threeQuarters), speedBetween(threeQuarters, reached(arrivals, bytes))];
  const isSteady = Math.max(...parts) <= Math.min(...parts) * (1 + steadyMax);
  return { kind: 'answered', bytes, kbitPerS, isSteady };
}

/** The last moment at which no more than so much had come. */
function reached(arrivals: readonly Arrival[], bytes: number): Arrival {
  return arrivals.findLast((arrival) => arrival.bytes <= bytes) ?? { bytes: 0, atMs: 0 };
}

function speedBetween(from: Arrival, to: Arrival): number {
  return ((to.bytes - from.bytes) * 8) / Math.max(1, to.atMs - from.atMs);
}
