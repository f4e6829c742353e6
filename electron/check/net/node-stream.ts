import { connect as connectHttp2, constants, type ClientHttp2Session } from 'node:http2';
import { isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { nameFailure } from './failures.ts';
import {
  NetFailure,
  type ByteStream,
  type Http2Client,
  type Http2Request,
  type TcpStream,
  type TlsOptions,
  type TlsStream,
} from './net.ts';
import { judgeCertificate } from './trust.ts';

/** Node's sockets as the streams of net.ts. */
export function tcpStream(socket: Socket): TcpStream {
  const bytes = byteStream(socket);
  return { ...bytes, startTls: (options) => startTls(socket, options), localAddress: () => socket.localAddress };
}

/** Bytes are read only when asked for, so that nobody can fill the memory of a probe that waits. */
function byteStream(socket: Socket): ByteStream {
  let ended = false;
  let failure: NetFailure | undefined;
  const fail = (error: unknown): void => {
    failure ??= new NetFailure(nameFailure(error), socket.bytesRead);
  };
  socket.on('error', fail);
  socket.on('end', () => (ended = true));
  return {
    write: (bytes) => void socket.write(bytes),
    read: () =>
      new Promise((resolve, reject) => {
        const step = (): boolean => {
          const chunk = socket.read() as Buffer | null;
          if (chunk !== null) resolve(chunk);
          else if (failure) reject(failure);
          else if (ended || socket.destroyed) resolve(null);
          else return false;
          return true;
        };
        if (step()) return;
        const events = ['readable', 'end', 'close', 'error'] as const;
        const wake = (): void => {
          if (step()) events.forEach((event) => socket.removeListener(event, wake));
        };
        events.forEach((event) => socket.on(event, wake));
      }),
    close: () => socket.resetAndDestroy(),
  };
}

function startTls(socket: Socket, options: TlsOptions): Promise<TlsStream> {
  return new Promise((resolve, reject) => {
    const before = socket.bytesRead;
    const secure = connectTls({
      socket,
      // A server known by its address is not named in the ClientHello (RFC 6066 §3), and its certificate has to hold the address.
      host: options.serverName,
      ...(isIP(options.serverName) === 0 && { servername: options.serverName }),
      secureContext: options.context,
      // The served certificate is the evidence: it is judged by us and recorded, never trusted unseen.
      rejectUnauthorized: false,
      ...(options.alpn ? { ALPNProtocols: [...options.alpn] } : {}),
    });
    const fail = (error: unknown): void => reject(new NetFailure(nameFailure(error), socket.bytesRead - before));
    const closed = (): void => reject(new NetFailure('eof_error', socket.bytesRead - before));
    secure.once('error', fail);
    secure.once('close', closed);
    secure.once('secureConnect', () => {
      secure.removeListener('error', fail);
      secure.removeListener('close', closed);
      resolve(tlsStream(socket, secure, options.serverName));
    });
  });
}

function tlsStream(socket: Socket, secure: TLSSocket, serverName: string): TlsStream {
  // The type says Error, but Node puts the bare code there when the chain does not verify.
  const chainError = secure.authorized ? null : errorCode(secure.authorizationError);
  return {
    ...byteStream(secure),
    certificate: judgeCertificate(secure.getPeerCertificate(), serverName, chainError),
    protocol: secure.getProtocol(),
    alpn: secure.alpnProtocol === false ? null : secure.alpnProtocol,
    bytesArrived: () => socket.bytesRead,
    openHttp2: () => http2Client(secure, serverName),
    close: () => {
      secure.destroy();
      socket.resetAndDestroy();
    },
  };
}

function errorCode(error: unknown): string {
  if (typeof error === 'string') return error;
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'CERT_UNKNOWN';
}

function http2Client(secure: TLSSocket, serverName: string): Http2Client {
  const session = connectHttp2(`https://${serverName}`, { createConnection: () => secure });
  let failure: NetFailure | undefined;
  session.on('error', (error) => (failure ??= new NetFailure(nameFailure(error))));
  return {
    request: (request, signal) =>
      failure ? Promise.reject(failure) : http2Request(session, request, signal, () => failure),
    close: () => session.destroy(),
  };
}

function http2Request(
  session: ClientHttp2Session,
  request: Http2Request,
  signal: AbortSignal,
  sessionFailure: () => NetFailure | undefined,
): ReturnType<Http2Client['request']> {
  return new Promise((resolve, reject) => {
    if (session.destroyed || session.closed) {
      reject(sessionFailure() ?? new NetFailure('eof_error'));
      return;
    }
    const stream = session.request(
      { ':method': 'GET', ':authority': request.authority, ':path': request.path, ...request.headers },
      { signal },
    );
    const parts: Buffer[] = [];
    let status = 0;
    let size = 0;
    stream.on('response', (headers) => (status = headers[':status'] ?? 0));
    stream.on('data', (part: Buffer) => {
      size += part.length;
      if (size > request.bodyMax) stream.close(constants.NGHTTP2_CANCEL);
      else parts.push(part);
    });
    stream.on('error', (error) => reject(sessionFailure() ?? new NetFailure(nameFailure(error))));
    stream.on('close', () => {
      if (status === 0 || size > request.bodyMax) reject(sessionFailure() ?? new NetFailure('eof_error'));
      else resolve({ status, body: Buffer.concat(parts) });
    });
  });
}
