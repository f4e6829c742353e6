import type { SecureContext } from 'node:tls';

/**
 * All that the check needs of a computer: sockets, clock, chance and what the system says about its own network.
 * One interface, so that a simulated network can stand in for the real one. Addresses are literal IPs, always.
 */
export interface Net {
  /** Milliseconds of a clock that never jumps. */
  now(): number;
  /** Runs once after `ms`; the returned function takes it back. */
  after(ms: number, run: () => void): () => void;
  random(size: number): Uint8Array;
  /** A connected UDP socket on a fresh port, so that only the remote's packets and ICMP errors come in. */
  openUdp(remote: Endpoint, handlers: UdpHandlers): UdpSocket;
  /** Rejects with NetFailure. `signal` closes the socket at any time, also later. */
  connectTcp(remote: Endpoint, signal: AbortSignal): Promise<TcpStream>;
  /** Addresses of this computer that are up. */
  interfaces(): readonly LocalAddress[];
  /** Addresses (with port, where it is not 53) of the system's resolvers. */
  resolvers(): readonly Endpoint[];
}

export interface Endpoint {
  address: string;
  port: number;
}

export interface LocalAddress {
  interface: string;
  address: string;
  family: 4 | 6;
  internal: boolean;
  /** What kind of tunnel device it is, where the system tells; its name may tell more. */
  device?: 'wireguard' | 'tun';
}

export interface UdpHandlers {
  onMessage(bytes: Uint8Array): void;
  /** ICMP errors and refusals of the own system, as failure string. The socket stays open. */
  onFailure(failure: string): void;
}

export interface UdpSocket {
  send(bytes: Uint8Array): void;
  close(): void;
  /** The own address that the system has chosen for it. Undefined before that, and where a network has none to tell. */
  localAddress?(): string | undefined;
}

/** A byte stream; reading ends with `null` at the other side's FIN and rejects with NetFailure. */
export interface ByteStream {
  write(bytes: Uint8Array): void;
  /** The next bytes there are. One reader at a time. */
  read(): Promise<Uint8Array | null>;
  close(): void;
}

export interface TcpStream extends ByteStream {
  /** Rejects with NetFailure, whose `bytesRead` says whether the server said anything at all. */
  startTls(options: TlsOptions): Promise<TlsStream>;
  /** As of a UdpSocket. */
  localAddress?(): string | undefined;
}

export interface TlsOptions {
  /** Or the address that the certificate has to be for. */
  serverName: string;
  context: SecureContext;
  alpn?: readonly string[];
}

export interface TlsStream extends ByteStream {
  certificate: ServedCertificate;
  protocol: string | null;
  alpn: string | null;
  /**
   * Bytes of the connection beneath that have come so far: `read` gives whole records only (RFC 8446 §5.1), up to 16 KiB at
   * once. Absent where nothing lies beneath.
   */
  bytesArrived?(): number;
  /** An HTTP/2 client on this stream; only where `alpn` is `h2`. */
  openHttp2(): Http2Client;
}

export interface Http2Client {
  /** Rejects with NetFailure. The body is at most `bodyMax` bytes, or the request fails. */
  request(request: Http2Request, signal: AbortSignal): Promise<{ status: number; body: Uint8Array }>;
  close(): void;
}

export interface Http2Request {
  authority: string;
  path: string;
  headers: Readonly<Record<string, string>>;
  bodyMax: number;
}

/** What the server showed, and what the trusted roots and the name say about it. */
export interface ServedCertificate {
  /** Null when chain and name are good; else OONI's `ssl_unknown_authority`, `ssl_invalid_hostname` or `ssl_invalid_certificate`. */
  failure: 'ssl_unknown_authority' | 'ssl_invalid_hostname' | 'ssl_invalid_certificate' | null;
  /** Chain and name are good but for the time at which this computer thinks it is. */
  outOfDate?: 'expired' | 'not-yet';
  /** SHA-256 of the leaf, hex. */
  fingerprint: string;
  /** Distinguished names in one line, as far as the certificate has them. */
  issuer: string;
  subject: string;
  /** DNS names the leaf is for. */
  names: readonly string[];
}

/** A socket's failure in OONI's vocabulary (ooni/spec df-007); the only error that leaves this folder. */
export class NetFailure extends Error {
  override readonly name = 'NetFailure';
  readonly failure: string;
  /** Bytes that had come in before it failed. */
  readonly bytesRead: number;

  constructor(failure: string, bytesRead = 0) {
    super(failure);
    this.failure = failure;
    this.bytesRead = bytesRead;
  }
}
