import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { SecureContext, TLSSocket } from 'node:tls';
import { readBoundedBody } from '../../signed/bounded-body.ts';

export interface HttpsRequest {
  method: 'GET' | 'POST' | 'DELETE';
  url: URL;
  headers: Readonly<Record<string, string>>;
  body?: string;
  trust: SecureContext;
  /** Dial this address instead of looking the name up; the certificate must still be the name's. */
  address?: string;
  maxBytes: number;
  /** Finds a name's address; left out: the system's resolver. */
  lookUp?: LookupFunction;
  /** Milliseconds until the connection must stand, and until the answer must be there. */
  connectMs: number;
  limitMs: number;
  signal: AbortSignal;
}

export interface HttpsAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** `certificate`: whoever answered is not the one that was asked. */
export type HttpsFailureKind = 'unreachable' | 'certificate' | 'slow' | 'too-large';

export class HttpsFailure extends Error {
  override readonly name = 'HttpsFailure';
  readonly kind: HttpsFailureKind;
  /** The request may have reached the server: it must not be sent a second time. */
  readonly sent: boolean;

  constructor(kind: HttpsFailureKind, sent: boolean, options?: ErrorOptions) {
    super(`The exchange failed: ${kind}.`, options);
    this.kind = kind;
    this.sent = sent;
  }
}

/**
 * One request over a connection of its own. A redirect is an answer like any other: it is never followed, since an account
 * goes to the host that it is meant for and to no other. Rejects with HttpsFailure, or with AbortError when cancelled.
 */
export function exchange(request: HttpsRequest): Promise<HttpsAnswer> {
  const { method, url, headers, body, trust, address, lookUp, connectMs, limitMs, signal } = request;
  return new Promise((resolve, reject) => {
    let sent = false;
    const options: RequestOptions & { secureContext: SecureContext } = {
      method,
      host: address ?? url.hostname,
      servername: url.hostname,
      port: url.port === '' ? 443 : Number(url.port),
      path: `${url.pathname}${url.search}`,
      headers: {
        host: url.host,
        accept: 'application/json',
        ...headers,
        ...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }),
      },
      ...(lookUp && { lookup: lookUp }),
      secureContext: trust,
      agent: false,
      signal,
    };
    const outgoing = httpsRequest(options);
    const timers = [
      setTimeout(() => sent || outgoing.destroy(new HttpsFailure('unreachable', false)), connectMs),
      setTimeout(() => outgoing.destroy(new HttpsFailure('slow', sent)), limitMs),
    ];
    const settle = (work: () => void): void => {
      timers.forEach(clearTimeout);
      work();
    };
    outgoing.once('socket', (socket) => socket.once('secureConnect', () => (sent = true)));
    outgoing.once('error', (error) => settle(() => reject(failureOf(error, sent, outgoing.socket, signal))));
    outgoing.once('response', (response) => {
      readBody(response, request.maxBytes).then(
        (bytes) => settle(() => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: bytes })),
        (error: unknown) => {
          outgoing.destroy();
          settle(() => reject(failureOf(error, true, outgoing.socket, signal)));
        },
      );
    });
    outgoing.end(body);
  });
}

async function readBody(response: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const body = await readBoundedBody(response, maxBytes);
  if (!body) throw new HttpsFailure('too-large', true);
  return body;
}

function failureOf(error: unknown, sent: boolean, socket: unknown, signal: AbortSignal): Error {
  if (error instanceof HttpsFailure) return error;
  if (signal.aborted)
    return signal.reason instanceof Error ? signal.reason : new DOMException('Cancelled', 'AbortError');
  // Set by node:tls when the chain or the name is wrong, before anything of the request leaves.
  const refused = (socket as TLSSocket | null)?.authorizationError;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const kind = refused || /CERT|ALTNAME|SELF_SIGNED|UNABLE_TO_/.test(code) ? 'certificate' : 'unreachable';
  return new HttpsFailure(kind, sent && kind !== 'certificate', { cause: error });
}
