import {
  NetFailure,
  type Endpoint,
  type Http2Client,
  type Http2Request,
  type TlsOptions,
  type TlsStream,
} from '../../electron/check/net/net.ts';
import type { SimulatedStream } from './stream.ts';
import type { Surroundings } from './surroundings.ts';

/** ServerHello to Finished with a usual chain of certificates (RFC 8446 §2), in segments of some 1400 bytes. */
const flightSegments = 3;
const segmentBytes = 1400;

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
      resolve(
        secured(around, stream, options, around.roots.judge(options.context, options.serverName, hosts, authority)),
      );
    });
  });
}

interface Outcome {
  ending: Ending;
  /** When the client has all of the answer. */
  answeredMs: number;
  /** When each part of it comes. */
  segmentsMs: readonly number[];
}

/** Undefined where no answer ever comes. */
function negotiate(around: Surroundings, remote: Endpoint, { serverName }: TlsOptions): Outcome | undefined {
  const { line, world } = around;
  const failed = (failure: string): Outcome | undefined => {
    const answeredMs = line.provoke();
    return answeredMs === undefined ? undefined : { ending: { kind: 'failed', failure }, answeredMs, segmentsMs: [] };
  };
  switch (around.filter.web('sni', serverName)) {
    case 'silence':
      return undefined;
    case 'reset':
      return failed('connection_reset');
    case 'fin':
      return failed('eof_error');
    case 'mitm':
      return flight(around, 0.3, { kind: 'served', authority: 'forger', hosts: [serverName] });
    case 'page':
    case undefined:
      break;
  }
  if (world.tcpRole(remote.address, remote.port)?.kind !== 'web') return undefined;
  // A server shows the certificate of the name it is asked for, if it has one, else that of its first host.
  const atHome = world.hostsAt(remote.address);
  const [host = serverName] = atHome.includes(serverName) ? [serverName] : atHome;
  return flight(around, 1, { kind: 'served', authority: world.authorityOf(host), hosts: [host] });
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
  return { ending, answeredMs: Math.max(...segmentsMs), segmentsMs };
}

function secured(
  around: Surroundings,
  stream: SimulatedStream,
  { alpn = [] }: TlsOptions,
  certificate: TlsStream['certificate'],
): TlsStream {
  return {
    certificate,
    protocol: 'TLSv1.3',
    alpn: alpn.includes('h2') ? 'h2' : null,
    write: () => undefined,
    read: () => stream.read(),
    close: () => stream.close(),
    openHttp2: () => http2Client(around, stream),
  };
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
