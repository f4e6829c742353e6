import { NetFailure, type TlsStream } from '../net/net.ts';
import { createGate, openTcp, sleep, withDeadline, type Session } from '../session.ts';
import { encodeHttpRequest, readHttpResponse } from './http-message.ts';
import { connectTimeoutMs, handshakeTimeoutMs } from './timeouts.ts';

export interface DohServer {
  host: string;
  /** Of the families that work here; tried in order. */
  addresses: readonly string[];
  path: string;
}

/** An open way to one server. */
export interface DohConnection {
  address: string;
  /** Sends one query and gives the answer's bytes; rejects with NetFailure. */
  get(query: Uint8Array, signal: AbortSignal): Promise<Uint8Array>;
  close(): void;
}

const bodyMax = 4096;
/** Only where a server does not speak HTTP/2: so many connections side by side. */
const http1Connections = 6;
const accept = { Accept: 'application/dns-message' };

/** How long the first address is waited for before the second is tried as well. */
const secondAddressMs = 800;

/** Rejects with NetFailure when no address lets us in with a certificate that is the server's own. */
export async function connectDoh(session: Session, server: DohServer): Promise<DohConnection> {
  const [first, second] = server.addresses;
  if (first === undefined) throw new NetFailure('network_unreachable');
  const primary = connectTo(session, server, first, session.signal);
  if (second === undefined) return primary;
  const superseded = new AbortController();
  primary.then(
    () => superseded.abort(),
    () => undefined,
  );
  const signal = AbortSignal.any([session.signal, superseded.signal]);
  const secondary = (async () => {
    const failed = new Promise<void>((resolve) => void primary.catch(() => resolve()));
    await Promise.race([failed, sleep(session.net, secondAddressMs, signal)]);
    return connectTo(session, server, second, signal);
  })();
  try {
    return await Promise.any([primary, secondary]);
  } catch {
    // Both failed; what the first address did is the better evidence.
    return primary;
  }
}

async function connectTo(
  session: Session,
  server: DohServer,
  address: string,
  signal: AbortSignal,
): Promise<DohConnection> {
  const open = await openTls(session, server, address, signal);
  if (open.secure.alpn === 'h2') return http2Connection(server, address, open);
  return http1Connection(session, server, address, open);
}

interface OpenTls {
  secure: TlsStream;
  release: () => void;
}

async function openTls(session: Session, server: DohServer, address: string, signal: AbortSignal): Promise<OpenTls> {
  const remote = { address, port: 443 };
  const { stream, release } = await openTcp(session, remote, connectTimeoutMs(session, true), signal, () => undefined);
  try {
    const handshake = stream.startTls({
      serverName: server.host,
      context: session.trust.context(null),
      alpn: ['h2', 'http/1.1'],
    });
    const secure = await withDeadline(session, handshakeTimeoutMs(session), signal, () => stream.close(), handshake);
    if (secure.certificate.failure !== null) throw new NetFailure(secure.certificate.failure);
    return { secure, release };
  } catch (error) {
    release();
    throw error;
  }
}

function pathWith(server: DohServer, query: Uint8Array): string {
  return `${server.path}?dns=${Buffer.from(query).toString('base64url')}`;
}

function http2Connection(server: DohServer, address: string, { secure, release }: OpenTls): DohConnection {
  const client = secure.openHttp2();
  return {
    address,
    async get(query, signal) {
      const request = { authority: server.host, path: pathWith(server, query), headers: accept, bodyMax };
      const { status, body } = await client.request(request, signal);
      return checked(status, body);
    },
    close() {
      client.close();
      release();
    },
  };
}

function http1Connection(session: Session, server: DohServer, address: string, first: OpenTls): DohConnection {
  const gate = createGate(http1Connections);
  const idle: OpenTls[] = [first];
  const all = new Set<OpenTls>([first]);
  const drop = (open: OpenTls): void => {
    all.delete(open);
    open.release();
  };
  return {
    address,
    async get(query, signal) {
      const leave = await gate.enter(signal);
      try {
        const open = idle.pop() ?? (await openTls(session, server, address, session.signal));
        all.add(open);
        const abort = (): void => drop(open);
        signal.addEventListener('abort', abort, { once: true });
        try {
          const path = pathWith(server, query);
          open.secure.write(encodeHttpRequest({ method: 'GET', host: server.host, path, headers: accept, bodyMax }));
          const { status, headers, body } = await readHttpResponse(open.secure, bodyMax);
          if (headers.get('connection')?.toLowerCase() === 'close') drop(open);
          else idle.push(open);
          return checked(status, body);
        } catch (error) {
          drop(open);
          throw error;
        } finally {
          signal.removeEventListener('abort', abort);
        }
      } finally {
        leave();
      }
    },
    close: () => all.forEach(drop),
  };
}

function checked(status: number, body: Uint8Array): Uint8Array {
  if (status !== 200) throw new NetFailure(`unknown_failure: HTTP ${status}`);
  return body;
}
