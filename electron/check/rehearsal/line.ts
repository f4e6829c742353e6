import { NetFailure, type ByteStream, type Endpoint } from '../net/net.ts';
import { PacketError } from '../packet/packet-error.ts';
import { createTurnUnframer } from '../packet/turn-stream.ts';
import { noRoute } from '../probes/datagram.ts';
import { connectTimeoutMs, handshakeTimeoutMs } from '../probes/timeouts.ts';
import { openTcp, withDeadline, type OpenTcp, type Session } from '../session.ts';
import { CallFailure, failedBy } from './failure.ts';
import type { RelayWay } from './relay.ts';

/** A way to the relay whose name has been looked up. */
export interface OpenWay extends RelayWay {
  address: string;
  /** Name of its private authority in the session's trust store; null for the public ones. */
  ca: string | null;
}

export interface LineHandlers {
  /** One STUN message, or ChannelData. */
  onMessage(bytes: Uint8Array): void;
  /** Nothing comes any more. */
  onEnd(failure: unknown): void;
}

/** Messages to and from the relay over one 5-tuple. */
export interface Line {
  /** Whether messages may be lost on the way, so that requests have to go out again. */
  readonly lossy: boolean;
  send(bytes: Uint8Array): void;
  close(): void;
}

/** Rejects with CallFailure or the signal's reason. */
export function openLine(session: Session, way: OpenWay, handlers: LineHandlers, signal: AbortSignal): Promise<Line> {
  const open = way.transport === 'udp' ? openUdpLine : openStreamLine;
  return open(session, way, handlers, signal);
}

/** A single ICMP error may come from a router that is just starting. */
const refusalsMin = 2;

async function openUdpLine(
  session: Session,
  remote: Endpoint,
  handlers: LineHandlers,
  signal: AbortSignal,
): Promise<Line> {
  const leave = await session.sockets.enter(signal);
  let refusals = 0;
  const socket = session.net.openUdp(remote, {
    onMessage: (bytes) => handlers.onMessage(bytes),
    onFailure(failure) {
      refusals += 1;
      if (refusals < refusalsMin && !noRoute.has(failure)) return;
      handlers.onEnd(new CallFailure({ kind: 'refused', failure }));
    },
  });
  return {
    lossy: true,
    send: (bytes) => socket.send(bytes),
    close() {
      socket.close();
      leave();
    },
  };
}

async function openStreamLine(
  session: Session,
  way: OpenWay,
  handlers: LineHandlers,
  signal: AbortSignal,
): Promise<Line> {
  const open = await connect(session, way, signal);
  const stream = way.transport === 'tls' ? await secure(session, way, open, signal) : open.stream;
  let isOpen = true;
  readMessages(stream, (message) => isOpen && handlers.onMessage(message)).catch((error: unknown) => {
    if (isOpen) handlers.onEnd(failedBy('read', error));
  });
  return {
    lossy: false,
    send: (bytes) => isOpen && stream.write(bytes),
    close() {
      isOpen = false;
      stream.close();
      open.release();
    },
  };
}

async function connect(session: Session, way: OpenWay, signal: AbortSignal): Promise<OpenTcp> {
  try {
    return await openTcp(session, way, connectTimeoutMs(session, true), signal, () => undefined);
  } catch (error) {
    throw failedBy('connect', error);
  }
}

/** A relay that shows another certificate is not told who we are. */
async function secure(session: Session, way: OpenWay, open: OpenTcp, signal: AbortSignal): Promise<ByteStream> {
  const { stream, release } = open;
  try {
    const handshake = stream.startTls({ serverName: way.host, context: session.trust.context(way.ca) });
    const made = await withDeadline(session, handshakeTimeoutMs(session), signal, () => stream.close(), handshake);
    if (made.certificate.failure !== null) throw new NetFailure(made.certificate.failure);
    return made;
  } catch (error) {
    release();
    throw failedBy('tls_handshake', error);
  }
}

/** Until the other side ends the stream, or it turns out to be something else. */
async function readMessages(stream: ByteStream, onMessage: (message: Uint8Array) => void): Promise<never> {
  const unframer = createTurnUnframer();
  for (;;) {
    const part = await stream.read();
    if (part === null) throw new NetFailure('eof_error');
    cut(unframer, part).forEach(onMessage);
  }
}

function cut(unframer: ReturnType<typeof createTurnUnframer>, part: Uint8Array): Uint8Array[] {
  try {
    return unframer.push(part);
  } catch (error) {
    if (error instanceof PacketError) throw new NetFailure('unknown_failure: not a relay', part.length);
    throw error;
  }
}
