import {
  NetFailure,
  type Endpoint,
  type Http2Client,
  type Http2Request,
  type TlsOptions,
  type TlsStream,
} from '../../electron/check/net/net.ts';
import { slowKbitPerS } from '../lab/censor/censor.ts';
import { responseOf } from './page.ts';
import type { SimulatedStream } from './stream.ts';
import type { Surroundings } from './surroundings.ts';
import { throttled, transfer } from './transfer.ts';

/** ServerHello to Finished with a usual chain of certificates (RFC 8446 §2), in segments of some 1400 bytes. */
const flightSegments = 3;
const segmentBytes = 1400;
const slowSegmentMs = (segmentBytes * 8) / slowKbitPerS;

type Ending =
  { kind: 'served'; authority: string | null; hosts: readonly string[] } | { kind: 'failed'; failure: string };

/** A handshake as an exchange of messages; rejects as the real one does, and never ends by itself where silence is. */
export function shakeHands(
  around: Surroundings,
  remote: Endpoint,
  stream: SimulatedStream,
  options: TlsOptions,
): Promise<TlsStream> {
  return new Promise((resolve, reject) => {
    let bytesRead = 0;
    stream.onClose(() => reject(new NetFailure('eof_error', bytesRead)));
    const later = (afterMs: number, act: () => void): void => {
      around.clock.after(afterMs, () => !stream.closed && act());
    };
    const outcome = negotiate(around, remote, options);
    if (!outcome) return;
    const { ending, answeredMs } = outcome;
    if (ending.kind === 'failed') {
      later(answeredMs, () => reject(new NetFailure(ending.failure)));
      return;
    }
    for (const segmentMs of outcome.segmentsMs) later(segmentMs, () => (bytesRead += segmentBytes));
    later(answeredMs, () => {
      const { authority, hosts } = ending;
      const certificate = around.roots.judge(options.context, options.serverName, hosts, authority);
      resolve(secured({ around, remote, stream, isSlow: outcome.isSlow }, options, certificate));
    });
  });
}

interface Outcome {
  ending: Ending;
  /** When the client has all of the answer. */
  answeredMs: number;
  /** When each part of it comes. */
  segmentsMs: readonly number[];
  /** What comes is throttled. */
  isSlow: boolean;
}

/** Undefined where no answer ever comes. */
function negotiate(around: Surroundings, remote: Endpoint, { serverName }: TlsOptions): Outcome | undefined {
  const { line, world } = around;
  const failed = (failure: string): Outcome | undefined => {
    const answeredMs = line.provoke();
    return answeredMs === undefined
      ? undefined
      : { ending: { kind: 'failed', failure }, answeredMs, segmentsMs: [], isSlow: false };
  };
  const action = around.filter.web('sni', serverName);
  switch (action) {
    case 'silence':
      return undefined;
    case 'reset':
      return failed('connection_reset');
    case 'fin':
      return failed('eof_error');
    case 'mitm':
      return flight(around, 0.3, { kind: 'served', authority: 'forger', hosts: [serverName] });
    case 'page':
    case 'slow':
    case undefined:
      break;
  }
  if (world.tcpRole(remote.address, remote.port)?.kind !== 'web') return undefined;
  // A server shows the certificate of the name it is asked for, if it has one, else that of its first host.
  const atHome = world.hostsAt(remote.address);
  const [host = serverName] = atHome.includes(serverName) ? [serverName] : atHome;
  const served: Ending = { kind: 'served', authority: world.authorityOf(host), hosts: [host] };
  const whole = flight(around, 1, served);
  return whole && action === 'slow' ? slowly(whole) : whole;
}

/** The same, each segment not before those in front of it have passed. */
function slowly(whole: Outcome): Outcome {
  const arrivals = whole.segmentsMs.map((afterMs) => ({ afterMs, segments: 1 }));
  const segmentsMs = throttled(arrivals, slowSegmentMs).map(({ afterMs }) => afterMs);
  return { ...whole, segmentsMs, answeredMs: Math.max(...segmentsMs), isSlow: true };
}

function flight({ line }: Surroundings, share: number, ending: Ending): Outcome | undefined {
  const there = line.carry(1);
  if (there === undefined) return undefined;
  const segmentsMs: number[] = [];
  for (let count = 0; count < flightSegments; count += 1) {
    const back = line.carry(1);
    if (back === undefined) return undefined;
    segmentsMs.push((there + back) * share);
  }
  return { ending, answeredMs: Math.max(...segmentsMs), segmentsMs, isSlow: false };
}

interface Connection {
  around: Surroundings;
  remote: Endpoint;
  stream: SimulatedStream;
  isSlow: boolean;
}

function secured(connection: Connection, { alpn = [] }: TlsOptions, certificate: TlsStream['certificate']): TlsStream {
  const { around, stream } = connection;
  let request = '';
  return {
    certificate,
    protocol: 'TLSv1.3',
    alpn: alpn.includes('h2') ? 'h2' : null,
    write(bytes) {
      request += Buffer.from(bytes).toString('latin1');
      if (request.includes('\r\n\r\n')) answerPage(connection, request);
    },
    read: () => stream.read(),
    close: () => stream.close(),
    openHttp2: () => http2Client(around, stream),
  };
}

/** A whole page, as the line and whoever throttles it let it through. */
function answerPage({ around, remote, stream, isSlow }: Connection, request: string): void {
  const there = around.line.carry(1);
  if (there === undefined) return;
  const bytes = responseOf(around, remote, request);
  const arrivals = transfer(around.line, Math.ceil(bytes.length / segmentBytes));
  let at = 0;
  let lastMs = 0;
  for (const { afterMs, segments } of isSlow ? throttled(arrivals, slowSegmentMs) : arrivals) {
    lastMs = there + afterMs;
    stream.receive(lastMs, bytes.subarray(at, (at += segments * segmentBytes)));
  }
  stream.finish(lastMs);
}

function http2Client(around: Surroundings, stream: SimulatedStream): Http2Client {
  return {
    close: () => stream.close(),
    request: (request, signal) =>
      new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(new NetFailure('interrupted')), { once: true });
        stream.onClose(() => reject(new NetFailure('eof_error')));
        const there = around.line.carry(1);
        const back = around.line.carry(1);
        if (there === undefined || back === undefined) return;
        around.clock.after(there + back, () => resolve(serve(around, request)));
      }),
  };
}

/** DNS over HTTPS is all that is asked for this way (RFC 8484 §4.1). */
function serve(around: Surroundings, { path }: Http2Request): { status: number; body: Uint8Array } {
  const query = new URL(path, 'https://host').searchParams.get('dns') ?? '';
  const body = around.resolvers.honest(Buffer.from(query, 'base64url'));
  return body ? { status: 200, body } : { status: 400, body: new Uint8Array(0) };
}
